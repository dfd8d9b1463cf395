"""The buckets for what could not be taken, and what could not be delivered."""

from checks.promise import holds, KEY, promise, same, stack


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


@promise("the on-failure bucket is encrypted, private, TLS only, outlives the stack, and forgets nothing")
def _():
    private_and_kept("OnFailureBucket")
    holds("LifecycleConfiguration" not in stack("own keys").properties("OnFailureBucket"), "undelivered batches expire")
