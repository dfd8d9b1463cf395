"""What a template becomes for given parameters: loops unrolled, SAM applied, conditions and functions resolved.

Works offline. References to resources become readable tokens: `<Stream.Arn>`, `<QuarantineBucket>`.
"""

import json
import os
import re

# SAM asks boto3 for the region, which asks the environment.
os.environ["AWS_DEFAULT_REGION"] = "eu-west-1"

from samtranslator.parser.parser import Parser  # noqa: E402
from samtranslator.translator.translator import Translator  # noqa: E402
from samtranslator.yaml_helper import yaml_parse  # noqa: E402

PSEUDO = {
    "AWS::Region": os.environ["AWS_DEFAULT_REGION"],
    "AWS::AccountId": "111122223333",
    "AWS::Partition": "aws",
    "AWS::StackName": "meterline",
    "AWS::StackId": "<StackId>",
    "AWS::URLSuffix": "amazonaws.com",
}
# SAM looks managed policies up by name with a call to IAM; the template names none.
MANAGED_POLICIES = {"AWSLambdaBasicExecutionRole": "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"}
CODE = "s3://artifacts/meterline-lambda.jar"
LAYER = "s3://artifacts/mapping-layer.zip"
NOTHING = object()


class Refused(Exception):
    """The template's own Rules, or a parameter's constraints, refuse the parameters."""


def read(path):
    with open(path, encoding="utf-8") as file:
        return yaml_parse(file.read())


def parameters_of(template, given):
    """Defaults overlaid with what is given, each checked as CloudFormation checks it."""
    values = {}
    for name, declared in template["Parameters"].items():
        value = str(given.get(name, declared.get("Default", "")))
        allowed = [str(each) for each in declared.get("AllowedValues", [])]
        if allowed and value not in allowed:
            raise Refused(f"{name}: {value!r} is none of {allowed}")
        if "AllowedPattern" in declared and not re.fullmatch(declared["AllowedPattern"], value):
            raise Refused(f"{name}: {value!r} does not match {declared['AllowedPattern']}")
        for bound, refuses in (("MinValue", float.__lt__), ("MaxValue", float.__gt__)):
            if bound in declared and refuses(float(value), float(declared[bound])):
                raise Refused(f"{name}: {value} is beyond {bound} {declared[bound]}")
        values[name] = value.split(",") if declared["Type"] == "CommaDelimitedList" else value
    unknown = set(given) - set(values)
    if unknown:
        raise KeyError(f"no such parameter: {sorted(unknown)}")
    return values


def unroll(node, values, variables=None):
    """Fn::ForEach as AWS::LanguageExtensions does it: &{X} in a key drops what is not alphanumeric."""
    variables = variables or {}
    if isinstance(node, dict):
        if set(node) == {"Ref"} and node["Ref"] in variables:
            return variables[node["Ref"]]
        unrolled = {}
        for key, value in node.items():
            if key.startswith("Fn::ForEach::"):
                variable, collection, body = value
                for item in values[collection["Ref"]] if isinstance(collection, dict) else collection:
                    for name, each in unroll(body, values, {**variables, variable: item}).items():
                        if name in unrolled or name in node:
                            raise Refused(f"two items of {key} make the same logical id {name}")
                        unrolled[name] = each
                continue
            for variable, item in variables.items():
                key = key.replace("${%s}" % variable, item)
                key = key.replace("&{%s}" % variable, re.sub(r"[^A-Za-z0-9]", "", item))
            unrolled[key] = unroll(value, values, variables)
        return unrolled
    if isinstance(node, list):
        return [unroll(each, values, variables) for each in node]
    return node


def substitute_parameters(node, values):
    """AWS::LanguageExtensions also puts parameters in place, before SAM sees the template."""
    if isinstance(node, dict):
        if set(node) == {"Ref"} and node["Ref"] in values:
            return values[node["Ref"]]
        return {key: substitute_parameters(value, values) for key, value in node.items()}
    if isinstance(node, list):
        return [substitute_parameters(each, values) for each in node]
    return node


def sam(template, values, parameters_in_place=False):
    """The template after AWS::LanguageExtensions and AWS::Serverless-2016-10-31."""
    template = unroll(json.loads(json.dumps(template)), values)
    if parameters_in_place:
        template["Resources"] = substitute_parameters(template["Resources"], values)
        template["Globals"] = substitute_parameters(template.get("Globals", {}), values)
    for resource in template["Resources"].values():
        if resource.get("Type") == "AWS::Serverless::Function":
            resource["Properties"]["CodeUri"] = CODE
        if resource.get("Type") == "AWS::Serverless::LayerVersion":
            resource["Properties"]["ContentUri"] = LAYER
    template.pop("Transform", None)
    joined = {name: ",".join(value) if isinstance(value, list) else value for name, value in values.items()}
    translator = Translator(MANAGED_POLICIES, Parser())
    try:
        return translator.translate(sam_template=template, parameter_values=joined)
    finally:
        translator.metrics.publish()  # to nowhere; otherwise SAM warns when it is closed


