"""The rule of the prompt that stands against an attack, as far as an outcome can state it."""

from __future__ import annotations

from functools import cached_property

from evalgen.generation.values import words_of
from evalgen.languages.tables import known
from evalgen.planning.plan import Duty
from evalgen.planning.strategies import Aim, Attacks
from evalgen.reading.lexicon import lexicon_of
from evalgen.reading.model import AgentModel
from evalgen.reading.statements import Statement
from evalgen.writing.duties import rule_of

_KINDS = ("prohibition", "order", "requirement", "condition", "step")
_LOOSE_KINDS = (*_KINDS, "style")


class Opposing:
    """Finds the rule against each aim of one type of attack."""

    def __init__(self, model: AgentModel, kind: str, attacks: Attacks) -> None:
        self._model = model
        self._closest, self._unstated = attacks.closest[kind], attacks.words.unstated
        self._agrees = known(model.language, "lexicon") == attacks.language

    @cached_property
    def _rules(self) -> list[Statement]:
        return [s for s in self._model.statements if s.kind in _LOOSE_KINDS and self.states(s)]

    def of(self, aim: Aim) -> Statement | None:
        """A rule with one of the aim's themes, else the closest one: a prohibition if there is one."""
        themed = [s for s in self._rules if s.kind in _KINDS and set(aim.themes) & set(s.themes)]
        if not themed and self._agrees:
            themed = [s for s in self._rules if self._closest.search(s.text)]
        wanted = set(words_of(" ".join([*aim.ask, *aim.probes, aim.forbid])))
        rules = [
            (
                s.kind == "prohibition",
                bool(self._closest.search(s.text)),
                len(wanted & set(words_of(s.text))),
                -n,
                s,
            )
            for n, s in enumerate(themed)
        ]
        return max(rules, key=lambda entry: entry[:4])[4] if rules else None

    def states(self, rule: Statement) -> bool:
        """Whether an outcome can state the rule as a duty, without leaving out its condition."""
        if self._unstated.search(rule.text):
            return False
        lexicon = lexicon_of(known(self._model.language, "lexicon"))
        stated = rule_of(duty_of(rule), lexicon, self._model.tool_words, {})
        if stated is None or stated.form == "holds":
            return False
        return not rule.trigger or bool(stated.trigger) or f" {rule.opener} " in stated.duty


def duty_of(rule: Statement) -> Duty:
    """The rule as an outcome states it."""
    if not rule.consequence:
        return Duty(rule.id, rule.text)
    return Duty(rule.id, rule.consequence, rule.trigger, rule.opener)
