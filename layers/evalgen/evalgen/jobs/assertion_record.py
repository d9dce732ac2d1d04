"""What a scenario asserts and which calls it expects, as data: the shapes that are stored and answered."""

from __future__ import annotations

from typing import Any

from evalgen.generation.draft import Draft, MockEntry
from evalgen.generation.plan.test import Assertion, ExpectedCall, ForbiddenCall, Ground


def as_data(draft: Draft) -> dict[str, list[dict[str, Any]]]:
    return {
        "generated_mock_tool_entries": [_entry(one) for one in draft.mock_entries],
        "assertions": [_assertion(one) for one in draft.assertions],
        "expected_calls": [_expected(one) for one in draft.expected_calls],
        "forbidden_calls": [_forbidden(one) for one in draft.forbidden_calls],
    }


def _entry(one: MockEntry) -> dict[str, Any]:
    return {
        "tool_id": one.tool_id,
        "tool_name": one.tool_name,
        "new_entry": {"input": one.input, "output": one.output},
    }


def _assertion(one: Assertion) -> dict[str, Any]:
    return {
        "id": one.id,
        "kind": one.kind,
        "text": one.text,
        "rests_on": [_ground(ground) for ground in one.rests_on],
        "caused_by_step": one.caused_by_step,
    }


def _ground(one: Ground) -> dict[str, Any]:
    """Of the prompt, of a document, or of a call's answer: only the keys that say which."""
    if one.call:
        return {"call": one.call, "path": one.path}
    lines = list(one.lines) if one.lines else None
    document = {"document": one.document} if one.document else {}
    return {**document, "lines": lines, "statement": one.statement or None}


def _expected(one: ExpectedCall) -> dict[str, Any]:
    return {
        "id": one.id,
        "tool": one.tool,
        "input": one.input,
        "optional": one.optional,
        "after": list(one.after),
    }


def _forbidden(one: ForbiddenCall) -> dict[str, Any]:
    return {"tool": one.tool, "input": one.input, "until": one.until or None}
