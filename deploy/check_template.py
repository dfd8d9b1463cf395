#!/usr/bin/env python3
"""Checks what deploy/agent.yaml promises, one line a promise: `python3 deploy/check_template.py [TEMPLATE [WORDS]]`.

With WORDS, only the promises that hold these words are checked.
Offline. Exit 0: all hold; 1: at least one fails; 77: cfn-lint or samtranslator (aws-sam-translator) is missing.
"""

import importlib
import importlib.util
import os
import sys

MISSING = 77
PARTS = ("template", "stream", "subscriptions", "functions", "mapping", "buckets", "privileges", "alarms")


def main():
    for module, package in (("samtranslator", "aws-sam-translator"), ("cfnlint", "cfn-lint")):
        if importlib.util.find_spec(module) is None:
            print(f"{package} is missing, so nothing was checked: pip install {package}", file=sys.stderr)
            return MISSING
    sys.dont_write_bytecode = True
    sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
    for part in PARTS:
        importlib.import_module(f"checks.{part}")
    from checks.promise import CHECKS

    words = sys.argv[2] if len(sys.argv) > 2 else ""
    chosen = [(text, check) for text, check in CHECKS if words in text]
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
    sys.exit(main())
