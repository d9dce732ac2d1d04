"""JSON and XML as values by name, and the lines on which they stand."""

from __future__ import annotations

import json
from xml.etree import ElementTree


def parsed(text: str, ending: str) -> object:
    """The document as dicts, lists and scalars; `{}` where it cannot be read or declares entities."""
    try:
        if ending == "json":
            value: object = json.loads(text)
            return value
        if "<!ENTITY" in text:
            return {}
        return _of_element(ElementTree.fromstring(text))  # noqa: S314 - entities are refused
    except (ValueError, ElementTree.ParseError, RecursionError):
        return {}


def _of_element(element: ElementTree.Element) -> object:
    """Its text, or its attributes and children by name; children of one name are a list."""
    children = [(child.tag.rpartition("}")[2], _of_element(child)) for child in element]
    text = (element.text or "").strip()
    if not children and not element.attrib:
        return text
    own: dict[str, object] = {**element.attrib, **({"text": text} if text else {})}
    for name in dict.fromkeys(name for name, _ in children):
        values = [value for other, value in children if other == name]
        own[name] = values if len(values) > 1 else values[0]
    return own


class Lines:
    """Where values stand in a text, looked for in the order in which they come."""

    def __init__(self, text: str) -> None:
        self._text, self._at, self._line = text, 0, 1

    def of(self, value: str) -> int:
        """The line of the value's next place, or the one before where it is written otherwise."""
        found = self._text.find(value.split("\n", 1)[0][:80], self._at)
        if found >= 0:
            self._line += self._text.count("\n", self._at, found)
            self._at = found
        return self._line
