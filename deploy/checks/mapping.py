"""The event source mapping, and what becomes of what it can't deliver."""

from checks.promise import BUCKET, holds, mapping, may, promise, refuses, same, Stack, stack, TEMPLATE


@promise("the mapping reports which part of a batch failed")
def _():
    same(mapping().get("FunctionResponseTypes"), ["ReportBatchItemFailures"])


@promise("the mapping reads the stream from its beginning")
def _():
    same((mapping()["EventSourceArn"], mapping()["StartingPosition"]), ("<Stream.Arn>", "TRIM_HORIZON"))


@promise("a batch whose invocation died is halved, unless switched off")
def _():
    same(mapping().get("BisectBatchOnFunctionError"), "true")
    off = Stack(TEMPLATE, {**BUCKET, "BisectBatch": "false"}).properties("KinesisAgentRecords")
    same(off.get("BisectBatchOnFunctionError"), "false")


@promise("batch size, batching window, parallelization, retries and record age are parameters")
def _():
    given = {
        "BatchSize": ("BatchSize", "77"), "BatchWindowSeconds": ("MaximumBatchingWindowInSeconds", "7"),
        "ParallelizationFactor": ("ParallelizationFactor", "3"), "MaximumRetryAttempts": ("MaximumRetryAttempts", "9"),
        "MaximumRecordAgeSeconds": ("MaximumRecordAgeInSeconds", "43200"),
    }
    made = Stack(TEMPLATE, {**BUCKET, **{name: value for name, (_, value) in given.items()}})
    for name, (key, value) in given.items():
        same(made.properties("KinesisAgentRecords").get(key), value, name)
    holds(refuses({**BUCKET, "MaximumRecordAgeSeconds": "-1"}), "records may grow old without end")


@promise("what can't be delivered goes whole to a bucket, for both agents")
def _():
    same(mapping().get("DestinationConfig"), {"OnFailure": {"Destination": "<OnFailureBucket.Arn>"}})
    direct = stack("both agents").properties("DirectAgentEventInvokeConfig")
    same(direct.get("DestinationConfig"), {"OnFailure": {"Destination": "<OnFailureBucket.Arn>"}})
    same(stack("both agents").resources["OnFailureBucket"]["Type"], "AWS::S3::Bucket")
    same((may("both agents", "s3:ListBucket"), "<OnFailureBucket.Arn>/*" in may("both agents", "s3:PutObject")), (["<OnFailureBucket.Arn>"], True))
