"""Which log groups send, to what, and by which right."""

import itertools
import json

from checks.promise import AGENTS, BUCKET, holds, KEY, promise, refuses, same, SCENARIOS, Stack, stack, statements, TEMPLATE


@promise("each listed log group is subscribed to the stream, once, and no list means none")
def _():
    made = stack("groups").of_type("AWS::Logs::SubscriptionFilter").values()
    same(sorted(each["Properties"]["LogGroupName"] for each in made), ["/app/api", "/aws/lambda/shop"])
    for each in made:
        same(each["Properties"]["DestinationArn"], "<Stream.Arn>")
        same(each["Properties"]["RoleArn"], "<SubscriptionRole.Arn>")
    same(stack("as it comes").of_type("AWS::Logs::SubscriptionFilter"), {})
    holds(refuses({**BUCKET, "LogGroups": "/a/b,/ab"}), "two groups of one logical id are not told apart")


@promise("a hundred groups need no more roles, policies or permissions than one: none can overflow")
def _():
    def rights(groups):
        made = Stack(TEMPLATE, {**SCENARIOS["both agents"], "LogGroups": groups, "DirectLogGroups": groups})
        same(len(made.of_type("AWS::Logs::SubscriptionFilter")), 2 * len(groups.split(",")))
        return {
            kind: {name: each["Properties"] for name, each in made.of_type(kind).items()}
            for kind in ("AWS::IAM::Role", "AWS::IAM::ManagedPolicy", "AWS::Lambda::Permission", "AWS::Logs::ResourcePolicy")
        }

    same(rights(",".join(f"/app/group{i}" for i in range(100))), rights("/app/one"))


@promise("the filter patterns are parameters: the stream's marker, and the direct agent's")
def _():
    patterns = {
        name: each["Properties"]["FilterPattern"]
        for name, each in stack("both agents").of_type("AWS::Logs::SubscriptionFilter").items()
    }
    same(patterns["Subscriptionappapi"], "meter_record_for_stream")
    same(patterns["DirectSubscriptionappapi"], "meter_record_for_cw")
    changed = Stack(TEMPLATE, {**SCENARIOS["both agents"], "FilterPattern": "one", "DirectFilterPattern": "two"})
    found = {each["Properties"]["FilterPattern"] for each in changed.of_type("AWS::Logs::SubscriptionFilter").values()}
    same(found, {"one", "two"})


@promise("with rules, a pattern that is left as it comes passes all lines, and another one stays")
def _():
    def patterns(more):
        made = Stack(TEMPLATE, {**SCENARIOS["rules"], **more}).of_type("AWS::Logs::SubscriptionFilter").values()
        return sorted(each["Properties"]["FilterPattern"] for each in made)

    same(patterns({}), ["", ""])
    same(patterns({"FilterPattern": "one", "DirectFilterPattern": "two"}), ["one", "two"])
    account = {**BUCKET, "Mapping": "ssm:rules", "SubscribeWholeAccount": "true"}
    holds(refuses(account), "every line of an account is sent by default")
    policy = Stack(TEMPLATE, {**account, "FilterPattern": "one"}).properties("AccountSubscription")
    same(json.loads(policy["PolicyDocument"])["FilterPattern"], "one")


@promise("the whole account can be subscribed instead, but for the agents' own log groups")
def _():
    same(stack("groups").of_type("AWS::Logs::AccountPolicy"), {})
    policy = stack("whole account").properties("AccountSubscription")
    same((policy["PolicyType"], policy["Scope"]), ("SUBSCRIPTION_FILTER_POLICY", "ALL"))
    same(policy.get("SelectionCriteria"), 'LogGroupName NOT IN ["/meterline/kinesis-agent", "/meterline/direct-agent"]')
    same(
        json.loads(policy["PolicyDocument"]),
        {
            "DestinationArn": "<Stream.Arn>", "RoleArn": "<SubscriptionRole.Arn>",
            "FilterPattern": '"meter record"', "Distribution": "Random",
        },
    )
    holds(refuses({**SCENARIOS["groups"], "SubscribeWholeAccount": "true"}), "groups are subscribed twice")


