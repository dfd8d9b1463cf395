"""The two agents, their versions and their environment."""

import json
import re

from checks.promise import AGENTS, BUCKET, holds, KEY, promise, refuses, same, SCENARIOS, Stack, stack, TEMPLATE


@promise("the Kinesis agent is deployed unless switched off, the direct agent only when switched on")
def _():
    for name, expected in (
        ("as it comes", ["KinesisAgent"]), ("both agents", ["DirectAgent", "KinesisAgent"]), ("direct only", ["DirectAgent"]),
    ):
        same(sorted(stack(name).of_type("AWS::Lambda::Function")), expected, name)
    for resource_type in ("AWS::Kinesis::Stream", "AWS::Lambda::EventSourceMapping"):
        same(stack("direct only").of_type(resource_type), {}, "direct only")


@promise("both agents run on Java 25 and arm64, from the one artifact, with their handlers")
def _():
    for agent, handler in AGENTS.items():
        function = stack("both agents").properties(agent)
        same((function["Runtime"], function["Architectures"]), ("java25", ["arm64"]), agent)
        same(function["Handler"], f"io.meterline.lambda.{handler}::handleRequest")
        # In the function itself: for a CodeUri in Globals, `aws cloudformation package` uploads the template's folder.
        same(TEMPLATE["Resources"][agent]["Properties"].get("CodeUri"), "../lambda/target/meterline-lambda.jar", agent)


@promise("both agents have SnapStart on published versions, behind the alias live")
def _():
    made = stack("both agents")
    for agent in AGENTS:
        same(made.properties(agent).get("SnapStart"), {"ApplyOn": "PublishedVersions"}, agent)
        alias = made.properties(f"{agent}Aliaslive")
        same((alias["Name"], alias["FunctionName"]), ("live", f"<{agent}>"))
        holds(re.fullmatch(rf"<{agent}Version\w+\.Version>", alias["FunctionVersion"]), alias["FunctionVersion"])


@promise("everything that invokes an agent does so by the alias")
def _():
    made = stack("both agents")
    same(made.properties("KinesisAgentRecords")["FunctionName"], "<KinesisAgentAliaslive>")
    same(made.properties("DirectSubscriptionappapi")["DestinationArn"], "<DirectAgentAliaslive>")
    same(made.properties("DirectAgentEventInvokeConfig")["Qualifier"], "live")


@promise("a changed setting publishes a new version, and the same settings do not")
def _():
    def version(changes):
        made = Stack(TEMPLATE, {**SCENARIOS["both agents"], **changes}, parameters_in_place=True)
        return sorted(made.of_type("AWS::Lambda::Version"))

    same(version({}), version({}))
    for changes in (
        {"IngestBucketName": "another"}, {"TimeoutSeconds": "60"}, {"MemoryMegabytes": "1024"}, {"S3Region": "eu-west-1"},
    ):
        holds(not set(version({})) & set(version(changes)), f"{changes} publishes no new version of both agents")


@promise("the environment has the reference's names and Meterline's, and leaves out what is not set")
def _():
    always = {
        "METERLINE_QUARANTINE": "s3://<QuarantineBucket>/quarantine?endpoint=", "METERLINE_S3_REGION": "us-west-2",
        "METERLINE_MARKERS": "meter_record_for_stream,meter_record_for_cw", "METERLINE_MAX_PAYLOAD_BYTES": "67108864",
        "METERLINE_MAX_RECORD_BYTES": "262144", "METERLINE_MAX_BODY_BYTES": "33554432", "METERLINE_FORMAT": "json",
        "METERLINE_PREFIX": "ingest/records/", "METERLINE_REFUSAL_GRACE": "900",
    }
    bucket = {"INGEST_BUCKET_NAME": "records-of-shop"}
    keys = SCENARIOS["own keys"]
    reading = {"JAVA_TOOL_OPTIONS": "--sun-misc-unsafe-memory-access=allow"}
    for name, more in (
        ("as it comes", bucket),
        ("both agents", bucket),
        ("own keys", {**bucket, "METERLINE_S3_ACL": keys["S3Acl"], "METERLINE_S3_KMS_KEY": keys["S3KmsKey"]}),
        ("secret", {**bucket, "METERLINE_CREDENTIALS_SECRET": SCENARIOS["secret"]["CredentialsSecret"]}),
        ("role", {**bucket, "METERLINE_ASSUME_ROLE": SCENARIOS["role"]["AssumeRole"], "METERLINE_ASSUME_ROLE_EXTERNAL_ID": "shop-7"}),
        ("receiver", {
            "METERLINE_SINK": "https://ingest.example.org/ingest", "METERLINE_API_KEY": "key-of-receiver",
            "METERLINE_RETRY_SECONDS": "90",
        }),
        ("receiver with a secret", {
            "METERLINE_SINK": "https://ingest.example.org/ingest", "METERLINE_REFUSAL_GRACE": "60",
            "METERLINE_API_KEY_SECRET": SCENARIOS["receiver with a secret"]["ApiKeySecret"],
        }),
        ("static keys", {**bucket, "ACCESS_KEY": "id-of-key", "SECRET_KEY": "key-itself"}),
        ("queue", {"METERLINE_SINK": "sqs://q.fifo"}),
        ("rules", {**bucket, **reading, "METERLINE_MAPPING": SCENARIOS["rules"]["Mapping"]}),
        ("rules in S3", {**bucket, **reading, "METERLINE_MAPPING": "s3://rules-of-shop/of/usage-1.yaml?endpoint="}),
        ("rules in SSM", {**bucket, **reading, "METERLINE_MAPPING": "ssm:/meterline/rules"}),
    ):
        for agent in stack(name).of_type("AWS::Lambda::Function"):
            same(stack(name).properties(agent)["Environment"]["Variables"], {**always, **more}, name)
    endpoint = Stack(TEMPLATE, {**BUCKET, "S3Endpoint": "https://s3.example.org"}).properties("KinesisAgent")
    same(endpoint["Environment"]["Variables"].get("METERLINE_S3_ENDPOINT"), "https://s3.example.org")


