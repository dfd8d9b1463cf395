"""The stream, and how long it keeps what."""

import itertools

from checks.promise import BUCKET, KEY, promise, refuses, same, stack, TEMPLATE


@promise("the stream is on demand, or has as many shards as asked for")
def _():
    default, three = stack("as it comes").properties("Stream"), stack("own keys").properties("Stream")
    same((default["StreamModeDetails"]["StreamMode"], default.get("ShardCount")), ("ON_DEMAND", None))
    same((three["StreamModeDetails"]["StreamMode"], three.get("ShardCount")), ("PROVISIONED", "3"))


@promise("the stream is encrypted with KMS, with a key of one's own if given")
def _():
    for name, key in (("as it comes", "alias/aws/kinesis"), ("own keys", KEY + "stream")):
        same(stack(name).properties("Stream").get("StreamEncryption"), {"EncryptionType": "KMS", "KeyId": key}, name)


@promise("nothing expires in the stream: each record leaves it, delivered or to the bucket, an hour or more before")
def _():
    hours = TEMPLATE["Parameters"]["StreamRetentionHours"]["AllowedValues"]
    ages = TEMPLATE["Parameters"]["MaximumRecordAgeSeconds"]["AllowedValues"]
    for hour, age in itertools.product(hours, ages):
        given = {**BUCKET, "StreamRetentionHours": hour, "MaximumRecordAgeSeconds": age}
        same(refuses(given), not 0 < age <= (hour - 1) * 3600, f"{hour} h kept and {age} s of retries: refused")
    made = stack("as it comes")
    same(made.properties("Stream")["RetentionPeriodHours"], made.values["StreamRetentionHours"])
    same(made.properties("KinesisAgentRecords")["MaximumRecordAgeInSeconds"], made.values["MaximumRecordAgeSeconds"])
