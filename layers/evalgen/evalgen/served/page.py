"""The description as a page to read: plain HTML that loads nothing."""

from __future__ import annotations

from html import escape
from typing import Any

from evalgen.served.description import ABOUT, KEY_HEADER, TITLE, description

STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
code { font-size: 0.9em; overflow-wrap: anywhere; }
summary { cursor: pointer; padding: 0.3rem 0; }
details details { margin-left: 1rem; }
table { border-collapse: collapse; width: 100%; margin: 0.5rem 0; }
td, th { text-align: left; vertical-align: top; padding: 0.2rem 0.6rem 0.2rem 0; }
td, th { border-bottom: 1px solid #8884; }
@media (prefers-color-scheme: dark) { body { background: #111; color: #ddd; } a { color: #8bf; } }
"""

Object = dict[str, Any]


def page(description_link: str) -> str:
    """`description_link` is relative: the stage is a part of the path that is not known here."""
    said = description("")
    operations = "".join(
        _operation(path, method, operation)
        for path, methods in said["paths"].items()
        for method, operation in methods.items()
    )
    schemas = "".join(_schema(name, kind) for name, kind in sorted(said["components"]["schemas"].items()))
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{TITLE}</title>'
        f'<meta name="viewport" content="width=device-width"><style>{STYLE}</style></head><body>'
        f"<h1>{TITLE}</h1><p>{escape(ABOUT)}</p>"
        f"<p>Send the API key in the header <code>{KEY_HEADER}</code>. The same as"
        f' <a href="{escape(description_link)}">OpenAPI 3.1</a>.</p>'
        f"<h2>Operations</h2>{operations}<h2>Types</h2>{schemas}</body></html>"
    )


def _operation(path: str, method: str, operation: Object) -> str:
    body = operation.get("requestBody", {}).get("content", {})
    takes = [(kind, _type(of["schema"])) for kind, of in body.items()]
    parameters = [
        (f"{one['name']} ({one['in']}{', required' if one['required'] else ''})", _type(one["schema"]))
        for one in operation["parameters"]
    ]
    answers = [
        (f"{status} {escape(one['description'])}", ", ".join(_content(one)))
        for status, one in operation["responses"].items()
    ]
    also = "".join(f"<br>also <code>{escape(other)}</code>" for other in operation.get("x-other-paths", ()))
    return (
        f'<details id="{operation["operationId"]}"><summary><code>{method.upper()} {escape(path)}</code>'
        f" {escape(operation['summary'])}{also}</summary>"
        f"{_table('Parameter', parameters)}{_table('Body', takes)}{_table('Answer', answers)}</details>"
    )


def _content(answer: Object) -> list[str]:
    return [_type(of["schema"]) for of in answer.get("content", {}).values()]


def _schema(name: str, kind: Object) -> str:
    required = kind.get("required", ())
    fields = [
        (f"{field}{' (required)' if field in required else ''}", _type(of))
        for field, of in kind.get("properties", {}).items()
    ]
    text = f"<p>{escape(kind.get('description', ''))}</p>"
    return (
        f'<details id="{escape(name)}"><summary><code>{escape(name)}</code></summary>'
        f"{text}{_table('Field', fields) if fields else _type(kind)}</details>"
    )


def _table(heading: str, entries: list[tuple[str, str]]) -> str:
    if not entries:
        return ""
    rows = "".join(f"<tr><td>{name}</td><td>{of}</td></tr>" for name, of in entries)
    return f"<table><tr><th>{heading}</th><th></th></tr>{rows}</table>"


def _type(schema: Object) -> str:
    """A schema in few words, with links to the types that it names."""
    if "$ref" in schema:
        name = escape(schema["$ref"].rpartition("/")[2])
        return f'<a href="#{name}">{name}</a>'
    if "anyOf" in schema:
        return " or ".join(_type(one) for one in schema["anyOf"]) + _limits(schema)
    if "enum" in schema:
        return "one of " + ", ".join(f"<code>{escape(str(one))}</code>" for one in schema["enum"])
    if "const" in schema:
        return f"<code>{escape(str(schema['const']))}</code>"
    if schema.get("type") == "array":
        return f"list of {_type(schema.get('items', {}))}{_limits(schema)}"
    return f"{escape(str(schema.get('type', 'any value')))}{_limits(schema)}"


def _limits(schema: Object) -> str:
    known = ("minimum", "maximum", "minLength", "maxLength", "maxItems", "pattern", "default")
    limits = [f"{name} {escape(str(schema[name]))}" for name in known if name in schema]
    return f" ({', '.join(limits)})" if limits else ""
