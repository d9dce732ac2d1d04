"""Schemas that users bring are worked by in bounded time, whatever their patterns and references are."""

from __future__ import annotations

import re
import tracemalloc
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalgen.generation.schemas import LONGEST_VALUE, MOST_STEPS, NoSchema, pattern_of, validator_of
from evalgen.patterns import BadPattern, compiled
from evalgen.schema_parts import MOST_PARTS

ATOMS = st.sampled_from(["a", "b", "[ab]", r"\d", ".", "é"])
ENDLESS = st.recursive(
    ATOMS,
    lambda inner: (
        st.tuples(inner, st.sampled_from(["*", "+", "?", "{1,3}", "*?"])).map(
            lambda both: f"({both[0]}){both[1]}"
        )
        | st.lists(inner, min_size=2, max_size=3).map("|".join).map("({})".format)
        | st.lists(inner, min_size=2, max_size=3).map("".join)
    ),
    max_leaves=8,
)
"""Repeats of repeats and of alternatives: what makes a back-tracking engine go back without end."""


def of(pattern: str) -> dict[str, Any]:
    return {"type": "object", "properties": {"a": {"type": "string", "pattern": pattern}}}


@given(pattern=ENDLESS, text=st.text(alphabet="ab1é", max_size=6))
def test_patterns_find_what_a_back_tracking_engine_finds(pattern: str, text: str) -> None:
    expected = re.search(pattern, text) is not None
    assert bool(compiled(pattern).search(text)) == expected
    assert (validator_of(of(pattern))({"a": text}) == "") == expected


@given(pattern=ENDLESS)
def test_no_pattern_of_a_user_is_run_by_another_engine(pattern: str) -> None:
    by_key = {"type": "object", "patternProperties": {pattern: {"type": "integer"}}}
    for schema in (of(pattern), by_key, {"properties": {"const": {"pattern": pattern}}}):
        validate = validator_of(schema)
        (made,) = (cell.cell_contents for cell in validate.__closure__ or () if _is_made(cell.cell_contents))
        engines = {
            type(engine).__module__
            for engine in getattr(made, "func", made).__globals__["REGEX_PATTERNS"].values()
        }
        assert engines == {"re2"}


def _is_made(value: object) -> bool:
    return (
        hasattr(getattr(value, "func", value), "__globals__") and getattr(value, "__name__", "") == "validate"
    )


@pytest.mark.parametrize(
    ("pattern", "says"),
    [
        ("(?=a)b", "look-around"), ("(?!a)b", "look-around"), ("(?<=a)b", "look-around"),
        ("(?<!a)b", "look-around"), (r"(a)\1", "references back"), ("a{1001}", "1000 repeats"),
        ("((a{100}){100})", "1000 repeats"), ("[(", "missing"), ("a" * 1001, "1000 are allowed"),
    ],
)  # fmt: skip
def test_a_pattern_that_cannot_be_run_says_why(pattern: str, says: str) -> None:
    with pytest.raises(BadPattern, match=says):
        compiled(pattern)


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        (r"^\p{L}+$", "Lucía", True),
        (r"^\p{L}+$", "Lucia Ferrante", False),
        (r"^\u00e9+$", "éé", True),
        (r"^\\u00e9$", r"\u00e9", True),
        (r"^[0-9]{5}$", "12345\n", False),
        (r"^\/a\-b$", "/a-b", True),
    ],
)
def test_patterns_are_those_of_json_schemas(pattern: str, text: str, found: bool) -> None:
    assert bool(compiled(pattern).search(text)) == found
    assert (validator_of(of(pattern))({"a": text}) == "") == found


def test_a_finding_shows_the_pattern_as_the_user_wrote_it() -> None:
    assert validator_of(of("^A[0-9]$"))({"a": "x"}) == "data.a must match pattern ^A[0-9]$"


def test_what_cannot_be_run_leaves_the_rest_of_the_schema_in_force() -> None:
    problem = validator_of(of("^(?=a)ab$"))
    assert (problem({"a": "x"}), problem({"a": 1})) == ("", "data.a must be string")
    assert pattern_of({"pattern": "^(?=a)ab$"}) is None


