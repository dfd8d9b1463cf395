#!/usr/bin/env python3
"""Plants mistakes into copies of deploy/agent.yaml, one at a time, and sees each caught by the promise it breaks.

`python3 deploy/check_template_bites.py`. Exit 0: all caught; 1: one slipped through, or could not be planted; 77 as
check_template.py.
"""

import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
CHECK = os.path.join(HERE, "check_template.py")
MISSING = 77

# (words of the promise that must fail, text in the template, text in its place)
MISTAKES = [
    ("cfn-lint finds nothing", "Runtime: java25", "Runtime: java99"),
    ("cfn-lint finds nothing", "RetentionPeriodHours:", "RetentionHours:"),
    ("unrolled before SAM", "  - AWS::LanguageExtensions\n  - AWS::Serverless-2016-10-31", "  - AWS::Serverless-2016-10-31\n  - AWS::LanguageExtensions"),
    ("no reference dangles", "Mapping: !If [WithKinesis, !Ref KinesisAgentRecords, none]", "Mapping: !Ref KinesisAgentRecords"),
    ("on demand", "StreamMode: !If [OnDemand, ON_DEMAND, PROVISIONED]", "StreamMode: PROVISIONED"),
    ("encrypted with KMS", "      StreamEncryption:\n        EncryptionType: KMS\n        KeyId: !If [NamesStreamKey, !Ref StreamKmsKey, alias/aws/kinesis]\n", ""),
    ("nothing expires in the stream", '["21600", "43200", "72000"]', '["21600", "43200", "72000", "129600"]'),
    ("nothing expires in the stream", "MaximumRecordAgeInSeconds: !Ref MaximumRecordAgeSeconds", "MaximumRecordAgeInSeconds: -1"),
    ("each listed log group", "LogGroupName: !Ref Group\n          FilterName: !Sub \"${AWS::StackName}-stream\"", "LogGroupName: /app/api\n          FilterName: !Sub \"${AWS::StackName}-stream\""),
    ("filter patterns are parameters", "Default: meter_record_for_cw", "Default: meter_record_for_stream"),
    ("filter patterns are parameters", "FilterPattern: !If [PassesAllDirectLines, \"\", !Ref DirectFilterPattern]", "FilterPattern: \"\""),
    ("passes all lines", "FilterPattern: !If [PassesAllDirectLines, \"\", !Ref DirectFilterPattern]", "FilterPattern: !Ref DirectFilterPattern"),
    ("passes all lines", "  PassesAllLines: !And\n    - !Condition WithMapping\n    - !Equals [!Ref FilterPattern, meter_record_for_stream]", "  PassesAllLines: !Condition WithMapping"),
    ("passes all lines", '{ "Fn::Not": [{ "Fn::Equals": [{ Ref: FilterPattern }, meter_record_for_stream] }] }', '{ "Fn::Equals": [{ Ref: Mapping }, { Ref: Mapping }] }'),
    ("only where there are rules", "    Layers: !If [WithMapping, [!Ref MappingLayer], !Ref AWS::NoValue]\n", ""),
    ("only where there are rules", "    Type: AWS::Serverless::LayerVersion\n    Condition: WithMapping\n", "    Type: AWS::Serverless::LayerVersion\n"),
    ("right to the one object", "s3:::${Path}", "s3:::*"),
    ("right to the one object", "- MappingInSsm\n            - Sid", "- WithMapping\n            - Sid"),
    ("right to the one object", "[A-Za-z0-9!_.'()=/-]+$|^ssm", "[A-Za-z0-9!_.'()=*/-]+$|^ssm"),
    ("environment has", 'METERLINE_MAPPING: !If [MappingInS3, !Sub "${Mapping}?endpoint=", !If [WithMapping, !Ref Mapping, !Ref AWS::NoValue]]', "METERLINE_MAPPING: !Ref Mapping"),
    ("whole account", '["${KinesisAgentLogGroup}", "${DirectAgentLogGroup}"]', '["${KinesisAgentLogGroup}"]'),
    ("own log group can't be subscribed", "{ Ref: DirectLogGroups }, { Ref: DirectAgentLogGroup }", "{ Ref: DirectLogGroups }, { Ref: KinesisAgentLogGroup }"),
    ("kept for a limited time", "LogGroupName: !Ref KinesisAgentLogGroup\n      RetentionInDays: !Ref AgentLogRetentionDays", "LogGroupName: !Ref KinesisAgentLogGroup"),
    ("may put records into the stream", "Action: kinesis:PutRecord\n", "Action: kinesis:*\n"),
    ("only CloudWatch Logs of this account", '              ArnLike: { "aws:SourceArn": !Sub "arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:*" }\n', ""),
    ("only CloudWatch Logs of this account", '              StringEquals: { "aws:SourceAccount": !Ref AWS::AccountId }\n', ""),
    ("no other account may", "Principal: { AWS: !Ref SenderAccounts }", 'Principal: { AWS: "*" }'),
    ("may invoke the direct agent", "      SourceAccount: !Ref AWS::AccountId\n", ""),
    ("direct agent only when switched on", "  EnableDirectAgent:\n    Type: String\n    AllowedValues: [\"true\", \"false\"]\n    Default: \"false\"", "  EnableDirectAgent:\n    Type: String\n    AllowedValues: [\"true\", \"false\"]\n    Default: \"true\""),
    ("Java 25 and arm64", "Architectures: [arm64]", "Architectures: [x86_64]"),
    ("from the one artifact", "      CodeUri: ../lambda/target/meterline-lambda.jar\n", ""),
    ("with their handlers", "io.meterline.lambda.LogsAgent::handleRequest", "io.meterline.lambda.KinesisAgent::handleRequest"),
    ("SnapStart", "    SnapStart:\n      ApplyOn: PublishedVersions\n", ""),
    ("SnapStart", "AutoPublishAlias: live", "AutoPublishAlias: latest"),
    ("does so by the alias", "FunctionName: !Ref KinesisAgent.Alias\n      EventSourceArn", "FunctionName: !Ref KinesisAgent\n      EventSourceArn"),
    ("publishes a new version", "      AutoPublishAliasAllProperties: true\n", ""),
    ("environment has", "METERLINE_MAX_BODY_BYTES: !Ref MaxBodyBytes", "METERLINE_MAX_BODY_BYTES: !Ref MaxRecordBytes"),
    ("environment has", "METERLINE_ASSUME_ROLE: !If [NamesRole, !Ref AssumeRole, !Ref AWS::NoValue]", "METERLINE_ASSUME_ROLE: !Ref AssumeRole"),
    ("keys given as parameters", "  SecretKey:\n    Type: String\n    NoEcho: true", "  SecretKey:\n    Type: String"),
    ("somewhere to go", '"Fn::Not": [{ "Fn::And": [{ "Fn::Equals": [{ Ref: IngestBucketName }, ""] }', '"Fn::Not": [{ "Fn::And": [{ "Fn::Equals": [{ Ref: IngestBucketName }, none] }'),
    ("which part of a batch", "      FunctionResponseTypes: [ReportBatchItemFailures]\n", ""),
    ("from its beginning", "StartingPosition: TRIM_HORIZON", "StartingPosition: LATEST"),
    ("is halved", "      BisectBatchOnFunctionError: !Ref BisectBatch\n", ""),
    ("are parameters", "BatchSize: !Ref BatchSize", "BatchSize: 100"),
    ("goes whole to a bucket", "      DestinationConfig:\n        OnFailure:\n          Destination: !GetAtt OnFailureBucket.Arn\n", ""),
    ("goes whole to a bucket", "Type: S3Bucket\n            Destination: !GetAtt OnFailureBucket.Arn", "Type: SQS\n            Destination: !GetAtt OnFailureQueue.Arn"),
    ("quarantine bucket is encrypted", "    DeletionPolicy: Retain\n", ""),
    ("quarantine bucket is encrypted", "        BlockPublicPolicy: true\n", "        BlockPublicPolicy: false\n"),
    ("quarantine bucket is encrypted", 'aws:SecureTransport": "false"', 'aws:SecureTransport": "true"'),
    ("quarantine bucket is versioned", "      VersioningConfiguration:\n        Status: Enabled\n", ""),
    ("quarantine bucket is versioned", "Default: 0\n    MinValue: 0\n    MaxValue: 36500\n", "Default: 30\n    MinValue: 0\n    MaxValue: 36500\n"),
    ("forgets nothing", "          - Id: delete-markers\n            Status: Enabled\n            ExpiredObjectDeleteMarker: true\n", "          - { Id: all, Status: Enabled, ExpirationInDays: 30 }\n"),
    ("is replaced in the on-failure bucket", "      VersioningConfiguration:\n        Status: Enabled\n      LifecycleConfiguration:\n        Rules:\n          - Id: old-versions\n            Status: Enabled\n            NoncurrentVersionExpiration: { NoncurrentDays: 90 }\n            AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 }\n          - Id: delete", "      LifecycleConfiguration:\n        Rules:\n          - Id: old-versions\n            Status: Enabled\n            NoncurrentVersionExpiration: { NoncurrentDays: 90 }\n            AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 }\n          - Id: delete"),
    ("is replaced in the on-failure bucket", "NoncurrentVersionExpiration: { NoncurrentDays: 90 }", "NoncurrentVersionExpiration: { NoncurrentDays: 1 }"),
    ("is replaced in the on-failure bucket", "          - Sid: OnFailureWrite\n            Effect: Allow\n            Action: s3:PutObject\n", "          - Sid: OnFailureWrite\n            Effect: Allow\n            Action: [s3:PutObject, s3:DeleteObjectVersion]\n"),
    ("colder storage", "            - ForgetsQuarantine\n            - !Ref AWS::NoValue\n            - Id: colder", "            - NamesTopic\n            - !Ref AWS::NoValue\n            - Id: colder"),
    ("work list takes messages", "            Action: sqs:*\n            Resource: !GetAtt OnFailureQueue.Arn\n            Condition: { Bool: { \"aws:SecureTransport\": \"false\" } }", "            Action: sqs:*\n            Resource: !GetAtt OnFailureQueue.Arn\n            Condition: { Bool: { \"aws:SecureTransport\": \"true\" } }"),
    ("work list takes messages", "      SqsManagedSseEnabled: true\n", ""),
    ("not shown, and holds no password", "  Sink:\n    Type: String\n    # A URL may hold a token in its path or query.\n    NoEcho: true\n", "  Sink:\n    Type: String\n"),
    ("not shown, and holds no password", "^https://[^@]+$", "^https://.+$"),
    ("variables and snapshots", "    KmsKeyArn: !If [NamesFunctionKey, !Ref FunctionKmsKey, !Ref AWS::NoValue]\n", ""),
    ("account's concurrency", "      ReservedConcurrentExecutions: !If [LimitsDirectAgent, !Ref DirectAgentConcurrency, !Ref AWS::NoValue]\n", ""),
    ("account's concurrency", "!If [LimitsDirectAgent, !Ref DirectAgentConcurrency, !Ref AWS::NoValue]", "!Ref DirectAgentConcurrency"),
    ("own logs are encrypted", "      KmsKeyId: !If [NamesLogKey, !Ref AgentLogKmsKey, !Ref AWS::NoValue]\n", ""),
    ("API key's secret, its key", "            - NamesApiKeySecret\n            - Sid: ApiKeySecret\n", "            - NamesSink\n            - Sid: ApiKeySecret\n"),
    ("API key's secret, its key", "Resource: !Ref ApiKeySecretKmsKey", "Resource: !Ref ApiKeySecret"),
    ("API key's secret, its key", "            - NamesFunctionKey\n            - Sid: FunctionKey\n", "            - NamesBucketKey\n            - Sid: FunctionKey\n              Effect: Allow\n              Action: kms:Decrypt\n              Resource: !Ref BucketKmsKey\n            - !Ref AWS::NoValue\n          - !If\n            - NamesFunctionKey\n            - Sid: FunctionKey\n"),
    ("API key's secret, its key", "secret:[A-Za-z0-9/_+=.@-]+$", "secret:.+$"),
    ("keys given as parameters", '      - Assert: { "Fn::Equals": [{ Ref: ApiKey }, ""] }', '      - Assert: { "Fn::Equals": [{ Ref: ApiKeySecret }, { Ref: ApiKeySecret }] }'),
    ("environment has", "METERLINE_API_KEY_SECRET: !If [NamesApiKeySecret, !Ref ApiKeySecret, !Ref AWS::NoValue]", "METERLINE_API_KEY_SECRET: !Ref ApiKeySecret"),
    ("environment has", "METERLINE_REFUSAL_GRACE: !Ref RefusalGraceSeconds", "METERLINE_REFUSAL_GRACE: !Ref RetrySeconds"),
    ("all actions or all resources", "Resource: !Sub ${QuarantineBucket.Arn}/quarantine/*", 'Resource: "*"'),
    ("all actions or all resources", "Action: secretsmanager:GetSecretValue", "Action: secretsmanager:*"),
    ("no managed policy of AWS's", "ManagedPolicyArns: [!Ref DeliveryPolicy]", "ManagedPolicyArns: [!Ref DeliveryPolicy, arn:aws:iam::aws:policy/AmazonS3FullAccess]"),
    ("reads its own stream", "                  - kinesis:GetRecords\n", "                  - kinesis:GetRecords\n                  - kinesis:PutRecord\n"),
    ("below the records' prefix", "${IngestBucketName}/${Prefix}*", "${IngestBucketName}/*"),
    ("below the records' prefix", "PutsRecords: !And [!Condition WritesAsItself, !Condition NamesBucket]", "PutsRecords: !Condition NamesBucket"),
    ("only when named", "            - NamesSecret\n            - Sid: CredentialsSecret\n", "            - NamesBucket\n            - Sid: CredentialsSecret\n"),
    ("alarm on iterator age", "MetricName: IteratorAge", "MetricName: IteratorAges"),
    ("are not read", "      MetricsConfig:\n        Metrics: [EventCount]\n", ""),
    ("alarm on errors", "MetricName: Errors\n      Dimensions: [{ Name: FunctionName, Value: !Ref DirectAgent }]", "MetricName: Errors\n      Dimensions: [{ Name: FunctionName, Value: !Ref KinesisAgent }]"),
    ("anything quarantined", "Namespace: Meterline\n", "Namespace: AWS/Lambda\n"),
    ("within minutes", "      NotificationConfiguration:\n        EventBridgeConfiguration: { EventBridgeEnabled: true }\n", ""),
    ("within minutes", "detail: { bucket: { name: [!Ref OnFailureBucket] } }", "detail: { bucket: { name: [!Ref QuarantineBucket] } }"),
    ("daily count", "MetricName: NumberOfObjects", "MetricName: ObjectCount"),
    ("dropped", "MetricName: DroppedEventCount", "MetricName: FilteredOutEventCount"),
    ("could not forward", "FilterName = '${AWS::StackName}-stream'", "FilterName = '${AWS::StackName}'"),
    ("notify the topic", "OKActions: [!If [NamesTopic, !Ref AlarmTopicArn, !Ref AWS::NoValue]]\n", "OKActions: []\n"),
    ("dashboard shows", 'OR FilterName=\\"${AWS::StackName}-direct\\"', ""),
    ("dashboard shows", '"PutMillis"', '"PutSeconds"'),
    ("dashboard shows", "MetricName=\\\"Quarantined\\\"", "MetricName=\\\"Records\\\""),
]


def outcome(template, words):
    return subprocess.run([sys.executable, CHECK, template, words], capture_output=True, text=True)


def main():
    with open(os.path.join(HERE, "agent.yaml"), encoding="utf-8") as file:
        whole = file.read()
    slipped = 0
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "agent.yaml")
        for words, right, wrong in MISTAKES:
            planted = whole.replace(right, wrong)
            with open(path, "w", encoding="utf-8") as file:
                file.write(planted)
            run = outcome(path, words)
            if run.returncode == MISSING:
                print(run.stderr.strip(), file=sys.stderr)
                return MISSING
            failures = [line for line in run.stdout.splitlines() if line.startswith("FAIL ")]
            # A check that falls over says nothing of the promise, so only an assertion counts.
            caught = planted != whole and any(": AssertionError: " in line for line in failures)
            slipped += not caught
            what = " ".join((wrong or "without " + right).split())[:70]
            print(f"{'caught' if caught else 'SLIPPED' if planted != whole else 'NOT PLANTED'}  {words}: {what}")
    print(f"{len(MISTAKES) - slipped} of {len(MISTAKES)} mistakes caught")
    return 1 if slipped else 0


if __name__ == "__main__":
    sys.exit(main())
