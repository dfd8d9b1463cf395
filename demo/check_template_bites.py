#!/usr/bin/env python3
"""Plants mistakes into copies of demo/template.yaml, one at a time, and sees each caught by the promise it breaks.

`python3 demo/check_template_bites.py`. Exit 0: all caught; 1: one slipped through, or could not be planted; 77 as
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
    ("cfn-lint", "FifoQueue: true", "Fifo: true"),
    ("no reference dangles", "Resource: !If [MakesQueue, !GetAtt Queue.Arn, !Ref QueueArn]", "Resource: !GetAtt Queue.Arn"),
    ("from the artifact", "ApiFunction::handleRequest", "ApiFunctions::handleRequest"),
    ("any path and verb", "            ApiId: !Ref Api\n", "            ApiId: !Ref Api\n            Path: /{method}\n            Method: POST\n"),
    ("throttled", "        ThrottlingRateLimit: !Ref RequestsPerSecond\n", ""),
    ("subscribed twice", "DirectFilterPattern: meter_record_for_cw", "DirectFilterPattern: meter_record_for_stream"),
    ("subscribed twice", "DirectLogGroups: !Sub /meterline/${AWS::StackName}/api", "DirectLogGroups: none"),
    ("subscribed twice", "        LogGroup: !Ref ApiLogs\n", "        LogGroup: /another\n"),
    ("before its subscriptions", "    DependsOn: ApiLogs\n", ""),
    ("limited time", "      RetentionInDays: !Ref LogRetentionDays\n", ""),
    ("same bucket", "S3Region: !If [MakesBucket, !Ref AWS::Region, !Ref S3Region]", "S3Region: !Ref S3Region"),
    ("for who names none", "    Condition: MakesQueue\n    DeletionPolicy", "    DeletionPolicy"),
    ("closed to the public", "        BlockPublicPolicy: true\n", "        BlockPublicPolicy: false\n"),
    ("outlives the stack", "RetainExceptOnCreate", "Delete"),
    ("which is not shown", "    NoEcho: true\n", ""),
    ("stops waiting", 'METERLINE_RETRY_SECONDS: "20"', 'METERLINE_RETRY_SECONDS: "160"'),
    ("all actions or all resources", "Action: s3:PutObject", "Action: s3:*"),
    ("agents' quarantine", "METERLINE_QUARANTINE: !Sub s3://${Agent.Outputs.QuarantineBucketName}/quarantine", "METERLINE_QUARANTINE: s3://elsewhere"),
]


def main():
    with open(os.path.join(HERE, "template.yaml"), encoding="utf-8") as file:
        whole = file.read()
    slipped = 0
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "template.yaml")
        for words, right, wrong in MISTAKES:
            planted = whole.replace(right, wrong)
            with open(path, "w", encoding="utf-8") as file:
                file.write(planted)
            run = subprocess.run([sys.executable, CHECK, path, words], capture_output=True, text=True)
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
