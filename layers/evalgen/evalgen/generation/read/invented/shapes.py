"""A JSON schema in one plain form: references followed, alternatives chosen, null put aside."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from evalgen.schema_parts import referred

DEEPEST = 12
_TYPES = ("object", "array", "string", "integer", "number", "boolean")
Shape = dict[str, Any]
_BOUNDS = {
    *("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"),
    *("minLength", "maxLength", "minItems", "maxItems"),
}
_KINDS: dict[str, Any] = dict.fromkeys(_BOUNDS, (int, float)) | {
    **dict.fromkeys(("properties", "dependentRequired", "$defs", "definitions"), dict),
    **dict.fromkeys(("required", "enum", "examples"), list),
    **dict.fromkeys(("pattern", "format", "description"), str),
    "type": (str, list),
}
_LARGEST = 1e15


def shapes_of(schema: Any, root: Any, depth: int = 0) -> Iterator[Shape]:
    """The schema without `$ref`, `allOf`, `anyOf` and `oneOf`: a shape for each choice, in their order.

    A shape has one type at most. References that lead into themselves end in nothing.
    """
    if schema is True or schema == {}:
        yield {}
        return
    if not isinstance(schema, dict) or depth > DEEPEST:
        return
    reference = schema.get("$ref")
    if isinstance(reference, str):
        beside = {key: part for key, part in schema.items() if key != "$ref"}
        for shape in shapes_of(referred(reference, root), root, depth + 1):
            yield from _typed(_merged(shape, beside))
        return
    parts = [schema["allOf"]] if isinstance(schema.get("allOf"), list) else []
    plain = {k: v for k, v in schema.items() if k not in ("allOf", "anyOf", "oneOf")}
    wholes = [plain]
    for all_of in parts:
        for part in all_of:
            wholes = [_merged(w, s) for w in wholes for s in shapes_of(part, root, depth + 1)]
    for keyword in ("anyOf", "oneOf"):
        if isinstance(choices := schema.get(keyword), list):
            wholes = [
                _merged(w, s)
                for w in wholes
                for choice in choices
                for s in shapes_of(choice, root, depth + 1)
            ]
    for whole in wholes:
        yield from _typed(whole)


def in_small_letters(schema: Any) -> Any:
    """The schema with the names of its types as JSON schema writes them: some list tools with `STRING`."""
    if isinstance(schema, list):
        return [in_small_letters(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        key: part.lower() if key == "type" and isinstance(part, str) else in_small_letters(part)
        for key, part in schema.items()
    }


def _sound(shape: Shape) -> Shape:
    """Without keywords whose value is of the wrong kind, as far as they are used here."""
    kept = {k: v for k, v in shape.items() if k not in _KINDS or isinstance(v, _KINDS[k])}
    for bound in _BOUNDS & set(kept):
        if isinstance(kept[bound], bool) or not abs(kept[bound]) < _LARGEST:
            del kept[bound]
    if "required" in kept:
        kept["required"] = [name for name in kept["required"] if isinstance(name, str)]
    return kept


def _typed(shape: Shape) -> Iterator[Shape]:
    shape = _sound(shape)
    kind = shape.get("type")
    if kind is None and ("properties" in shape or "required" in shape):
        yield {**shape, "type": "object"}
        return
    kinds = [str(k).lower() for k in kind] if isinstance(kind, list) else [str(kind).lower()] if kind else []
    if not kinds:
        yield shape
    for one in kinds:
        if one in _TYPES:
            yield {**shape, "type": one}


def _merged(first: Shape, second: Shape) -> Shape:
    """Both together, as far as one schema can say it."""
    made = dict(first)
    for key, value in second.items():
        known = made.get(key)
        if known is None:
            made[key] = value
        elif key == "properties" and isinstance(known, dict) and isinstance(value, dict):
            made[key] = {**known, **{k: _both(known[k], v) if k in known else v for k, v in value.items()}}
        elif key == "required" and isinstance(known, list) and isinstance(value, list):
            made[key] = [*known, *(name for name in value if name not in known)]
        elif key == "enum" and isinstance(known, list) and isinstance(value, list):
            made[key] = [one for one in known if one in value]
        elif key in ("minimum", "minLength", "minItems", "exclusiveMinimum"):
            made[key] = max(known, value)
        elif key in ("maximum", "maxLength", "maxItems", "exclusiveMaximum"):
            made[key] = min(known, value)
        elif key == "description":
            made[key] = known
        else:
            made[key] = value
    return made


def _both(first: Any, second: Any) -> Any:
    return _merged(first, second) if isinstance(first, dict) and isinstance(second, dict) else second