@promise("an agent's own log group can't be subscribed, by any list")
def _():
    for group, groups in itertools.product(("KinesisAgentLogGroup", "DirectAgentLogGroup"), ("LogGroups", "DirectLogGroups")):
        given = {**BUCKET, "EnableDirectAgent": "true", group: "/own", groups: "/app/api,/own"}
        holds(refuses(given), f"{groups} may name {group}")


@promise("the agents write to their own log groups, which are kept for a limited time")
def _():
    for agent in AGENTS:
        logging = stack("both agents").properties(agent)["LoggingConfig"]
        same(logging, {"LogFormat": "Text", "LogGroup": f"<{agent}Logs>"}, agent)
        group = stack("both agents").properties(f"{agent}Logs")
        same(group["LogGroupName"], stack("both agents").values[f"{agent}LogGroup"])
        holds(int(group.get("RetentionInDays", 0)) > 0, f"{agent}Logs is kept for ever")
        holds("KmsKeyId" not in group, f"{agent}Logs has a key that nobody gave")


@promise("the agents' own logs are encrypted with a key of one's own where one is given")
def _():
    for agent in AGENTS:
        same(stack("own keys").properties(f"{agent}Logs").get("KmsKeyId"), KEY + "log", f"{agent}Logs")


@promise("CloudWatch Logs may put records into the stream, and do nothing else")
def _():
    for name, role in (("as it comes", "SubscriptionRole"), ("senders", "SenderRole")):
        same(
            [(each["Action"], each["Resource"]) for each in statements(stack(name).properties(role))],
            [("kinesis:PutRecord", "<Stream.Arn>")], role,
        )
    same(
        [(each["Action"], each["Resource"]) for each in statements(stack("own keys").properties("SubscriptionRole"))],
        [("kinesis:PutRecord", "<Stream.Arn>"), ("kms:GenerateDataKey", KEY + "stream")],
    )


@promise("only CloudWatch Logs of this account and region, or of the named senders, gets the role")
def _():
    (own,) = stack("as it comes").properties("SubscriptionRole")["AssumeRolePolicyDocument"]["Statement"]
    same(own["Principal"], {"Service": "logs.amazonaws.com"})
    same(
        own.get("Condition"),
        {
            "StringEquals": {"aws:SourceAccount": "111122223333"},
            "ArnLike": {"aws:SourceArn": "arn:aws:logs:eu-west-1:111122223333:*"},
        },
    )
    (senders,) = stack("senders").properties("SenderRole")["AssumeRolePolicyDocument"]["Statement"]
    same(senders["Condition"]["StringEquals"]["aws:SourceAccount"], ["111122223333", "444455556666", "777788889999"])
    same(senders["Condition"]["ArnLike"], {"aws:SourceArn": "arn:aws:logs:eu-west-1:*:*"})
    same(stack("as it comes").of_type("AWS::Logs::Destination"), {})


@promise("named accounts may send to the stream, and no other account may")
def _():
    destination = stack("senders").properties("SenderDestination")
    same((destination["TargetArn"], destination["RoleArn"]), ("<Stream.Arn>", "<SenderRole.Arn>"))
    (statement,) = json.loads(destination["DestinationPolicy"])["Statement"]
    same(statement["Principal"], {"AWS": ["444455556666", "777788889999"]})
    same(statement["Resource"], "arn:aws:logs:eu-west-1:111122223333:destination:meterline-destination")


@promise("only log groups of this account may invoke the direct agent")
def _():
    permission = stack("both agents").properties("DirectAgentPermission")
    same(permission["Principal"], "logs.amazonaws.com")
    same(permission["FunctionName"], "<DirectAgentAliaslive>")
    same(permission.get("SourceAccount"), "111122223333")
    same(permission.get("SourceArn"), "arn:aws:logs:eu-west-1:111122223333:log-group:*")
