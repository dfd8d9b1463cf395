"""What every check uses: the template under test, the ways to deploy it, and how a promise is stated."""

import json
import os
import sys

from checks.stack import Refused, Stack, read

PATH = sys.argv[1] if len(sys.argv) > 1 else os.path.join(os.path.dirname(__file__), "..", "agent.yaml")
TEMPLATE = read(PATH)
BUCKET = {"IngestBucketName": "records-of-shop"}
KEY = "arn:aws:kms:eu-west-1:111122223333:key/"
SCENARIOS = {
    "as it comes": BUCKET,
    "groups": {**BUCKET, "LogGroups": "/app/api,/aws/lambda/shop"},
    "whole account": {**BUCKET, "SubscribeWholeAccount": "true", "FilterPattern": '"meter record"'},
    "both agents": {**BUCKET, "EnableDirectAgent": "true", "DirectLogGroups": "/app/api,/app/web", "LogGroups": "/app/api"},
    "direct only": {**BUCKET, "EnableKinesisAgent": "false", "EnableDirectAgent": "true", "DirectLogGroups": "/app/api"},
    "senders": {**BUCKET, "SenderAccounts": "444455556666,777788889999"},
    "own keys": {
        **BUCKET, "EnableDirectAgent": "true", "StreamKmsKey": KEY + "stream", "BucketKmsKey": KEY + "bucket",
        "S3KmsKey": KEY + "ingest", "S3Acl": "bucket-owner-full-control", "QuarantineDays": "400", "Shards": "3",
        "FunctionKmsKey": KEY + "function", "AgentLogKmsKey": KEY + "log",
    },
    "secret": {
        **BUCKET, "CredentialsSecret": "arn:aws:secretsmanager:eu-west-1:111122223333:secret:ingest-AbCdEf",
        "CredentialsSecretKmsKey": KEY + "secret",
    },
    "role": {**BUCKET, "AssumeRole": "arn:aws:iam::444455556666:role/ingest", "AssumeRoleExternalId": "shop-7"},
    "receiver": {"Sink": "https://ingest.example.org/ingest", "ApiKey": "key-of-receiver", "RetrySeconds": "90"},
    "receiver with a secret": {
        "Sink": "https://ingest.example.org/ingest", "ApiKeySecretKmsKey": KEY + "api", "RefusalGraceSeconds": "60",
        "ApiKeySecret": "arn:aws:secretsmanager:eu-west-1:111122223333:secret:receiver-AbCdEf",
    },
    "static keys": {**BUCKET, "AccessKey": "id-of-key", "SecretKey": "key-itself"},
    "queue": {"Sink": "sqs://q.fifo", "SinkQueueArn": "arn:aws:sqs:eu-west-1:111122223333:q.fifo"},
    "rules": {**BUCKET, "EnableDirectAgent": "true", "Mapping": "rules:\n  - name: s3://x\n", "LogGroups": "/app/api", "DirectLogGroups": "/app/api"},
    "rules in S3": {**BUCKET, "EnableDirectAgent": "true", "Mapping": "s3://rules-of-shop/of/usage-1.yaml", "MappingKmsKey": KEY + "rules"},
    "rules in SSM": {**BUCKET, "Mapping": "ssm:/meterline/rules"},
    "topic": {**BUCKET, "EnableDirectAgent": "true", "AlarmTopicArn": "arn:aws:sns:eu-west-1:111122223333:on-call"},
}
AGENTS = {"KinesisAgent": "KinesisAgent", "DirectAgent": "LogsAgent"}
CHECKS = []
_stacks = {}


def stack(name):
    """The stack that a scenario makes."""
    if name not in _stacks:
        _stacks[name] = Stack(TEMPLATE, SCENARIOS[name])
    return _stacks[name]


def promise(text):
    """Registers a check under the words that it is reported by."""
    return lambda check: CHECKS.append((text, check)) or check


def same(actual, expected, what=""):
    if actual != expected:
        raise AssertionError(f"{what or 'found'} {actual!r}, not {expected!r}")


def holds(fact, otherwise):
    if not fact:
        raise AssertionError(otherwise)


def refuses(given):
    """Whether the template turns these parameters down before anything is made."""
    try:
        Stack(TEMPLATE, given)
    except Refused:
        return True
    return False


def mapping(name="as it comes"):
    return stack(name).properties("KinesisAgentRecords")


def as_list(value):
    return value if isinstance(value, list) else [value]


def statements(properties):
    documents = [policy["PolicyDocument"] for policy in properties.get("Policies", [])]
    own = properties.get("PolicyDocument", [])
    if own:
        documents.append(json.loads(own) if isinstance(own, str) else own)
    return [each for document in documents for each in document.get("Statement", [])]


def may(name, action):
    """Resources that the delivery policy lets the agents use for the action, in a scenario."""
    return sorted(
        resource
        for each in statements(stack(name).properties("DeliveryPolicy"))
        if action in as_list(each["Action"])
        for resource in as_list(each["Resource"])
    )
