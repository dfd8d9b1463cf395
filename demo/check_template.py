#!/usr/bin/env python3
"""Checks what demo/template.yaml promises, one line a promise: `python3 demo/check_template.py [TEMPLATE [WORDS]]`.

With WORDS, only the promises that hold these words are checked.
The agent's stack is read from deploy/agent.yaml with the parameters that the demo gives it, as CloudFormation does.
Offline. Exit 0: all hold; 1: at least one fails; 77: cfn-lint or samtranslator (aws-sam-translator) is missing.
"""

import importlib.util
import os
import re
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
DEPLOY = os.path.join(HERE, "..", "deploy")
AGENT = os.path.join(DEPLOY, "agent.yaml")
PATH = sys.argv[1] if len(sys.argv) > 1 else os.path.join(HERE, "template.yaml")
WORDS = sys.argv[2] if len(sys.argv) > 2 else ""
MISSING = 77
LINT = "import sys; from cfnlint.runner.cli import main; sys.exit(main())"
OWN = "meterline-records-111122223333"
CHECKS = []
WAYS = {
    "as it comes": {},
    "a receiver's": {
        "IngestBucketName": "records-of-shop", "QueueArn": "arn:aws:sqs:us-west-2:444455556666:q.fifo",
        "IngestUrl": "https://app.amberflo.io/ingest", "ApiKey": "key-itself",
    },
}


def promise(text):
    """Registers a check under the words that it is reported by."""
    return lambda check: CHECKS.append((text, check)) or check


def same(actual, expected, what=""):
    if actual != expected:
        raise AssertionError(f"{what or 'found'} {actual!r}, not {expected!r}")


def holds(fact, otherwise):
    if not fact:
        raise AssertionError(otherwise)


def stack(name):
    """What the demo's own template becomes."""
    return Stack(read(PATH), WAYS[name])


def agent(name):
    """What the nested stack becomes with the parameters that it is given."""
    nested = stack(name).properties("Agent")
    same(os.path.normpath(os.path.join(HERE, nested["TemplateURL"])), os.path.normpath(AGENT))
    return Stack(read(AGENT), nested["Parameters"])


def function(name):
    return stack(name).properties("ApiFunction")


def variables(name):
    return function(name)["Environment"]["Variables"]


def may(name, action):
    (policy,) = stack(name).properties("ApiRole")["Policies"]
    found = []
    for each in policy["PolicyDocument"]["Statement"]:
        actions = each["Action"] if isinstance(each["Action"], list) else [each["Action"]]
        found += [each["Resource"]] if action in actions else []
    return found


@promise("cfn-lint finds nothing")
def _():
    run = subprocess.run([sys.executable, "-c", LINT, PATH], capture_output=True, text=True)
    same(run.returncode, 0, (run.stdout + run.stderr).strip())


@promise("the SAM transform takes it and the agent's, and no reference dangles, in each of the ways to deploy it")
def _():
    for name in WAYS:
        holds(stack(name).resources and agent(name).resources and stack(name).outputs, name)


@promise("it uses no YAML alias, which CloudFormation can't read")
def _():
    with open(PATH, encoding="utf-8") as file:
        same(re.findall(r"^[^#\"']*[:\-] +[&*][A-Za-z]\w*\s*$", file.read(), re.M), [])


@promise("the API's function runs on Java 25 and arm64, from the artifact, behind SnapStart and an alias")
def _():
    found = function("as it comes")
    same((found["Runtime"], found["Architectures"]), ("java25", ["arm64"]))
    same(found["Handler"], "io.meterline.demo.ApiFunction::handleRequest")
    same(found["SnapStart"], {"ApplyOn": "PublishedVersions"})
    same(read(PATH)["Resources"]["ApiFunction"]["Properties"]["CodeUri"], "target/meterline-demo.jar")
    same(stack("as it comes").properties("ApiFunctionAliaslive")["Name"], "live")


@promise("every call of any path and verb gets to the function, which knows what to answer")
def _():
    api = stack("as it comes").properties("Api")
    same(list(api["Body"]["paths"]), ["$default"])
    same(list(api["Body"]["paths"]["$default"]), ["x-amazon-apigateway-any-method"])


@promise("calls are throttled")
def _():
    stage = stack("as it comes").properties("ApiApiGatewayDefaultStage")
    same(stage["DefaultRouteSettings"], {"ThrottlingBurstLimit": "10", "ThrottlingRateLimit": "10"})


@promise("the function's log group is subscribed twice, each marker to its agent")
def _():
    same(function("as it comes")["LoggingConfig"], {"LogFormat": "Text", "LogGroup": "<ApiLogs>"})
    group = stack("as it comes").properties("ApiLogs")["LogGroupName"]
    made = agent("as it comes").of_type("AWS::Logs::SubscriptionFilter").values()
    same(
        sorted((each["Properties"]["FilterPattern"], each["Properties"]["DestinationArn"]) for each in made),
        [("meter_record_for_cw", "<DirectAgentAliaslive>"), ("meter_record_for_stream", "<Stream.Arn>")],
    )
    same({each["Properties"]["LogGroupName"] for each in made}, {group})


@promise("the group is there before its subscriptions, and they before the first line")
def _():
    same(stack("as it comes").resources["Agent"].get("DependsOn"), "ApiLogs")
    # What uses an output of the agents' stack waits for all of it.
    holds("<Agent.Outputs." in str(variables("as it comes")), "the function does not wait for the agents")


