"""Values by JSON schema: what it fixes, what the name means, what its keywords allow, in this order."""

from __future__ import annotations

import math
import re
import uuid
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from evalgen.generation.read.invented.calendar import Calendar
from evalgen.generation.read.invented.children import FACTS, child_fact
from evalgen.generation.read.invented.consents import agreed
from evalgen.generation.read.invented.forms import filled, form_in, has_form, of_example
from evalgen.generation.read.invented.meaning import Meaning
from evalgen.generation.read.invented.moments import Moments
from evalgen.generation.read.invented.patterns import text_for
from evalgen.generation.read.invented.people import Person
from evalgen.generation.read.invented.picks import digits, picker
from evalgen.generation.read.invented.shapes import DEEPEST, Shape, shapes_of
from evalgen.generation.read.invented.texts import Texts
from evalgen.generation.read.words import in_all
from evalgen.generation.schemas import NoSchema, validator_of

MOST_ITEMS = 20


class NoValue(Exception):
    """Nothing certain can stand here; the text says of which parameter and why."""


Given = Callable[[Meaning], Iterator[Any]]
"""The ids that an earlier answer or the caller gives for a parameter; raises NoValue where nobody does."""


@dataclass
class Values:
    """Values for one caller, number `caller` from 0. `given` answers ids."""

    caller: int
    person: Person
    calendar: Calendar
    texts: Texts
    given: Given
    verb: str = ""
    other_day: int = 0
    """Added to the number of each day: for calls about another day than the caller's."""
    ordered: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """By parameter those of its choices that the prompt orders in cases of their own."""
    tied: Mapping[str, str] = field(default_factory=dict)
    """By parameter the choice that the prompt ties to this caller's other choices."""
    unfit: Collection[str] = ()
    """The choices that are for other people than the caller."""
    _depth: int = 0
    _fits: dict[str, Callable[[Any], str]] = field(default_factory=dict)

    def value(self, key: str, schema: Any, root: Any, place: int = 0) -> Any:
        """A value for the parameter `key`. Raises NoValue."""
        if self._depth > DEEPEST:
            raise NoValue(f"{key}: its schema leads into itself")
        self._depth += 1
        try:
            return self._first(key, schema, root, place)
        finally:
            self._depth -= 1

    def has(self, name: str, root: dict[str, Any]) -> bool:
        """Whether there is a value for a parameter that may be left out."""
        try:
            self.value(name, root["properties"][name], root)
        except NoValue:
            return False
        return True

    def _first(self, key: str, schema: Any, root: Any, place: int) -> Any:
        tried = False
        for shape in shapes_of(schema, root):
            tried = True
            for value in self._candidates(key, shape, root, place):
                if self.fits(shape, root, value):
                    return value
        raise NoValue(
            f"{key}: nothing says what its value looks like"
            if tried
            else f"{key}: its schema allows no value"
        )

    def fits(self, shape: Shape, root: Any, value: Any) -> bool:
        """Whether a value has the shape; one whose schema is none fits nothing."""
        name = repr(shape)
        if name not in self._fits:
            defs = {k: root[k] for k in ("$defs", "definitions") if isinstance(root, dict) and k in root}
            try:
                self._fits[name] = validator_of({**defs, **shape})
            except NoSchema:
                self._fits[name] = lambda _: "no schema"
        return not self._fits[name](value)

    def _candidates(self, key: str, shape: Shape, root: Any, place: int) -> Iterator[Any]:
        if "const" in shape:
            yield shape["const"]
            return
        if listed := self.choices(key, shape, place):
            yield from listed
            return
        kind = shape.get("type")
        if kind == "object":
            yield self.object(shape, root, place)
        elif kind == "array":
            yield self._array(key, shape, root)
        elif kind == "boolean":
            answer = agreed(Meaning(key, str(shape.get("description", ""))), self.texts)
            yield from () if answer is None else (answer,)
        elif kind in ("integer", "number"):
            yield from self._numbers(key, shape, kind, place)
        else:
            yield from self._strings(key, shape, place)

    def choices(self, key: str, shape: Shape, place: int = 0) -> list[Any]:
        """The listed values of a parameter, in the order in which this caller takes them."""
        listed = [v for v in shape.get("enum", ()) if v is not None]
        listed = [v for v in listed if not (isinstance(v, str) and v in self.unfit)] or listed
        own = Meaning(key).snake in in_all("agent_decides", "keys") or key in self.ordered
        listed = sorted(listed, key=lambda one: one in self.ordered.get(key, ()))
        listed = self.texts.calm_first(listed) if own else listed
        first = 0 if own else self.caller + place
        turned = [listed[(first + n) % len(listed)] for n in range(len(listed))]
        return [tied, *turned] if (tied := self.tied.get(key)) in listed else turned

    def object(self, shape: Shape, root: Any, place: int = 0, chosen: tuple[str, ...] = ()) -> dict[str, Any]:
        """The required parts with those that they depend on; all parts of one that requires none."""
        known = shape.get("properties") or {}
        names = list(dict.fromkeys([*shape.get("required", ()), *chosen])) or list(known)
        for name in names:
            for other in (shape.get("dependentRequired") or {}).get(name, ()):
                if other not in names:
                    names.append(other)
        made = {n: self.value(n, known.get(n, {}), root, place) for n in names if n in known}
        for name, part in known.items():
            if name not in made and _goes_with(part, made, known):
                made[name] = self.value(name, part, root, place)
            elif name not in made and self.texts.is_of_known(Meaning(name, _about(part))):
                with suppress(NoValue):
                    made[name] = self.value(name, part, root, place)
        if missing := [n for n in names if n not in known]:
            raise NoValue(f"{missing[0]}: it is required and not described")
        return made

    def _array(self, key: str, shape: Shape, root: Any) -> list[Any]:
        count = max(1, int(shape.get("minItems", 1)))
        if count > MOST_ITEMS or count > shape.get("maxItems", count):
            raise NoValue(f"{key}: its schema allows no value")
        items = shape.get("items", {})
        single = self.texts.singular(key)
        about = shape.get("description")
        if isinstance(items, dict) and about and "description" not in items and "$ref" not in items:
            items = {**items, "description": about}
        return [self.value(single, items, root, place) for place in range(count)]

    def _numbers(self, key: str, shape: Shape, kind: str, place: int) -> Iterator[Any]:
        meaning = Meaning(key, str(shape.get("description", "")))
        if meaning.is_id and not meaning.text:
            yield from self.given(meaning)
        for wanted in self.texts.numbers(meaning, self.caller + place):
            yield from _fitted(wanted, shape, kind)
        for example in (*shape.get("examples", ()), shape.get("default")):
            if isinstance(example, int | float):
                yield example
        yield from _fitted(shape.get("minimum", 0) + 2 + self.caller, shape, kind)

    def _strings(self, key: str, shape: Shape, place: int) -> Iterator[str]:
        meaning = Meaning(key, str(shape.get("description", "")), str(shape.get("format", "")))
        if place == 0 and meaning.fact == "phone":
            phones = list(self.person.phones)
            yield from reversed(phones[:2]) if self.texts.wants_code(meaning) else phones[:1]
            yield from phones
        elif meaning.fact in FACTS:
            number, today = self.caller + place, self.calendar.today
            yield child_fact(meaning.fact, self.person, number, today, self.texts.language)
        elif meaning.fact:
            another = place or int(self.texts.is_new(meaning))
            yield self.texts.another(self.person, another).fact(meaning.fact)
        if not meaning.fact and meaning.moment:
            yield from self.given(meaning)
            moments = Moments(self.calendar, self.caller + self.other_day + place)
            yield from moments.texts(meaning, shape)
        if not meaning.fact and meaning.is_id and not meaning.text:
            yield from self.given(meaning)
        if not meaning.fact:
            form = form_in(meaning.about)
            said = self.texts.of(meaning, self.caller + place, self.verb)
            yield from (text for text in said if has_form(text, form))
        yield from self._by_format(meaning, key)
        yield from self._as_examples(key, shape, place)

    def _by_format(self, meaning: Meaning, key: str) -> Iterator[str]:
        if meaning.format == "email":
            yield self.person.fact("email")
        elif meaning.format == "uuid":
            yield str(uuid.UUID(int=int(digits(36, key, self.caller)) % 2**128, version=4))
        elif meaning.format in ("uri", "url", "iri"):
            yield f"https://example.com/{digits(4, key, self.caller)}"

    def _as_examples(self, key: str, shape: Shape, place: int) -> Iterator[str]:
        seed = (key, self.caller, place)
        about = str(shape.get("description", ""))
        for example in (*shape.get("examples", ()), shape.get("example"), shape.get("default")):
            if isinstance(example, str) and example:
                yield filled(form, *seed) if (form := of_example(example)) else example
                yield example
        if form := form_in(about):
            yield filled(form, *seed)
        if isinstance(pattern := shape.get("pattern"), str):
            yield text_for(pattern, picker(*seed))