class Stack:
    """The resources that CloudFormation would make, with every function resolved."""

    def __init__(self, template, given, parameters_in_place=False):
        self.values = parameters_of(template, given)
        self.template = sam(template, self.values, parameters_in_place)
        self._refuse_by_rules(template.get("Rules", {}))
        conditions = self.template.get("Conditions", {})
        self.conditions = {}
        for name in conditions:
            self._condition(name)
        self.resources = {
            name: self.resolve(resource)
            for name, resource in self.template["Resources"].items()
            if "Condition" not in resource or self._condition(resource["Condition"])
        }
        self.outputs = {
            name: self.resolve(output["Value"])
            for name, output in self.template.get("Outputs", {}).items()
            if "Condition" not in output or self._condition(output["Condition"])
        }

    def of_type(self, resource_type):
        return {name: each for name, each in self.resources.items() if each["Type"] == resource_type}

    def properties(self, name):
        if name not in self.resources:
            raise AssertionError(f"there is no resource {name}")
        return self.resources[name]["Properties"]

    def _condition(self, name):
        if name not in self.conditions:
            self.conditions[name] = self._truth(self.template["Conditions"][name])
        return self.conditions[name]

    def _refuse_by_rules(self, rules):
        for name, rule in rules.items():
            if "RuleCondition" not in rule or self._truth(rule["RuleCondition"]):
                for assertion in rule["Assertions"]:
                    if not self._truth(assertion["Assert"]):
                        raise Refused(f"{name}: {assertion['AssertDescription']}")

    def _truth(self, node):
        ((function, argument),) = node.items()
        if function == "Condition":
            return self._condition(argument)
        if function == "Fn::Not":
            return not self._truth(argument[0])
        if function == "Fn::And":
            return all([self._truth(each) for each in argument])
        if function == "Fn::Or":
            return any([self._truth(each) for each in argument])
        left, right = self.resolve(argument[0]), self.resolve(argument[1])
        if function == "Fn::Equals":
            return str(left) == str(right)
        if function == "Fn::Contains":
            return str(right) in map(str, left)
        if function == "Fn::EachMemberEquals":
            return all(str(each) == str(right) for each in left)
        raise AssertionError(f"{function} is not a condition that this check knows")

    def resolve(self, node):
        if isinstance(node, list):
            resolved = [self.resolve(each) for each in node]
            return [each for each in resolved if each is not NOTHING]
        if not isinstance(node, dict):
            return node
        if len(node) == 1:
            ((key, argument),) = node.items()
            if key == "Ref" or key.startswith("Fn::"):
                return self._function(key, argument)
        resolved = {key: self.resolve(value) for key, value in node.items()}
        return {key: value for key, value in resolved.items() if value is not NOTHING}

    def _function(self, function, argument):
        if function == "Ref":
            return self._reference(argument)
        if function == "Fn::GetAtt":
            parts = argument if isinstance(argument, list) else argument.split(".", 1)
            self._needs(parts[0])
            return f"<{'.'.join(parts)}>"
        if function == "Fn::If":
            return self.resolve(argument[1] if self._condition(argument[0]) else argument[2])
        if function == "Fn::Join":
            return argument[0].join(map(str, self.resolve(argument[1])))
        if function == "Fn::Split":
            return self.resolve(argument[1]).split(argument[0])
        if function == "Fn::Select":
            return self.resolve(argument[1])[int(argument[0])]
        if function == "Fn::Sub":
            text, extra = (argument, {}) if isinstance(argument, str) else argument
            known = {name: self.resolve(value) for name, value in extra.items()}
            return re.sub(r"\$\{([A-Za-z0-9:.]+)\}", lambda match: self._substitute(match[1], known), text)
        if function == "Fn::ToJsonString":
            return json.dumps(self.resolve(argument))
        raise AssertionError(f"{function} is not a function that this check knows")

    def _substitute(self, name, known):
        if name in known:
            return str(known[name])
        if "." in name:
            return self._function("Fn::GetAtt", name)
        return str(self._reference(name))

    def _reference(self, name):
        if name == "AWS::NoValue":
            return NOTHING
        if name in PSEUDO:
            return PSEUDO[name]
        if name in self.values:
            return self.values[name]
        self._needs(name)
        return f"<{name}>"

    def _needs(self, name):
        resource = self.template["Resources"].get(name)
        if resource is None:
            raise AssertionError(f"a reference to {name}, which is no parameter and no resource")
        if "Condition" in resource and not self._condition(resource["Condition"]):
            raise AssertionError(f"a reference to {name}, which these parameters leave out")
