"""A scenario's name: at most 80 characters, and unlike those of the slots before it."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from evalgen.languages.rules import slots_of
from evalgen.planning.choice import draw
from evalgen.planning.plan import Plan
from evalgen.planning.strategies import attacks_of
from evalgen.writing.attacking import LONGEST_NAME as LONGEST
from evalgen.writing.attacking import attack_names
from evalgen.writing.instructions import values_of
from evalgen.writing.phrases import Phrases, phrases_of
from evalgen.writing.values import described

LONGEST_DETAIL = 40
_FAILING = ("error", "no_match", "empty", "assume_success", "detour")


def name_of(plan: Plan, taken: Collection[str]) -> str:
    """The first form that fits and is free; else one with a detail of its own, else a number."""
    phrases = phrases_of(plan.told_in or plan.language)
    if plan.attack:
        attacks = attacks_of(plan.attack.language)
        own = phrases_of(attacks.language)
        return _free([_fitted(n) for n in attack_names(plan, plan.attack, attacks, own)], taken)
    if plan.sources:
        return _free(_of_questions(plan, phrases), taken)
    values = _values(plan, phrases)
    forms = phrases.names.get(_twist(plan), phrases.names["default"])
    turn = draw(plan.seed, "name", plan.signature)
    turned = [forms[(turn + i) % len(forms)] for i in range(len(forms))]
    filled = [form.format_map(values) for form in turned if slots_of(form) <= values.keys()]
    candidates = [_fitted(phrases.tidy(text)) for text in filled or [plan.goal]]
    return _free([*candidates, *_detailed(candidates, plan, values)], taken)


def _twist(plan: Plan) -> str:
    """The twist by which the scenario is named: a record that is not found is the caller's or a thing's."""
    lost = plan.twist == "no_match" and plan.calls and plan.calls[-1].outcome == "no_match"
    return "no_such_thing" if lost and plan.calls[-1].effect != "identify" else plan.twist


def _of_questions(plan: Plan, phrases: Phrases) -> list[str]:
    table = phrases.knowledge.names
    forms = table.get(plan.twist, table["forms"])
    values = {"about": plan.goal, "About": _capital(plan.goal), "topic": plan.detail}
    for beat in plan.beats:
        values |= {k: str(v) for k, v in beat.values.items() if k == "amount"}
    turn = draw(plan.seed, "name", plan.signature)
    return [_fitted(forms[(turn + i) % len(forms)].format_map(values)) for i in range(len(forms))]


def _free(names: list[str], taken: Collection[str]) -> str:
    free = next((name for name in names if name.casefold() not in taken), None)
    return free or next(n for n in _numbered(names[0]) if n.casefold() not in taken)


def _values(plan: Plan, phrases: Phrases) -> dict[str, str]:
    """What the forms of names can be filled with; the twist's own beat counts most."""
    values: dict[str, str] = {}
    for beat in sorted(plan.beats, key=lambda beat: beat.move == plan.twist):
        values |= {k: v for k, v in values_of(beat, phrases).items() if "{{" not in v}
    values |= {
        "goal": plan.goal,
        "Goal": _capital(plan.goal),
        "failing": _failing(plan, phrases),
        "other": plan.detail,
    }
    if _twist(plan) == "no_such_thing":
        values["noun"] = plan.calls[-1].noun
    if plan.detail and plan.twist not in _FAILING:
        values |= {"x": plan.detail, "X": _capital(plan.detail)}
    if item := next((c for c in reversed(plan.calls) if c.item), None):
        values["item"] = described(item.item, item.item_noun, phrases)
    return values


def _detailed(candidates: list[str], plan: Plan, values: dict[str, str]) -> Iterator[str]:
    """The candidates with what sets the call apart behind them."""
    for detail in (values.get("item", ""), plan.profile_name.split(" - ", 1)[0]):
        if 0 < len(detail) < LONGEST_DETAIL:
            for name in candidates[:2]:
                yield _fitted(f"{name[: LONGEST - len(detail) - 3].rstrip(' ,:')} ({detail})")


def _numbered(name: str) -> Iterator[str]:
    for number in range(2, 1000):
        yield f"{name[: LONGEST - 6]} ({number})"


def _failing(plan: Plan, phrases: Phrases) -> str:
    """The call that does not succeed, as a part of a name."""
    call = next((c for c in plan.calls if c.outcome != "success"), None)
    if call is None:
        return plan.detail
    terms = phrases.terms
    form = {"identify": terms.failing_identify, "read": terms.failing_read}.get(
        call.effect, terms.failing_write
    )
    return form.format(noun=call.noun, the_noun=phrases.lexicon.nouns.the(call.noun), verb=call.verb)


def _fitted(text: str) -> str:
    if len(text) <= LONGEST:
        return text
    return text[: text.rfind(" ", 0, LONGEST - 1)].rstrip(" ,:;(") + "…"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