@promise("the API's log is kept for a limited time, and its agents write to groups of their own")
def _():
    holds(int(stack("as it comes").properties("ApiLogs").get("RetentionInDays", 0)) > 0, "it is kept for ever")
    logs = agent("as it comes").of_type("AWS::Logs::LogGroup").values()
    same(
        sorted(each["Properties"]["LogGroupName"] for each in logs),
        ["/meterline/meterline/direct-agent", "/meterline/meterline/kinesis-agent"],
    )


@promise("function and agents deliver to the same bucket, in its region")
def _():
    for name, bucket, region in (("as it comes", OWN, "eu-west-1"), ("a receiver's", "records-of-shop", "us-west-2")):
        same(variables(name)["DEMO_DIRECT_S3"], f"s3://{bucket}")
        same(variables(name)["DEMO_AGENT_DESTINATION"], f"s3://{bucket}")
        same(variables(name)["METERLINE_S3_REGION"], region)
        nested = agent(name).properties("KinesisAgent")["Environment"]["Variables"]
        same((nested["INGEST_BUCKET_NAME"], nested["METERLINE_S3_REGION"]), (bucket, region))
        same(may(name, "s3:PutObject")[0], f"arn:aws:s3:::{bucket}/ingest/records/*")


@promise("the stack makes a bucket and a queue only for who names none")
def _():
    made = stack("as it comes")
    same(made.properties("Bucket")["BucketName"], OWN)
    same(made.properties("Queue")["QueueName"], "meterline-records.fifo")
    same(variables("as it comes")["DEMO_DIRECT_SQS"], "sqs://eu-west-1/111122223333/meterline-records.fifo")
    same(may("as it comes", "sqs:SendMessage"), ["<Queue.Arn>"])
    given = stack("a receiver's")
    same((given.of_type("AWS::S3::Bucket"), given.of_type("AWS::SQS::Queue")), ({}, {}))
    same(variables("a receiver's")["DEMO_DIRECT_SQS"], "sqs://us-west-2/444455556666/q.fifo")
    same(may("a receiver's", "sqs:SendMessage"), ["arn:aws:sqs:us-west-2:444455556666:q.fifo"])


@promise("a bucket of the stack's own is encrypted, closed to the public, reached by TLS alone, and outlives the stack")
def _():
    made = stack("as it comes")
    bucket = made.properties("Bucket")
    same(set(bucket["PublicAccessBlockConfiguration"].values()), {True})
    holds(bucket.get("BucketEncryption"), "it is not encrypted")
    same(made.resources["Bucket"]["DeletionPolicy"], "RetainExceptOnCreate")
    (deny,) = made.properties("BucketPolicy")["PolicyDocument"]["Statement"]
    same((deny["Effect"], deny["Condition"]), ("Deny", {"Bool": {"aws:SecureTransport": "false"}}))


@promise("the receiver over HTTP is called only where it is named, with its key, which is not shown")
def _():
    holds(not {"DEMO_DIRECT_API", "METERLINE_API_KEY"} & set(variables("as it comes")), "there is one by default")
    same(variables("a receiver's")["DEMO_DIRECT_API"], "https://app.amberflo.io/ingest")
    same(variables("a receiver's")["METERLINE_API_KEY"], "key-itself")
    same(read(PATH)["Parameters"]["ApiKey"].get("NoEcho"), True)
    holds("key-itself" not in str(stack("a receiver's").outputs), "the key is in an output")


@promise("the function answers before API Gateway stops waiting")
def _():
    retries = int(variables("as it comes")["METERLINE_RETRY_SECONDS"])
    holds(retries < int(function("as it comes")["Timeout"]) < 30, "it may be too late")


@promise("no role may use all actions or all resources, and no managed policy of AWS's is attached")
def _():
    for made in (stack("as it comes"), agent("as it comes")):
        for name, role in made.of_type("AWS::IAM::Role").items():
            for policy in role["Properties"].get("Policies", []):
                for each in policy["PolicyDocument"]["Statement"]:
                    holds("*" not in str(each["Action"]) and each["Resource"] != "*", f"{name}: {each}")
            holds("iam::aws" not in str(role["Properties"].get("ManagedPolicyArns", [])), name)


@promise("what a receiver refuses goes to the agents' quarantine")
def _():
    same(variables("as it comes")["METERLINE_QUARANTINE"], "s3://<Agent.Outputs.QuarantineBucketName>/quarantine")
    same(may("as it comes", "s3:PutObject")[1], "arn:aws:s3:::<Agent.Outputs.QuarantineBucketName>/quarantine/*")
    holds("QuarantineBucketName" in agent("as it comes").outputs, "the agents' stack does not tell its quarantine")


def main():
    chosen = [(text, check) for text, check in CHECKS if WORDS in text]
    failed = 0
    for text, check in chosen:
        try:
            check()
            print(f"ok   {text}")
        except Exception as failure:  # a broken template breaks checks in many ways, and each is a failed promise
            failed += 1
            print(f"FAIL {text}: {type(failure).__name__}: {' '.join(str(failure).split())}")
    print(f"{len(chosen) - failed} of {len(chosen)} promises hold")
    return 1 if failed or not chosen else 0


if __name__ == "__main__":
    for module, package in (("samtranslator", "aws-sam-translator"), ("cfnlint", "cfn-lint")):
        if importlib.util.find_spec(module) is None:
            print(f"{package} is missing, so nothing was checked: pip install {package}", file=sys.stderr)
            sys.exit(MISSING)
    sys.dont_write_bytecode = True
    sys.path.insert(0, DEPLOY)
    from checks.stack import Stack, read

    sys.exit(main())
