"""Alarms and the dashboard."""

import json
import re

from checks.promise import AGENTS, holds, mapping, promise, same, SCENARIOS, stack, statements


def alarm(name, scenario="both agents"):
    return stack(scenario).properties(name)


def watches(name, namespace, metric, dimensions, scenario="both agents"):
    properties = alarm(name, scenario)
    same((properties.get("Namespace"), properties.get("MetricName")), (namespace, metric), f"{name} watches")
    same({each["Name"]: each["Value"] for each in properties["Dimensions"]}, dimensions, f"{name}'s dimensions")


def raised_above_zero(name, scenario="both agents"):
    properties = alarm(name, scenario)
    same((properties["ComparisonOperator"], properties["Threshold"]), ("GreaterThanThreshold", 0), f"{name} compares")


@promise("an alarm on iterator age, in the seconds of its parameter")
def _():
    watches("IteratorAgeAlarm", "AWS/Lambda", "IteratorAge", {"FunctionName": "<KinesisAgent>"})
    same((alarm("IteratorAgeAlarm")["Threshold"], alarm("IteratorAgeAlarm")["Statistic"]), ("900000", "Maximum"))


@promise("an alarm on records that arrive and are not read")
def _():
    by_id = {each["Id"]: each for each in alarm("StalledAlarm")["Metrics"]}
    same(by_id["arrived"]["MetricStat"]["Metric"]["Dimensions"], [{"Name": "StreamName", "Value": "<Stream>"}])
    same(by_id["polled"]["MetricStat"]["Metric"]["Dimensions"], [{"Name": "EventSourceMappingUUID", "Value": "<KinesisAgentRecords>"}])
    same(mapping().get("MetricsConfig"), {"Metrics": ["EventCount"]}, "the mapping's own metrics are")


@promise("an alarm on errors, for each agent")
def _():
    for agent in AGENTS:
        watches(f"{agent}ErrorsAlarm", "AWS/Lambda", "Errors", {"FunctionName": f"<{agent}>"})
        raised_above_zero(f"{agent}ErrorsAlarm")


@promise("an alarm on anything quarantined, for each agent, from the agent's own metric")
def _():
    for agent in AGENTS:
        watches(f"{agent}QuarantinedAlarm", "Meterline", "Quarantined", {"Agent": f"<{agent}>"})
        raised_above_zero(f"{agent}QuarantinedAlarm")
        same(alarm(f"{agent}QuarantinedAlarm")["Statistic"], "Sum")


@promise("an alarm within minutes when the on-failure bucket is not empty, by a work list that S3 feeds")
def _():
    made = stack("as it comes")
    same(
        made.properties("OnFailureBucket").get("NotificationConfiguration"),
        {"EventBridgeConfiguration": {"EventBridgeEnabled": True}},
    )
    rule = made.properties("OnFailureRule")
    same(
        rule["EventPattern"],
        {"source": ["aws.s3"], "detail-type": ["Object Created"], "detail": {"bucket": {"name": ["<OnFailureBucket>"]}}},
    )
    same([target["Arn"] for target in rule["Targets"]], ["<OnFailureQueue.Arn>"])
    statement = next(each for each in statements(made.properties("OnFailureQueuePolicy")) if each["Effect"] == "Allow")
    same(statement["Principal"], {"Service": "events.amazonaws.com"})
    same(statement["Condition"], {"ArnEquals": {"aws:SourceArn": "<OnFailureRule.Arn>"}})
    watches("OnFailureNotEmptyAlarm", "AWS/SQS", "ApproximateNumberOfMessagesVisible", {"QueueName": "<OnFailureQueue.QueueName>"}, "as it comes")
    raised_above_zero("OnFailureNotEmptyAlarm", "as it comes")


@promise("an alarm for as long as the on-failure bucket is not empty, by S3's own daily count of versions")
def _():
    watches("OnFailureStillNotEmptyAlarm", "AWS/S3", "NumberOfObjects", {"BucketName": "<OnFailureBucket>", "StorageType": "AllStorageTypes"}, "as it comes")
    same(alarm("OnFailureStillNotEmptyAlarm", "as it comes")["Period"], 86400)
    raised_above_zero("OnFailureStillNotEmptyAlarm", "as it comes")


@promise("an alarm on records that Lambda dropped, or could not write to the on-failure bucket")
def _():
    watches("DroppedAlarm", "AWS/Lambda", "DroppedEventCount", {"EventSourceMappingUUID": "<KinesisAgentRecords>"})
    raised_above_zero("DroppedAlarm")
    for agent in AGENTS:
        watches(f"{agent}DestinationAlarm", "AWS/Lambda", "DestinationDeliveryFailures", {"FunctionName": f"<{agent}>"})
        raised_above_zero(f"{agent}DestinationAlarm")


@promise("an alarm on log events that CloudWatch Logs could not forward")
def _():
    filters = {each["Properties"]["FilterName"] for each in stack("both agents").of_type("AWS::Logs::SubscriptionFilter").values()}
    (query,) = alarm("SubscriptionErrorsAlarm")["Metrics"]
    same(set(re.findall(r"FilterName = '([^']+)'", query["Expression"])), filters)
    holds("SUM(DeliveryErrors)" in query["Expression"], query["Expression"])
    (of_account,) = alarm("SubscriptionErrorsAlarm", "whole account")["Metrics"]
    same(of_account["Expression"], 'SELECT SUM(DeliveryErrors) FROM "AWS/Logs"')


@promise("alarms notify the topic that is given, or none")
def _():
    for name, expected in (("both agents", []), ("topic", [SCENARIOS["topic"]["AlarmTopicArn"]])):
        for alarm_name, each in stack(name).of_type("AWS::CloudWatch::Alarm").items():
            same(each["Properties"].get("AlarmActions"), expected, alarm_name)
            same(each["Properties"].get("OKActions"), expected, alarm_name)
            same(each["Properties"].get("TreatMissingData"), "notBreaching", alarm_name)


@promise("the dashboard shows each of the agents' metrics, iterator age, errors and duration")
def _():
    for name in SCENARIOS:
        json.loads(stack(name).properties("Dashboard")["DashboardBody"])
    widgets = json.loads(stack("both agents").properties("Dashboard")["DashboardBody"])["widgets"]
    shown = [metric for widget in widgets for metric in widget["properties"]["metrics"]]
    for namespace, dimension, names in (
        ("Meterline", "Agent", "Records Events Objects Payloads ControlMessages Bytes PutMillis NewestEventAgeMillis"),
        ("AWS/Lambda", "FunctionName", "IteratorAge Errors Duration"),
    ):
        for metric in names.split():
            holds([namespace, metric, dimension, "meterline-kinesis-agent"] in [each[:4] for each in shown], f"{metric} is not shown")
    searches = [each[0]["expression"] for each in shown if isinstance(each[0], dict)]
    holds(any('{Meterline,Agent,Reason} MetricName="Quarantined"' in each for each in searches), "quarantined by reason is not shown")
    for each in stack("both agents").of_type("AWS::Logs::SubscriptionFilter").values():
        name = each["Properties"]["FilterName"]
        holds(any(f'FilterName="{name}"' in search for search in searches), f"errors of {name} are not shown")
    for agent in AGENTS:
        name = stack("both agents").properties(agent)["FunctionName"]
        holds(any(each[-1] == name for each in shown if not isinstance(each[0], dict)), f"{name} is not shown")
