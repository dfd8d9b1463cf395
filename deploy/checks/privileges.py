"""What the agents may do, and what not."""

import re

from checks.promise import AGENTS, as_list, BUCKET, holds, KEY, may, promise, refuses, same, SCENARIOS, Stack, stack, statements, TEMPLATE


@promise("no policy names all actions or all resources")
def _():
    suffixes = (
        "<QuarantineBucket.Arn>/quarantine/*", "<OnFailureBucket.Arn>/*",
        "arn:aws:s3:::records-of-shop/ingest/records/*",
    )
    for name in SCENARIOS:
        for resource_name, resource in stack(name).resources.items():
            for each in statements(resource.get("Properties", {})):
                if each["Effect"] != "Allow":
                    continue
                where = f"{name}, {resource_name}: {each}"
                holds(not any("*" in action for action in as_list(each["Action"])), where)
                holds(all("*" not in found or found in suffixes for found in as_list(each["Resource"])), where)


@promise("the agents use no managed policy of AWS's, and share the one that says what they may write")
def _():
    for agent in AGENTS:
        role = stack("both agents").properties(f"{agent}Role")
        same(role.get("ManagedPolicyArns"), ["<DeliveryPolicy>"], agent)
        same(stack("both agents").properties(agent)["Role"], f"<{agent}Role.Arn>")
    same(len(stack("both agents").of_type("AWS::IAM::ManagedPolicy")), 1, "managed policies")


@promise("an agent reads its own stream and writes its own log")
def _():
    read_stream, own_log = [
        each for each in statements(stack("as it comes").properties("KinesisAgentRole"))
    ]
    same(read_stream["Resource"], "<Stream.Arn>")
    same(
        sorted(read_stream["Action"]),
        ["kinesis:DescribeStream", "kinesis:DescribeStreamSummary", "kinesis:GetRecords", "kinesis:GetShardIterator", "kinesis:ListShards"],
    )
    same((sorted(own_log["Action"]), own_log["Resource"]), (["logs:CreateLogStream", "logs:PutLogEvents"], "<KinesisAgentLogs.Arn>"))
    (direct_log,) = statements(stack("both agents").properties("DirectAgentRole"))
    same((sorted(direct_log["Action"]), direct_log["Resource"]), (["logs:CreateLogStream", "logs:PutLogEvents"], "<DirectAgentLogs.Arn>"))


@promise("the agents may put objects below the records' prefix and into quarantine, and read none but rules")
def _():
    own = ["<OnFailureBucket.Arn>/*", "<QuarantineBucket.Arn>/quarantine/*"]
    same(may("as it comes", "s3:PutObject"), own + ["arn:aws:s3:::records-of-shop/ingest/records/*"])
    for name in SCENARIOS:
        actions = {action for each in statements(stack(name).properties("DeliveryPolicy")) for action in as_list(each["Action"])}
        allowed = {"s3:GetObject"} if name == "rules in S3" else set()
        holds({action for action in actions if re.match(r"s3:(Get|Delete|Put(?!Object))", action)} == allowed, f"{name}: {actions}")
    for name in ("secret", "role", "static keys", "queue", "receiver with a secret"):
        same(may(name, "s3:PutObject"), own, f"with other credentials ({name}) the role itself may put")
    holds(refuses({**BUCKET, "Prefix": "ingest/*/"}) and refuses({**BUCKET, "Prefix": "ingest"}), "a prefix may widen the policy")


@promise("ACL, keys, queue, secret and role are granted only when named, and only as named")
def _():
    granted = {
        "s3:PutObjectAcl": ("own keys", ["arn:aws:s3:::records-of-shop/ingest/records/*"]),
        "kms:GenerateDataKey": ("own keys", sorted([KEY + "bucket", KEY + "ingest"])),
        "sqs:SendMessage": ("queue", [SCENARIOS["queue"]["SinkQueueArn"]]),
        "sts:AssumeRole": ("role", [SCENARIOS["role"]["AssumeRole"]]),
        "secretsmanager:GetSecretValue": ("secret", [SCENARIOS["secret"]["CredentialsSecret"]]),
        "kms:Decrypt": ("secret", [KEY + "secret"]),
    }
    for action, (name, resources) in granted.items():
        same(may(name, action), resources, action)
        same(may("as it comes", action), [], action)


@promise("the API key's secret, its key and the functions' key are granted only when named, and only as named")
def _():
    receiver = SCENARIOS["receiver with a secret"]
    same(may("receiver with a secret", "secretsmanager:GetSecretValue"), [receiver["ApiKeySecret"]])
    same(may("receiver with a secret", "kms:Decrypt"), [KEY + "api"])
    same(may("own keys", "kms:Decrypt"), [KEY + "function"])
    for action in ("secretsmanager:GetSecretValue", "kms:Decrypt"):
        same((may("receiver", action), may("as it comes", action)), ([], []), action)
    holds(refuses({**BUCKET, "ApiKeySecret": "arn:aws:secretsmanager:eu-west-1:111122223333:secret:*"}), "a secret may be all secrets")


@promise("rules are read by a right to the one object or parameter that holds them, and text needs none")
def _():
    same(may("rules in S3", "s3:GetObject"), ["arn:aws:s3:::rules-of-shop/of/usage-1.yaml"])
    same(may("rules in S3", "kms:Decrypt"), [KEY + "rules"])
    same(may("rules in SSM", "ssm:GetParameter"), ["arn:aws:ssm:eu-west-1:111122223333:parameter/meterline/rules"])
    bare = Stack(TEMPLATE, {**BUCKET, "Mapping": "ssm:rules"}).properties("DeliveryPolicy")["PolicyDocument"]["Statement"]
    same([each["Resource"] for each in bare if each["Action"] == "ssm:GetParameter"], ["arn:aws:ssm:eu-west-1:111122223333:parameter/rules"])
    for name in SCENARIOS:
        for place, action in (("rules in S3", "s3:GetObject"), ("rules in SSM", "ssm:GetParameter")):
            holds(name == place or not may(name, action), f"{name}: {action}")
    for wide in ("s3://rules-of-shop/*", "s3://rules-of-shop", "s3://*/rules", "ssm:*", "ssm:/meterline/*", "s3://b-1/k?role=x"):
        holds(refuses({**BUCKET, "Mapping": wide}), f"{wide} is taken")
    holds(not refuses({**BUCKET, "Mapping": "rules:\n  - name: '*'\n"}), "text of rules is refused")