@pytest.mark.parametrize("pattern", ["[(", "(", "a**b("])
def test_what_is_no_pattern_at_all_makes_it_no_schema(pattern: str) -> None:
    with pytest.raises(NoSchema):
        validator_of(of(pattern))


def test_keys_by_a_pattern_that_cannot_be_run_make_it_no_schema() -> None:
    with pytest.raises(NoSchema, match="look-around"):
        validator_of({"type": "object", "patternProperties": {"(?=a)": {}}})


def test_data_in_a_schema_that_looks_like_a_pattern_is_left_alone() -> None:
    problem = validator_of({"properties": {"a": {"enum": [{"pattern": "("}]}}})
    assert (problem({"a": {"pattern": "("}}), problem({"a": 1}) != "") == ("", True)


def test_references_that_multiply_are_followed_for_so_many_steps_only() -> None:
    levels = MOST_STEPS.bit_length()
    definitions: dict[str, Any] = {
        f"d{level}": {"anyOf": [{"$ref": f"#/definitions/d{level + 1}"}] * 2} for level in range(levels)
    }
    definitions[f"d{levels}"] = {"type": "integer"}
    many, few = (
        validator_of({"definitions": definitions, "allOf": [{"$ref": f"#/definitions/d{first}"}]})
        for first in (0, levels - 3)
    )
    assert (many("x"), few("x") != "", many(1), few(1)) == ("", True, "", "")


def test_a_value_too_long_for_a_scenario_is_not_checked_and_a_schema_too_large_is_none() -> None:
    problem = validator_of(of("^a$"))
    assert (problem({"a": "b" * LONGEST_VALUE}), problem({"a": "b"}) != "") == ("", True)
    with pytest.raises(NoSchema, match=f"{MOST_PARTS} parts"):
        validator_of({"enum": list(range(MOST_PARTS))})


@pytest.mark.parametrize(
    ("text", "good"),
    [
        ("x@y.de", True), ("a.b@c.d", True), ("@y.de", False), ("x@y", False), ("x@y@z.de", False),
        (".a@b.c", False), ("a.@b.c", False), ("a..b@c.d", False), ("x@.d", False),
        ("x@d.", False), ("", False),
    ],
)  # fmt: skip
def test_an_email_address_has_a_name_and_a_domain(text: str, good: bool) -> None:
    assert (validator_of({"properties": {"a": {"format": "email"}}})({"a": text}) == "") == good


def test_compiling_a_schema_takes_memory_in_proportion_to_it() -> None:
    def peak(inputs: int) -> int:
        part = {"items": {"$ref": "#"}, "pattern": "^a$", "format": "email"}
        tracemalloc.start()
        try:
            validator_of({"type": "object", "properties": {f"p{n}": part for n in range(inputs)}})
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    peak(10)
    assert peak(400) < 8 * peak(100)


def test_what_is_required_and_missing_is_a_finding() -> None:
    problem = validator_of({"type": "object", "required": ["phone"]})
    assert (problem({}), problem({"phone": 1})) == ("data must contain all that is required", "")


@pytest.mark.parametrize(
    ("schema", "good", "bad"),
    [
        ({"const": "card"}, "card", "cash"),
        ({"const": None}, None, 0),
        ({"const": {"a": [1]}}, {"a": [1]}, {"a": [2]}),
        ({"const": "card", "enum": ["cash", "card"]}, "card", "cash"),
        (
            {"oneOf": [{"properties": {"by": {"const": "card"}}, "required": ["by"]}]},
            {"by": "card"},
            {"by": 1},
        ),
    ],
)
def test_a_constant_is_checked(schema: dict[str, Any], good: Any, bad: Any) -> None:
    check = validator_of(schema)
    assert check(good) == ""
    assert check(bad)


def test_a_constant_outside_its_list_fits_nothing() -> None:
    assert validator_of({"const": "card", "enum": ["cash"]})("card")