@promise("keys given as parameters are not shown, have no default, and come in pairs")
def _():
    for name in ("AccessKey", "SecretKey", "ApiKey", "AssumeRoleExternalId"):
        same((TEMPLATE["Parameters"][name].get("NoEcho"), TEMPLATE["Parameters"][name]["Default"]), (True, ""), name)
    for name in ("AccessKey", "SecretKey"):
        holds(refuses({**BUCKET, name: "alone"}), f"{name} alone is taken")
    holds(refuses({**SCENARIOS["receiver with a secret"], "ApiKey": "also"}), "an API key is taken beside its secret")
    for name, keys in (("static keys", ("key-itself", "id-of-key")), ("receiver", ("key-of-receiver",)), ("role", ("shop-7",))):
        shown = json.dumps([stack(name).outputs, stack(name).properties("Dashboard")])
        holds(not any(key in shown for key in keys), f"a key is in an output ({name})")


@promise("records must have somewhere to go")
def _():
    holds(refuses({}), "neither a bucket nor a sink is taken")


@promise("the sink's URI, which may hold a token, is not shown, and holds no password")
def _():
    same(TEMPLATE["Parameters"]["Sink"].get("NoEcho"), True, "Sink's NoEcho is")
    holds(refuses({"Sink": "https://user:password@ingest.example.org/ingest"}), "a URI with a password is taken")
    holds(not refuses({"Sink": "https://ingest.example.org/ingest?format=json"}), "a URI with a query is refused")


@promise("variables and snapshots are encrypted with a key of one's own where one is given")
def _():
    for agent in AGENTS:
        same(stack("own keys").properties(agent).get("KmsKeyArn"), KEY + "function", agent)
        holds("KmsKeyArn" not in stack("both agents").properties(agent), f"{agent} has a key that nobody gave")


@promise("the direct agent can't use up the account's concurrency, unless asked to")
def _():
    same(stack("both agents").properties("DirectAgent").get("ReservedConcurrentExecutions"), "50", "reserved")
    made = Stack(TEMPLATE, {**SCENARIOS["both agents"], "DirectAgentConcurrency": "0"}).properties("DirectAgent")
    holds("ReservedConcurrentExecutions" not in made, "0 reserves something")
    holds("ReservedConcurrentExecutions" not in stack("both agents").properties("KinesisAgent"), "shards bound the Kinesis agent")


@promise("the layer that reads rules is made and attached only where there are rules")
def _():
    same(TEMPLATE["Resources"]["MappingLayer"]["Properties"].get("ContentUri"), "../lambda/target/mapping-layer")
    for name in SCENARIOS:
        layers = stack(name).of_type("AWS::Lambda::LayerVersion")
        same(len(layers), 1 if "Mapping" in SCENARIOS[name] else 0, f"{name}: layers")
        for agent in stack(name).of_type("AWS::Lambda::Function"):
            same(stack(name).properties(agent).get("Layers", []), [f"<{layer}>" for layer in layers], f"{name}, {agent}")


@promise("other rules publish a new version of both agents")
def _():
    def version(mapping):
        return set(Stack(TEMPLATE, {**SCENARIOS["rules"], "Mapping": mapping}, parameters_in_place=True).of_type("AWS::Lambda::Version"))

    same(version("ssm:rules-1"), version("ssm:rules-1"))
    holds(not version("ssm:rules-1") & version("ssm:rules-2"), "other rules publish no new version of both agents")
