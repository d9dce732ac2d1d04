"""The OpenAPI 3.1 description of what is served, generated from the operations and their types."""

from __future__ import annotations

from functools import cache
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from pydantic import TypeAdapter
from pydantic.json_schema import JsonSchemaMode

from evalgen.contract.answers import Detail, Problems
from evalgen.contract.bodies import MAX_IDEMPOTENCY_KEY, MEDIA_TYPES
from evalgen.served.operation import Operation
from evalgen.served.operations.all import OPERATIONS

Object = dict[str, Any]

KEY_HEADER = "X-CEKURA-API-KEY"
TITLE = "evalgen"
ABOUT = (
    "Test scenarios for AI voice agents. Every path answers with and without its last slash; x-other-paths "
    "are further spellings of the same thing. Fields nobody knows are ignored."
)
SAID = {
    400: "What is wrong with which field or parameter, and what is allowed",
    401: "No valid API key",
    404: "It does not exist, or belongs to another project",
    409: "It contradicts what was stored before, or others change it at the same time",
    413: "The body is too large",
    415: "The body's media type is not served",
    429: "Too many requests; Retry-After says for how many seconds to wait",
}


def description(base_url: str) -> Object:
    """The description for clients that reached it at this address; its server is relative to the host."""
    return {**_description(), "servers": [{"url": urlsplit(base_url).path or "/"}]}


@cache
def _description() -> Object:
    schemas, components = _schemas()
    paths: dict[str, Object] = {}
    for operation in OPERATIONS:
        said = _operation(operation, schemas, components)
        paths.setdefault(operation.path, {})[operation.method.lower()] = said
    return {
        "openapi": "3.1.0",
        "info": {"title": TITLE, "version": "1", "description": ABOUT},
        "paths": paths,
        "components": {
            "schemas": components,
            "securitySchemes": {
                "api_key": {"type": "apiKey", "in": "header", "name": KEY_HEADER},
                "bearer": {"type": "http", "scheme": "bearer"},
            },
        },
        "security": [{"api_key": []}, {"bearer": []}],
    }


Schemas = dict[Any, Object]
"""By type."""


def _schemas() -> tuple[Schemas, Object]:
    """The schema of each type that an operation names, and those that they refer to."""
    wanted: dict[Any, JsonSchemaMode] = {Problems: "serialization", Detail: "serialization"}
    for operation in OPERATIONS:
        wanted |= dict.fromkeys(filter(None, (operation.answer, operation.elsewhere)), "serialization")
        wanted |= dict.fromkeys(filter(None, (operation.body,)), "validation")
    inputs = [(str(kind), mode, TypeAdapter(kind)) for kind, mode in wanted.items()]
    found, definitions = TypeAdapter.json_schemas(inputs, ref_template="#/components/schemas/{model}")
    components: Object = _tidy(definitions.get("$defs", {}))
    return {kind: _tidy(dict(found[str(kind), mode])) for kind, mode in wanted.items()}, components


def _tidy(node: Any) -> Any:
    """Without titles that repeat names, and without null as the default of what may be absent."""
    if isinstance(node, list):
        return [_tidy(item) for item in node]
    if not isinstance(node, dict):
        return node
    return {
        key: _tidy(value)
        for key, value in node.items()
        if not (key == "title" and isinstance(value, str)) and not (key == "default" and value is None)
    }


def _operation(operation: Operation, schemas: Schemas, components: Object) -> Object:
    said: Object = {
        "operationId": operation.name,
        "summary": operation.summary,
        "parameters": _parameters(operation),
        "responses": _responses(operation, schemas),
    }
    if operation.body is not None:
        content = _content(operation, schemas[operation.body], components)
        said["requestBody"] = {"required": True, "content": content}
    if operation.open:
        said["security"] = []
    if operation.other_paths:
        said["x-other-paths"] = list(operation.other_paths)
    return said


def _content(operation: Operation, schema: Object, components: Object) -> Object:
    content = {media_type: {"schema": schema} for media_type in MEDIA_TYPES}
    if operation.files:
        model = components[schema["$ref"].rpartition("/")[2]]
        files = {**model["properties"][operation.files], "items": {"type": "string", "format": "binary"}}
        form = {**model, "properties": {**model["properties"], operation.files: files}}
        content["multipart/form-data"] = {"schema": form}
    return content


def _parameters(operation: Operation) -> list[Object]:
    found = [
        {"name": part[1:-1], "in": "path", "required": True, "schema": _of_path(part[1:-1])}
        for part in operation.path.split("/")
        if part.startswith("{")
    ]
    if operation.query is not None:
        schema = _tidy(operation.query.model_json_schema())
        required = schema.get("required", [])
        found += [
            {"name": name, "in": "query", "required": name in required, "schema": kind}
            for name, kind in schema["properties"].items()
        ]
    if operation.idempotent:
        kind = {"type": "string", "minLength": 1, "maxLength": MAX_IDEMPOTENCY_KEY, "pattern": "^[!-~]+$"}
        found.append({"name": "Idempotency-Key", "in": "header", "required": False, "schema": kind})
    return found


def _of_path(name: str) -> Object:
    return {"type": "string", "minLength": 1} if name == "tool_name" else {"type": "integer", "minimum": 1}


def _responses(operation: Operation, schemas: Schemas) -> Object:
    answers: Object = {
        str(operation.status): {"description": HTTPStatus(operation.status).phrase}
        | ({"content": _answer(operation, schemas)} if operation.answer else {})
    }
    if operation.elsewhere:
        answers["303"] = {
            "description": "The file is where Location says",
            "headers": {"Location": {"schema": {"type": "string"}}},
            "content": {"application/json": {"schema": schemas[operation.elsewhere]}},
        }
    for status in operation.all_errors:
        kind = Problems if status == HTTPStatus.BAD_REQUEST else Detail
        answers[str(status)] = {
            "description": SAID[status],
            "content": {"application/json": {"schema": schemas[kind]}},
        }
    return answers


def _answer(operation: Operation, schemas: Schemas) -> Object:
    """JSON by its type; any other content is text."""
    return {
        content_type: {
            "schema": schemas[operation.answer] if content_type == "application/json" else {"type": "string"}
        }
        for content_type in operation.content_types
    }
