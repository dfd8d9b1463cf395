"""The buckets for what could not be taken, and what could not be delivered."""

from checks.promise import as_list, BUCKET, holds, KEY, promise, refuses, same, SCENARIOS, Stack, stack, statements, TEMPLATE


def private_and_kept(name):
    for scenario, encryption in (
        ("as it comes", {"SSEAlgorithm": "AES256"}),
        ("own keys", {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": KEY + "bucket"}),
    ):
        bucket = stack(scenario).properties(name)
        (rule,) = bucket["BucketEncryption"]["ServerSideEncryptionConfiguration"]
        same(rule["ServerSideEncryptionByDefault"], encryption, f"{name} is encrypted with")
    closed = ("BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets")
    same(bucket.get("PublicAccessBlockConfiguration"), dict.fromkeys(closed, True), name)
    same(bucket["OwnershipControls"]["Rules"], [{"ObjectOwnership": "BucketOwnerEnforced"}])
    resource = stack("as it comes").resources[name]
    same((resource.get("DeletionPolicy"), resource.get("UpdateReplacePolicy")), ("Retain", "Retain"), f"{name} when deleted")
    policy = stack("as it comes").properties(f"{name}Policy")
    (only_tls,) = policy["PolicyDocument"]["Statement"]
    same(policy["Bucket"], f"<{name}>")
    same((only_tls["Effect"], only_tls["Principal"], only_tls["Action"]), ("Deny", "*", "s3:*"))
    same(only_tls["Resource"], [f"<{name}.Arn>", f"<{name}.Arn>/*"])
    same(only_tls["Condition"], {"Bool": {"aws:SecureTransport": "false"}})


@promise("the quarantine bucket is encrypted, private, TLS only, and outlives the stack")
def _():
    private_and_kept("QuarantineBucket")


@promise("the quarantine bucket is versioned and has a lifecycle; nothing current expires unless asked for")
def _():
    bucket = stack("as it comes").properties("QuarantineBucket")
    same(bucket.get("VersioningConfiguration"), {"Status": "Enabled"})
    rules = bucket["LifecycleConfiguration"]["Rules"]
    holds(any("NoncurrentVersionExpiration" in rule for rule in rules), "old versions are kept for ever")
    holds(any("AbortIncompleteMultipartUpload" in rule for rule in rules), "broken uploads are kept for ever")
    holds(not any("ExpirationInDays" in rule for rule in rules), "quarantined records expire")
    asked = stack("own keys").properties("QuarantineBucket")["LifecycleConfiguration"]["Rules"]
    same([rule["ExpirationInDays"] for rule in asked if "ExpirationInDays" in rule], ["400"])


@promise("quarantine moves to colder storage only where it is kept for ever, for S3 wants the expiration later")
def _():
    def rules(days):
        bucket = Stack(TEMPLATE, {**BUCKET, "QuarantineDays": days}).properties("QuarantineBucket")
        return bucket["LifecycleConfiguration"]["Rules"]

    same([each for rule in rules("0") for each in rule.get("Transitions", [])], [{"StorageClass": "STANDARD_IA", "TransitionInDays": 30}])
    for days in ("1", "30", "31", "400"):
        holds(not any("Transitions" in rule for rule in rules(days)), f"deleted after {days} days and moved after 30")
        same([rule["ExpirationInDays"] for rule in rules(days) if "ExpirationInDays" in rule], [days])
    holds(refuses({**BUCKET, "QuarantineDays": "-1"}), "a negative number of days is taken")


@promise("the on-failure bucket is encrypted, private, TLS only, outlives the stack, and forgets nothing current")
def _():
    private_and_kept("OnFailureBucket")
    rules = stack("own keys").properties("OnFailureBucket")["LifecycleConfiguration"]["Rules"]
    holds(not any("ExpirationInDays" in rule or "ExpirationDate" in rule for rule in rules), "undelivered batches expire")


@promise("what is replaced in the on-failure bucket is kept for months, and no role may remove it for good")
def _():
    bucket = stack("as it comes").properties("OnFailureBucket")
    same(bucket.get("VersioningConfiguration"), {"Status": "Enabled"}, "versioning is")
    days = [
        rule["NoncurrentVersionExpiration"]["NoncurrentDays"]
        for rule in bucket["LifecycleConfiguration"]["Rules"]
        if "NoncurrentVersionExpiration" in rule
    ]
    same(days, [90], "old versions are kept for days")
    for name in SCENARIOS:
        for resource in stack(name).resources.values():
            for each in statements(resource.get("Properties", {})):
                removing = [action for action in as_list(each["Action"]) if action.startswith(("s3:Delete", "s3:PutBucket", "s3:PutLifecycle"))]
                holds(each["Effect"] == "Deny" or not removing, f"{name}: {removing}")


@promise("the work list takes messages from its rule alone, and by TLS alone")
def _():
    allow, deny = stack("as it comes").properties("OnFailureQueuePolicy")["PolicyDocument"]["Statement"]
    same((allow["Effect"], allow["Action"], allow["Condition"]), ("Allow", "sqs:SendMessage", {"ArnEquals": {"aws:SourceArn": "<OnFailureRule.Arn>"}}))
    same((deny["Effect"], deny["Principal"], deny["Action"], deny["Resource"]), ("Deny", "*", "sqs:*", "<OnFailureQueue.Arn>"))
    same(deny["Condition"], {"Bool": {"aws:SecureTransport": "false"}})
    same(stack("as it comes").properties("OnFailureQueue").get("SqsManagedSseEnabled"), True, "SSE is")
