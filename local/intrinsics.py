"""CloudFormation's short forms and functions, as far as a template of ours uses them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

ACCOUNT = "000000000000"
REGION = "local"

_NO_VALUE = object()
_PSEUDO: Mapping[str, Any] = {
    "AWS::AccountId": ACCOUNT,
    "AWS::NoValue": _NO_VALUE,
    "AWS::Partition": "aws",
    "AWS::Region": REGION,
    "AWS::StackName": "evalgen",
    "AWS::URLSuffix": "amazonaws.com",
}


class TemplateError(Exception):
    """The template uses something that the embedded stack does not understand; the text says what."""


class _Loader(yaml.SafeLoader):
    """Reads `!Ref x` as {"Ref": x} and `!Name x` as {"Fn::Name": x}."""


def _short_form(loader: yaml.SafeLoader, tag: str, node: yaml.Node) -> dict[str, Any]:
    value: Any
    if isinstance(node, yaml.ScalarNode):
        value = loader.construct_scalar(node)
    elif isinstance(node, yaml.SequenceNode):
        value = loader.construct_sequence(node, deep=True)
    else:
        assert isinstance(node, yaml.MappingNode)
        value = loader.construct_mapping(node, deep=True)
    if tag == "GetAtt" and isinstance(value, str):
        value = value.split(".", 1)
    return {tag if tag in ("Ref", "Condition") else f"Fn::{tag}": value}


_Loader.add_multi_constructor("!", _short_form)


def arn(logical_id: str) -> str:
    """The local name of a resource where AWS has its ARN; `logical_id` is its last part."""
    return f"arn:aws:local:{REGION}:{ACCOUNT}:{logical_id}"


def url(queue: str) -> str:
    """The local address of a queue, as `evalgen.storage.opening` knows it."""
    return f"sqlite:{queue}"


def named_by(arn_or_reference: str) -> str:
    """The logical id in what `!Ref` or `!GetAtt x.Arn` answered."""
    return arn_or_reference.rsplit(":", 1)[-1]


class Template:
    """A parsed template with its parameters filled in.

    `references`: what !Ref answers for resources; for others a queue's local address, or the logical id.
    """

    def __init__(
        self, document: Mapping[str, Any], parameters: Mapping[str, Any], references: Mapping[str, str]
    ) -> None:
        declared = document.get("Parameters", {})
        if unknown := set(parameters) - set(declared):
            raise TemplateError(f"the template has no parameter {', '.join(sorted(unknown))}")
        self._values = {name: parameters.get(name, spec.get("Default")) for name, spec in declared.items()}
        self._references = references
        self._conditions: Mapping[str, Any] = document.get("Conditions", {})
        self._types: Mapping[str, str] = {k: v["Type"] for k, v in document["Resources"].items()}
        self.globals: Mapping[str, Any] = self._resolve(document.get("Globals", {}))
        self._resources: Mapping[str, Any] = document["Resources"]

    def of_type(self, resource_type: str) -> dict[str, dict[str, Any]]:
        """Logical id → resolved properties of every resource of that type."""
        return {
            name: self._resolve(self._resources[name].get("Properties", {}))
            for name, its_type in self._types.items()
            if its_type == resource_type
        }

    def _resolve(self, node: Any) -> Any:
        if isinstance(node, list):
            return [value for item in node if (value := self._resolve(item)) is not _NO_VALUE]
        if not isinstance(node, dict):
            return node
        if len(node) == 1:
            ((name, argument),) = node.items()
            if name == "Ref" or name.startswith("Fn::"):
                return self._call(name.removeprefix("Fn::"), argument)
        return {key: value for key, item in node.items() if (value := self._resolve(item)) is not _NO_VALUE}

    def _call(self, name: str, argument: Any) -> Any:
        match name, argument:
            case "Ref", str():
                return self._reference(argument)
            case "GetAtt", [str() as logical_id, str() as attribute]:
                self._known(logical_id)
                return arn(logical_id) if attribute == "Arn" else logical_id
            case "Sub", str():
                return re.sub(r"\$\{([\w:.]+)\}", self._substitute, argument)
            case "If", [str() as condition, then, otherwise]:
                return self._resolve(then if self._resolve(self._conditions[condition]) else otherwise)
            case "Equals", [left, right]:
                return self._resolve(left) == self._resolve(right)
            case "Not", [value]:
                return not self._resolve(value)
            case _:
                raise TemplateError(f"the embedded stack cannot resolve {name} of {argument!r}")

    def _reference(self, name: str) -> Any:
        if name in self._values:
            return self._values[name]
        if name in _PSEUDO:
            return _PSEUDO[name]
        if name.endswith(".Alias"):  # of a function, as SAM has it; there is one version of it here
            return self._call("GetAtt", [name.removesuffix(".Alias"), "Arn"])
        self._known(name)
        if name in self._references:
            return self._references[name]
        return url(name) if self._types[name] == "AWS::SQS::Queue" else name

    def _substitute(self, match: re.Match[str]) -> str:
        name, _, attribute = match[1].partition(".")
        return str(self._call("GetAtt", [name, attribute]) if attribute else self._reference(name))

    def _known(self, logical_id: str) -> None:
        if logical_id not in self._types:
            raise TemplateError(f"the template has no parameter or resource {logical_id}")


def load_template(
    path: Path,
    parameters: Mapping[str, Any] | None = None,
    references: Mapping[str, str] | None = None,
) -> Template:
    """Read a template file. Raises TemplateError where it is no template."""
    document = yaml.load(path.read_text("utf-8"), Loader=_Loader)  # noqa: S506 - _Loader is a SafeLoader
    if not isinstance(document, dict) or "Resources" not in document:
        raise TemplateError(f"{path.name} has no Resources")
    return Template(document, parameters or {}, references or {})
