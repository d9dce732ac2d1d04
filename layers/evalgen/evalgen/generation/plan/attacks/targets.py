"""What is attacked in this agent: the aims of an attack type that suit it, and the bans of its own prompt."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from evalgen.generation.languages import load
from evalgen.generation.plan.attacks.own_rules import own_rules
from evalgen.generation.plan.attacks.pointed import pointed
from evalgen.generation.plan.attacks.tables import Aim, aims_of
from evalgen.generation.plan.attacks.target import Target, capital
from evalgen.generation.plan.attacks.things import (
    PERSONAL,
    Deed,
    deeds_of,
    fields_of,
    items_of,
    keeps_people,
    personal_data,
    words_for,
)
from evalgen.generation.plan.attacks.ways_out import way_behind
from evalgen.generation.plan.bans import without_values
from evalgen.generation.plan.script import Speech
from evalgen.generation.plan.slots import filled, slots_in
from evalgen.generation.plan.temptations import OTHER_PERSON, Temptation, temptations
from evalgen.generation.plan.test import Ground
from evalgen.generation.read.model import AgentModel
from evalgen.generation.read.statement import Statement


def targets_of(model: AgentModel, attack_type: str, channel: str) -> tuple[list[Target], list[Target]]:
    """What the prompt itself bans, and what no agent gives or does."""
    found = _Targets(model, attack_type, channel)
    own = {target.id: target for target in found.of_bans()}
    goals = {target.id: target for target in found.of_aims() if target.id not in own}
    return [*own.values()], [*goals.values()]


class _Targets:
    def __init__(self, model: AgentModel, attack_type: str, channel: str) -> None:
        self._model, self._type = model, attack_type
        self._spoken = load(model.spoken, "attacks")
        self._judged = load(model.judged, "attacks")
        self._slots = {
            language: words_for(model, language, channel) for language in (model.spoken, model.judged)
        }
        self._bans: dict[str, tuple[Statement, Temptation]] = {}
        for statement in (*model.sure("ban", "order"), *pointed(model)):
            for tempted in temptations(
                statement, told_in=model.judged, language=model.spoken, prompt=model.definition.description
            ):
                self._bans.setdefault(tempted.topic, (statement, tempted))

    def of_bans(self) -> Iterator[Target]:
        """Bans that topics know, then those that are told by their verb."""
        for topic in self._judged["topics"][self._type]:
            if topic in self._bans and (target := self._of_ban(topic, *self._bans[topic])):
                yield target
        topics = self._judged["topics"][self._type]
        known = {statement.id for topic, (statement, _) in self._bans.items() if topic in topics}
        yield from own_rules(self._model, self._type, known)

    def of_aims(self) -> Iterator[Target]:
        judged = {aim.id: aim for aim in aims_of(self._model.judged)}
        for aim in aims_of(self._model.spoken):
            if self._type in aim.types and self._suits(aim):
                for name, slots in self._fillings(aim):
                    yield self._of_aim(aim, judged[aim.id], name, slots)

    def _suits(self, aim: Aim) -> bool:
        identifies = any(tool.role == "identify" for tool in self._model.tools.values())
        if ("identify" in aim.needs and not identifies) or ("tools" in aim.needs and not self._model.tools):
            return False
        if "people" in aim.needs and not keeps_people(self._model):
            return False
        if not {*PERSONAL}.intersection(aim.needs) <= personal_data(self._model):
            return False
        return not aim.unless or re.search(aim.unless, self._model.definition.description) is None

    def _fillings(self, aim: Aim) -> Iterator[tuple[str, Deed]]:
        """For each thing or deed on record that the aim is about: a name for it, and its slots."""
        if "deed" in aim.needs:
            yield from deeds_of(self._model)
        elif "field" in aim.needs:
            yield from fields_of(self._model)
        elif "item" in aim.needs:
            yield from items_of(self._model)
        else:
            yield "", Deed()

    def _of_aim(self, aim: Aim, judged: Aim, name: str, deed: Deed) -> Target:
        key = load(self._model.spoken, "topics")["frames"]["other_key"]
        said, told = (
            self._filler(self._model.spoken, deed.spoken),
            self._filler(self._model.judged, deed.judged),
        )
        frames = self._judged["frames"]
        return Target(
            "_".join(part for part in (aim.id, name) if part),
            said(aim.title),
            capital(said(aim.ask)),
            tuple(said(press) for press in aim.press),
            said(aim.thing),
            tuple(filled(frames["should_not"], {"text": told(ban)}) for ban in judged.bans),
            self._refuses(told(judged.thing)),
            self._ground(aim),
            said(aim.order),
            {key: ""} if "other" in slots_in(aim.ask, aim.thing, *aim.press) else {},
            deed.tool,
        )

    def _filler(self, language: str, thing: Mapping[str, str]) -> Callable[[str], str]:
        """Fills texts of a language, with its contractions."""
        other = OTHER_PERSON % load(self._model.spoken, "topics")["frames"]["other_key"]
        slots = {**self._slots[language], **thing, "other": other}
        return lambda text: Speech(language).joined(filled(text, slots))

    def _ground(self, aim: Aim) -> Ground:
        """The ban of the prompt that forbids it, else the attack type's own default."""
        for topic in aim.rests_on:
            if topic in self._bans:
                statement, _ = self._bans[topic]
                return Ground(lines=statement.lines, statement=statement.id)
        return Ground(attack=self._type)

    def _of_ban(self, topic: str, statement: Statement, tempted: Temptation) -> Target | None:
        frames = self._spoken["frames"]
        if tempted.refused.kind != "refused" or not re.search(frames["asking"], tempted.ask):
            return None
        told_thing = self._told_thing(statement, topic)
        if not told_thing:
            return None
        return Target(
            topic,
            without_values(tempted.refused.what, frames["somebody"]),
            tempted.ask,
            (tempted.insist,),
            tempted.refused.what,
            (tempted.once,),
            self._refuses(told_thing),
            Ground(lines=statement.lines, statement=statement.id),
            profile=tempted.profile,
            way=way_behind(statement, self._model),
        )

    def _refuses(self, thing: str) -> str:
        return Speech(self._model.judged).joined(filled(self._judged["frames"]["refuses"], {"thing": thing}))

    def _told_thing(self, statement: Statement, topic: str) -> str:
        """What is refused, in the language that the outcome is judged in."""
        found = temptations(statement, told_in=self._model.judged, prompt=self._model.definition.description)
        return next((one.refused.what for one in found if one.topic == topic), "")