def _fitted(wanted: float, shape: Shape, kind: str) -> Iterator[Any]:
    """The number nearest to the wanted one that the bounds allow."""
    step = shape.get("multipleOf") or (1 if kind == "integer" else 0)
    low, high = shape.get("minimum", -math.inf), shape.get("maximum", math.inf)
    if isinstance(above := shape.get("exclusiveMinimum"), int | float) and not isinstance(above, bool):
        low = max(low, above + (step or 0.5))
    if isinstance(below := shape.get("exclusiveMaximum"), int | float) and not isinstance(below, bool):
        high = min(high, below - (step or 0.5))
    value = min(max(wanted, low), high)
    if step:
        value = round(value / step) * step
        value = value + step if value < low else value - step if value > high else value
    yield int(value) if kind == "integer" or value == int(value) else value


def _goes_with(part: Any, made: dict[str, Any], known: dict[str, Any]) -> bool:
    """Whether an optional part is for a choice that was made: `The new day, for other_day only`."""
    about = _about(part)
    chosen = [v for n, v in made.items() if isinstance(v, str) and "enum" in (known.get(n) or {})]
    spelt = (r"[ _-]".join(map(re.escape, value.split("_"))) for value in chosen if len(value) > 2)
    return any(re.search(rf"\b{value}\b", about, re.IGNORECASE) for value in spelt)


def _about(part: Any) -> str:
    return str(part.get("description", "")) if isinstance(part, dict) else ""
