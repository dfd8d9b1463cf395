"""What holds for the template as a whole."""

import re
import subprocess
import sys

from checks.promise import holds, PATH, promise, same, SCENARIOS, stack, TEMPLATE

LINT = "import sys; from cfnlint.runner.cli import main; sys.exit(main())"

@promise("cfn-lint finds nothing")
def _():
    run = subprocess.run([sys.executable, "-c", LINT, PATH], capture_output=True, text=True)
    holds(run.returncode == 0, (run.stdout + run.stderr).strip())


@promise("the loops are unrolled before SAM reads the template")
def _():
    same(TEMPLATE["Transform"], ["AWS::LanguageExtensions", "AWS::Serverless-2016-10-31"])


@promise("the SAM transform takes it, and no reference dangles, in each of the ways to deploy it")
def _():
    for name in SCENARIOS:
        holds(stack(name).resources and stack(name).outputs is not None, name)


@promise("it uses no YAML alias, which CloudFormation can't read")
def _():
    with open(PATH, encoding="utf-8") as file:
        found = re.findall(r"^[^#\"']*[:\-] +[&*][A-Za-z]\w*\s*$", file.read(), re.M)
    same(found, [])
