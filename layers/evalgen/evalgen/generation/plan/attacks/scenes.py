"""One attack played: the steps of the caller with their moments, and the lines of the outcome."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from evalgen.generation.languages import load
from evalgen.generation.plan.attacks.encodings import disguises
from evalgen.generation.plan.attacks.endings import Ending, back
from evalgen.generation.plan.attacks.spotless import is_meaningless
from evalgen.generation.plan.attacks.tables import Play, plays_of
from evalgen.generation.plan.attacks.target import Target
from evalgen.generation.plan.attacks.things import words_for
from evalgen.generation.plan.attacks.ways_out import (
    WayOut,
    transfer_declined,
    way_back_to_the_task,
    way_of_who_persists,
)
from evalgen.generation.plan.caller import identifies_first
from evalgen.generation.plan.script import Script, Speech, reference
from evalgen.generation.plan.slots import filled, slots_in
from evalgen.generation.plan.temptations import OTHER_PERSON
from evalgen.generation.plan.test import Ground, Moment, Step
from evalgen.generation.read.model import AgentModel
from evalgen.generation.values import is_whole_name

FEWEST_STEPS, MOST_STEPS = 5, 10
FEWEST_PUSHES, MOST_PUSHES = 2, 4
MOST_LINES = 6
"""Of an outcome."""
ABOUT_PEOPLE = ("data_leak", "unauthorized_actions")
"""Attack types that may make an agent ask who is calling."""


@dataclass(frozen=True)
class Scene:
    """A target, a part, and where they meet; `people` are names of the mock data."""

    model: AgentModel
    attack_type: str
    channel: str
    target: Target
    play: Play
    people: tuple[str, ...]

    def suits(self) -> bool:
        """Whether the part can be played for this target: a disguised line cannot hold a name, who pays for
        favours is not after money, and who claims to belong to somebody needs somebody else, and a prompt
        that lets nobody in for that.
        """
        if self.play.not_for and re.search(self.play.not_for, self.target.ask):
            return False
        if "other" in self.play.needs and not self.target.profile:
            return False
        if self.play.unless and re.search(self.play.unless, self._allowing()):
            return False
        used = slots_in(self.play.open, *self.play.push)
        if "order" in used and not self.target.order:
            return False
        if self.play.pieces and len(self.target.press) < FEWEST_PUSHES:
            return False
        disguised = used & disguises("").keys()
        return not disguised or bool(self.target.order and "{{" not in self.target.order)

    def _allowing(self) -> str:
        """All sentences of the prompt that surely forbid nothing."""
        statements = self.model.prompt.statements
        allowing = (s.text for s in statements if not (s.sure and s.kind == "ban"))
        return self.model.once("allowing", "", lambda: " ".join(allowing))

    @cached_property
    def way(self) -> WayOut:
        """What the prompt itself orders here: for this part, for what it is after, or for who persists."""
        if self.play.way or self.target.way != WayOut():
            return self.play.way or self.target.way
        if self.attack_type == "off_task" and (back := way_back_to_the_task(self.model)).lines:
            return back
        persists = way_of_who_persists(self.model)
        return persists if self.attack_type in ABOUT_PEOPLE else persists.silent()

    def allows(self, ending: Ending) -> bool:
        """Whether a call may go that way: nothing follows where it is passed on, nor is a caller after what
        the own record has none of.
        """
        if ending.request and (self.way.ends or self.way.unsure):
            return False
        return not is_meaningless(self.target, ending.calls, self.model)

    def fitting(self, ending: Ending) -> Ending:
        """The ending without an identification that neither it nor the attack calls for."""
        asked = self.attack_type in ABOUT_PEOPLE or identifies_first(self.model)
        return ending if asked else ending.unidentified()

    def played(self, ending: Ending) -> Script | None:
        """None where the steps do not fit into a scenario."""
        script = Script(Speech(self.model.spoken), Speech(self.model.judged))
        script.profile |= ending.profile
        script.profile |= self._others(ending)
        slots = self._slots()
        opening = Moment("opening")
        if self.play.warm:
            script.add(Step(filled(self.play.warm, slots), opening))
            opening = Moment("told", filled(self.play.warmed, slots))
        asked = script.add(Step(filled(self.play.open, slots), opening))
        declined = self.way.declined or (() if self.way.ends else transfer_declined(self.model))
        script.steps += [*ending.standing, *self._of_somebody_else(ending), *declined]
        pushed = self._push(script, ending, slots)
        if pushed < FEWEST_PUSHES:
            return None
        pressed = len(script.steps)
        self._end(script, ending, pushed)
        self._expect(script, ending, asked, pressed)
        return script if FEWEST_STEPS <= len(script.steps) <= MOST_STEPS else None

    def persona(self, profile: Mapping[str, Any]) -> str:
        """The line before the steps: who the caller is, and how they come across."""
        frames = load(self.model.spoken, "attacks")["frames"]
        persona = filled(self.play.persona, self._slots())
        other = self.target.profile
        key = next(
            (k for k, v in profile.items() if k not in other and is_whole_name(k, v)),
            "",
        )
        if not key:
            return filled(frames["persona_unnamed"], {"persona": persona})
        return filled(frames["persona"], {"name": reference(key), "persona": persona})

    def _slots(self) -> dict[str, str]:
        ask, order = self.target.ask, self.target.order
        return {
            **words_for(self.model, self.model.spoken, self.channel),
            **disguises(order),
            "Ask": ask,
            "ask": ask[:1].lower() + ask[1:],
            "order": order,
        }

    def _of_somebody_else(self, ending: Ending) -> list[Step]:
        """What a caller without answers of their own says to what the agent looks somebody else up by."""
        key = load(self.model.spoken, "topics")["frames"]["other_key"]
        looks_up = any(tool.role == "identify" for tool in self.model.tools.values())
        if ending.standing or not looks_up or key not in self.target.profile:
            return []
        frames = load(self.model.spoken, "attacks")["frames"]
        what = filled(frames["detail"], {"other": OTHER_PERSON % key})
        return [Step(frames["unknown"], Moment("asked", what, standing=True))]

    def _others(self, ending: Ending) -> dict[str, Any]:
        """Whoever else is spoken of: somebody of the mock data but the caller, else an invented name."""
        if not self.target.profile:
            return {}
        topics = load(self.model.spoken, "topics")["frames"]
        own = {str(value) for value in ending.profile.values()}
        others = (name for name in self.people if own.isdisjoint((name, *name.split())))
        other = next(others, "") or self._stranger()
        key = topics["other_key"]
        return {**self.target.profile, key: other} if key in self.target.profile else {**self.target.profile}

    def _stranger(self) -> str:
        """An invented name of which the prompt has no word: the agent may be called so."""
        names = [load(self.model.spoken, "topics")["frames"]["other"]]
        names += load(self.model.spoken, "people")["names"]
        said = set(re.findall(r"\w+", self.model.definition.description))
        return str(next((name for name in names if said.isdisjoint(name.split())), names[0]))

    def _push(self, script: Script, ending: Ending, slots: Mapping[str, str]) -> int:
        """Add what the caller tries when refused; answers how many steps these are."""
        pushes = [filled(push, slots) for push in self.play.push]
        presses = [*self.target.press]
        first, second = (presses, pushes) if self.play.pieces else (pushes, presses)
        mixed: list[str] = []
        while first or second:
            mixed += first[:1] + second[:1]
            first, second = first[1:], second[1:]
        room = MOST_STEPS - len(script.steps) - 1 - len(ending.rest)
        number = min(room, MOST_PUSHES, len(mixed))
        for position, action in enumerate(mixed[:number] if number > 0 else []):
            script.add(Step(action, self._refused(position)))
        return max(number, 0)

    def _refused(self, position: int) -> Moment:
        frames = load(self.model.spoken, "attacks")["frames"]
        what = frames["unclear"] if self.play.unclear and not position else frames["refused"][position]
        return Moment("refused", filled(what, {"thing": self.target.thing}))

    def _end(self, script: Script, ending: Ending, pushed: int) -> None:
        moment = self._refused(pushed)
        if not ending.request:
            frames = load(self.model.spoken, "attacks")["frames"]
            script.add(Step(frames["end"], self.way.ends or moment, last=True))
            return
        script.add(Step(back(ending, self.model), moment))
        script.steps += ending.rest

    def _expect(self, script: Script, ending: Ending, asked: int, pressed: int) -> None:
        for ban in self.target.bans:
            script.expect_text(ban, "does_not", [self.target.ground], pressed)
        if ban := self._own_ban():
            script.expect_text(ban, "does_not", [Ground(attack=self.attack_type)], pressed)
        script.expect_text(self.target.refuses, "refuses", [self.target.ground], asked)
        for text, kind, ground in self.way.lines:
            script.expect_text(text, kind, [ground], pressed if self.way.persists else asked)
        moved = len(script.steps) - len(ending.rest)
        behind = 1 + len(ending.standing)
        for one in ending.asserted[: MOST_LINES - len(script.assertions)]:
            step = moved + max(0, one.caused_by_step - behind)
            script.expect_text(one.text, one.kind, one.rests_on, step)

    def _own_ban(self) -> str:
        """The line about the part that is played, in the language that is judged."""
        play = next((play for play in plays_of(self.model.judged) if play.id == self.play.id), None)
        if play is None or not play.ban:
            return ""
        table = load(self.model.judged, "attacks")
        text = filled(play.ban, words_for(self.model, self.model.judged, self.channel))
        return filled(table["frames"]["should_not"], {"text": text})
