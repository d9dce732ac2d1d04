"""The caller's way through a chain of calls: the request, who is calling, what is asked for, what is chosen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from evalgen.generation.languages import load
from evalgen.generation.plan.script import Script, Speech, reference
from evalgen.generation.plan.standing import agree, fact_of, stand_by
from evalgen.generation.plan.tasks import Served, slots_of
from evalgen.generation.plan.test import ExpectedCall, Step
from evalgen.generation.plan.things import (
    Listed,
    Telling,
    clock,
    is_when,
    listed_in,
    names_superlative,
    say_one,
    telling,
)
from evalgen.generation.plan.variables import related_facts
from evalgen.generation.read.flow import EXTRA, Chain, Input, Played, is_internal
from evalgen.generation.read.grammar import Grammar, is_sayable
from evalgen.generation.read.identity import Compared, compared_in
from evalgen.generation.read.model import AgentModel
from evalgen.generation.read.statement import Statement
from evalgen.generation.read.tools import ToolModel
from evalgen.generation.read.words import all_words
from evalgen.generation.values import key_of, kind_of, leaves, names_person, plain, same, words_of

_CODE = re.compile(r"[A-Z]+[-_]?\d{2,}[A-Z]*|[A-Z]{1,4}")
_FULL_NAME = re.compile(r"[A-ZÁÉÍÓÚÑ][\w'-]+(?: (?:de |del |la )*[A-ZÁÉÍÓÚÑ][\w'-]+){1,3}")
_PERSON = ("name", "phone", "email", "birth_date")


@dataclass(frozen=True)
class Choice:
    """What the caller chose of a list, in which step, and how it is told from the others."""

    thing: Listed
    told: Telling
    step: int
    words: str


@dataclass
class Walk:
    """A script up to the point where all is known that the last call takes.

    `slots` fill the frames about the deed in the spoken language, `judged_slots` in the one of outcomes.
    `given` are the numbers of the steps that give an input, by call and place; `when` refers to the day and time
    of the deed, `mentioned` to what the request says beside the wish, `new_one` to what a thing is changed into.
    """

    chain: Chain
    served: Served
    script: Script
    slots: dict[str, str]
    judged_slots: dict[str, str]
    identifying: int = 0
    given: dict[tuple[int, str], int] = field(default_factory=dict)
    choices: list[Choice] = field(default_factory=list)
    when: dict[str, str] = field(default_factory=dict)
    mentioned: list[str] = field(default_factory=list)
    new_one: str = ""
    said: set[tuple[str, str]] = field(default_factory=set)
    compared: tuple[Compared, ...] = ()

    def copy(self) -> Walk:
        return replace(
            self,
            script=self.script.copy(),
            given=dict(self.given),
            choices=list(self.choices),
            when=dict(self.when),
            mentioned=list(self.mentioned),
            said=set(self.said),
        )

    @property
    def choice(self) -> Choice | None:
        return self.choices[-1] if self.choices else None

    @property
    def last_step(self) -> int:
        return len(self.script.steps)

    @property
    def calls(self) -> tuple[ExpectedCall, ...]:
        return expected_calls(self.chain)

    @property
    def last_call(self) -> str:
        return next(c.id for c, p in zip(self.calls, self.chain.calls, strict=True) if p is self.chain.last)

    def the_thing(self, speech: Speech, slots: dict[str, str]) -> str:
        """`the appointment on {{…date}} at {{…time}}`, as far as the caller's choice says when."""
        return the_thing(self, speech, slots)


def walk(chain: Chain, served: Served, model: AgentModel, until: int | None = None) -> Walk | None:
    """None where some step cannot be said with certainty. `until`: only the steps for the calls before it."""
    spoken, judged = Speech(model.spoken), Speech(model.judged)
    slots, judged_slots = slots_of(served.tool, model.spoken), slots_of(served.tool, model.judged)
    if slots is None or judged_slots is None:
        return None
    way = Walk(chain, served, Script(spoken, judged), slots, judged_slots)
    way.script.say("ask_to" if served.asks_to else "ask", wish=served.wish)
    calls = list(enumerate(chain.calls))
    calls = calls if until is None else calls[: until + 1]
    for number, played in calls:
        if not _add_inputs(way, number, played, spoken.grammar, model.definition.description):
            return None
        if not way.compared and number in records_of(chain) and played.answer == "success":
            _add_way_in(way, played)
            _add_compared(way, played, model)
        if number in records_of(chain):
            way.identifying = way.last_step - 1
    _keep_person(way)
    if until is None and not _add_required(way, model):
        return None
    asked = [
        s for s in model.prompt.statements if s.kind in ("order", "unread") and _asked_here(s, served, model)
    ]
    record = {"_".join(words): value for words, value in related_facts(model, chain).items()}
    record |= {k: v for k, v in names_listed(chain, spoken.grammar).items() if k not in record}
    place = way.identifying + 1 if way.identifying else way.last_step
    moved_by = stand_by(way.script, asked, model, entry(chain), place, ("callback_number",), record)
    yes = [
        s
        for s in asked
        if s.kind == "order" and s.sure and s.id not in (model.prompt.asks_more, *model.prompt.confirms)
    ]
    moved_by += agree(way.script, yes, place + moved_by)
    way.given = {key: step + moved_by * (step > place) for key, step in way.given.items()}
    way.choices = [replace(c, step=c.step + moved_by * (c.step > place)) for c in way.choices]
    return way


def _add_required(way: Walk, model: AgentModel) -> bool:
    """Standing answers for what the deed's schema requires and its example leaves out; False where one is unknown."""
    tool, script = way.chain.last.tool, way.script
    required = (tool.tool.parameters or {}).get("required") or ()
    for name in required if tool.role == "write" and isinstance(required, list) else ():
        if not isinstance(name, str):
            continue
        if name in way.chain.last.call.input or tool.decided_by_agent(name, ""):
            continue
        value = _held(name, script.profile) or _example_of(tool, name)
        if value is None:
            value = next(
                (fact_of(k, script, model, entry(way.chain)) for k in _facts_named(name, model)), None
            )
        if value is None:
            return False
        ref = script.keep(_snake(name), value)
        if not any(ref in step.action for step in script.steps):
            the_input = script.spoken.grammar.the(input_noun(name, value, script.spoken.grammar))
            script.say("give_standing", value=ref, the_input=the_input)
    return True


def _held(name: str, profile: dict[str, Any]) -> Any:
    kind = kind_of(name, "")
    same_kind = (v for k, v in profile.items() if kind in _PERSON and kind_of(k, v) == kind)
    return profile.get(_snake(name)) or next(same_kind, None)


def _example_of(tool: ToolModel, name: str) -> Any:
    """The example that the schema gives for a parameter."""
    schema = tool.properties.get(name, {})
    if "enum" in schema:
        return None
    told = re.search(
        r"\b(?:e\.g\.|for example|por ejemplo|p\. ?ej\.),? \"?'?([^,;)\"'\n]{2,40})",
        str(schema.get("description", "")),
    )
    listed = schema.get("examples")
    return schema.get("example") or (
        listed[0] if isinstance(listed, list) and listed else told and told[1].strip(" .")
    )


def _facts_named(name: str, model: AgentModel) -> Iterator[str]:
    key, kind = _snake(name), kind_of(name, "")
    for fact, about in load(model.spoken, "facts_of_people")["facts"].items():
        if key in about["keys"] or (about["kind"] and about["kind"] == kind):
            yield fact


def names_listed(chain: Chain, grammar: Grammar) -> dict[str, Any]:
    """Whose name stands in the list that the call is about: of the thing that is chosen, else of the first."""
    for number, played in enumerate(chain.calls):
        chosen = [
            thing
            for p in chain.calls
            for one in p.inputs
            if (thing := listed_in(chain, one, grammar)) and thing.call == number and not thing.offered
        ]
        items = [chosen[0].one] if chosen else _listed_first(played)
        for path, value in (leaf for item in items for leaf in leaves(item)):
            if names_person(path) and kind_of(key_of(path), value) == "name":
                return {_snake(key_of(path)): value}
    return {}


def _listed_first(played: Played) -> list[Any]:
    output = played.call.output
    lists = [v for v in output.values() if isinstance(v, list)] if isinstance(output, dict) else []
    return lists[0][:1] if lists and played.tool.role in ("read", "identify") and not played.optional else []


def entry(chain: Chain) -> str:
    """The record that a chain is about."""
    return repr([(p.tool.tool.name, p.call.input) for p in chain.calls if not p.optional])


def _asked_here(statement: Statement, served: Served, model: AgentModel) -> bool:
    """Whether a question belongs to this task: it stands in its playbook, or in none."""
    others = [t.section for t in model.prompt.tasks if t.section and t.section != served.section]
    return not statement.outer and not any(statement.section[: len(s)] == s for s in others)


def records_of(chain: Chain) -> list[int]:
    """The calls whose answers are about the caller: the one that identifies, else the first."""
    asked = [n for n, p in enumerate(chain.calls) if p.tool.role == "identify"]
    return asked[:1] or [n for n, p in enumerate(chain.calls) if p.tool.role == "read"][:1]


def _add_way_in(way: Walk, played: Played) -> None:
    """A standing answer for what finds the record, where another answer holds it too."""
    said = {same(v) for v in way.script.profile.values()} | {
        same(one.value) for one in played.inputs if one.by != "answer"
    }
    for path, value in leaves(played.call.input) if played.tool.role == "identify" else ():
        key = key_of(path)
        if same(value) not in said and kind_of(key, value) == "id" and not is_internal(value):
            noun = input_noun(key, value, way.script.spoken.grammar)
            ref = way.script.keep(_snake(key), value)
            way.script.say("give_standing", value=ref, the_input=way.script.spoken.grammar.the(noun))


def _add_compared(way: Walk, played: Played, model: AgentModel) -> None:
    """Standing answers for what the agent compares with the record."""
    given = {same(i.value) for i in played.inputs}
    about = {
        same(v)
        for p in way.chain.calls
        for path, v in leaves(p.call.input)
        if kind_of(key_of(path), v) == "id"
    }
    for one in (i for p in way.chain.calls for i in p.inputs if i.by == "answer"):
        if thing := listed_in(way.chain, one, way.script.spoken.grammar):
            about |= {same(v) for path, v in leaves(thing.one) if kind_of(key_of(path), v) in ("id", "name")}
    facts = compared_in(played.call.output, given, model.prompt.statements, model.prompt.language, about)
    way.compared = tuple(facts)
    for fact in facts:
        value = way.script.keep(fact.key, fact.value)
        the_input = way.script.spoken.grammar.the(fact.noun)
        way.script.say("give_standing", value=value, the_input=the_input)


def _add_inputs(way: Walk, number: int, played: Played, grammar: Grammar, prompt: str) -> bool:
    groups: dict[str, list[Input]] = {}
    for one in played.inputs:
        if one.by == "caller" and (_snake(one.key), str(one.value)) not in way.said:
            way.said.add((_snake(one.key), str(one.value)))
            groups.setdefault(_group(one), []).append(one)
    for one in played.inputs:
        if one.by == "answer" and not _choose(way, one, grammar, prompt):
            return False
    for inputs in groups.values():
        if not _give(way, number, played, inputs, grammar, prompt):
            return False
    return True


def _group(one: Input) -> str:
    """Values of one list are given in one step."""
    cut = next((n for n, part in enumerate(one.where) if isinstance(part, int)), len(one.where))
    return "/".join(map(str, one.where[:cut]))


def _give(way: Walk, number: int, played: Played, inputs: list[Input], grammar: Grammar, prompt: str) -> bool:
    first = inputs[0]
    parameter = str(first.where[0])
    listed = any(isinstance(part, int) for part in first.where)
    key = next((str(p) for p in reversed(first.where) if isinstance(p, str)), "")
    named = next((str(p) for p in reversed(_group(first).split("/")) if not p.isdigit()), key)
    noun = input_noun(named if listed else key, first.value, grammar)
    if isinstance(first.value, str) and name_of_code(first.value, prompt):
        noun = noun.removesuffix(" code")
    values = []
    for position, one in enumerate(inputs, 1):
        if not is_sayable(one.value):
            return False
        value = _spoken_value(played, parameter, one, grammar, prompt)
        if value is None:
            return False
        own = "_".join(plain(word) for word in words_of(one.key)) or "value"
        name = f"{grammar.words.singular(_snake(named))}_{position}_{own}" if listed else own
        if kind_of(one.key, one.value) == "datetime":
            day = way.script.keep("date", str(one.value)[:10])
            time = way.script.keep("time", clock(str(one.value)[11:16], grammar))
            way.when |= {"date": day, "time": time}
            values.append(
                str(way.script.spoken.frames["the_one"]["bare_date_time"]).format(date=day, time=time)
            )
        else:
            held = way.script.profile.get(name, value)
            if held != value and kind_of(one.key, one.value) == "id" and not listed:
                return False
            values.append(way.script.keep(name, value))
    kind = kind_of(first.key, first.value)
    only_asked = played.optional and first.call == EXTRA
    if not listed and not only_asked and "enum" in played.tool.properties.get(parameter, {}):
        way.script.steps[0] = _with_choice(way, played, parameter, str(value), values[0], noun, grammar)
        if noun == way.slots["noun"]:
            way.new_one = values[0]
        way.mentioned.append(str(_spoken_value(played, parameter, first, grammar, prompt)))
        way.given[number, "/".join(map(str, first.where))] = 1
        return True
    spans = grammar.words.tables["fields"]["spans"]
    if kind in ("date", "time") and is_when(first.key, grammar) and _snake(first.key) not in spans:
        way.when[kind] = values[0]
    moment = kind in ("date", "time", "datetime") and number not in records_of(way.chain)
    step = way.script.say(
        "give_standing" if only_asked else "give_moment" if moment else "give",
        value=grammar.listed(values),
        the_input=grammar.the(noun),
    )
    for one in inputs:
        way.given[number, "/".join(map(str, one.where))] = step
    return True


def _with_choice(
    way: Walk, played: Played, parameter: str, value: str, ref: str, noun: str, grammar: Grammar
) -> Step:
    """The request with the choice in it: in the place of another one that the wish names, else beside it."""
    step = way.script.steps[0]
    enum = played.tool.properties[parameter].get("enum")
    choices = [
        grammar.said(parameter, c) for c in (enum if isinstance(enum, list) else ()) if isinstance(c, str)
    ]
    named = next((c for c in choices if re.search(rf"\b{re.escape(c)}\b", step.action)), "")
    if named:
        return replace(step, action=re.sub(rf"\b{re.escape(named)}\b", ref, step.action, count=1))
    return mention(step, ref, noun, way.script.spoken)


def mention(step: Step, value: str, noun: str, speech: Speech) -> Step:
    """The step, saying one thing more."""
    frames = speech.frames["mentions"]
    frame = frames["more"] if frames["mark"] in step.action else frames["first"]
    the_input = speech.grammar.the(noun)
    return replace(
        step, action=str(frame).format(action=step.action, value=value, the_input=the_input, input=noun)
    )


def name_of_code(code: str, prompt: str) -> str | None:
    """What the prompt calls a code: `| Plus | PLUS500 |`, `Plus (PLUS500)`."""
    match = re.search(rf"\b([A-Z][a-z]+(?: [A-Za-z0-9]+){{0,2}})\s*[|(=:,–-]+\s*(?:\w+ )?`?{re.escape(code)}\b", prompt)
    return match[1].strip() if match else None


def _snake(key: str) -> str:
    return "_".join(plain(word) for word in words_of(key))


def _spoken_value(played: Played, parameter: str, one: Input, grammar: Grammar, prompt: str) -> Any:
    """The value as it is said; None for a code for which the prompt has no name."""
    coded = "enum" in played.tool.properties.get(parameter, {})
    named_code = words_of(parameter)[-1:] == ["code"] and len(words_of(parameter)) > 1 and not coded
    if named_code and isinstance(one.value, str) and (name := name_of_code(one.value, prompt)):
        return name
    if not isinstance(one.value, str) or not coded:
        return one.value
    if _CODE.fullmatch(one.value):
        return name_of_code(one.value, prompt)
    return grammar.said(one.key, one.value)


def input_noun(key: str, value: Any, grammar: Grammar) -> str:
    """What is asked for: the phone number, the number of guests."""
    noun = grammar.words.noun_of(key)
    if isinstance(value, int | float) and not isinstance(value, bool) and grammar.words.is_plural(noun):
        counted = str(grammar.words.tables["counted"])
        return noun if noun.startswith(counted.split("{", maxsplit=1)[0]) else counted.format(noun=noun)
    return noun


def _choose(way: Walk, one: Input, grammar: Grammar, prompt: str) -> bool:
    """A step for what the caller chooses of a list; none where the list has nothing else."""
    thing = listed_in(way.chain, one, grammar)
    if thing is None or any(c.thing.place == thing.place and c.thing.call == thing.call for c in way.choices):
        return True
    played = way.chain.calls[thing.call]
    known = {i.key: i.value for i in played.inputs if i.by == "caller"}
    told = telling(thing.one, thing.others, grammar, known)
    if told is None and thing.others and not is_internal(one.value):
        told = Telling("plain", (("value", one.key, one.value),))
    if told is None:
        return not thing.others
    if thing.offered and told.frame == "plain" and names_superlative(prompt, grammar):
        return thing.place[-1] == 0
    words, refs = say_one(way.script, thing, told)
    day = _day(way, thing.call) if "time" in refs else ""
    own = thing.item.split()[-1] == way.slots["noun"].split()[-1]
    kept = thing.offered or (own and not _changes(way))
    if kept and ("time" in refs or "date" in refs):
        way.when = {k: v for k, v in (("date", refs.get("date", day)), ("time", refs.get("time", ""))) if v}
    step = way.last_step
    if thing.offered:
        frame = "choose_offered_on" if day else "choose_offered"
        step = way.script.say(frame, the_one=words, items=thing.items, date=day)
    elif thing.others:
        done_to_it = own and way.served.tool.role == "write"
        frame = "choose_which" if done_to_it else "choose_which_it_is"
        step = way.script.say(frame, the_one=words, item=thing.item, verb=way.slots["verb"])
    way.choices.append(Choice(thing, told, step, words))
    return True


def _day(way: Walk, call: int) -> str:
    """The reference to the day that a list was asked for."""
    for one in way.chain.calls[call].inputs:
        if one.by == "caller" and kind_of(one.key, one.value) == "date":
            return next((reference(k) for k, v in way.script.profile.items() if v == one.value), "")
    return ""


def moved(way: Walk) -> bool:
    """Whether something that the caller has already gets another day and time."""
    noun = way.slots["noun"].split()[-1]
    old = any(not c.thing.offered and c.thing.item.split()[-1] == noun for c in way.choices)
    return (old and way.choices[-1].thing.offered) or (_changes(way) and bool(way.when))


def _changes(way: Walk) -> bool:
    """Whether a day that is given for the deed is a new one."""
    name = way.served.tool.name
    return name is not None and any(name.verb in w.tables["wishes"]["changing"] for w in all_words())


def done_slots(way: Walk, slots: dict[str, str], speech: Speech) -> dict[str, str]:
    """The slots with what is done to what: `the appointment`, `is moved to {{…date}} at {{…time}}`."""
    thing = the_thing(way, speech, slots)
    if _changes(way) and way.new_one:
        frame = str(speech.frames["the_one"]["changed_to"])
        to = {k: slots[k] + frame.format(value=way.new_one) for k in ("is_done", "is_not_done")}
        return slots | to | {"the_thing": slots["the_noun"]}
    if not moved(way):
        return slots | {"the_thing": thing}
    if set(way.when) != {"date", "time"}:
        return slots | {"the_thing": slots["the_noun"]}
    frame = str(speech.frames["the_one"]["moved_to"])
    to = {k: slots[k] + frame.format(**way.when) for k in ("is_done", "is_not_done")}
    return slots | to | {"the_thing": slots["the_noun"]}


def the_thing(way: Walk, speech: Speech, slots: dict[str, str]) -> str:
    """The deed's noun with the day and time that the caller chose or gave."""
    frame = {("date", "time"): "date_time", ("time",): "time", ("date",): "date"}.get(tuple(sorted(way.when)))
    if frame is None:
        return slots["the_noun"]
    return str(speech.frames["the_one"][frame]).format(
        item=slots["noun"], the_item=slots["the_noun"], **way.when
    )


def _keep_person(way: Walk) -> None:
    """Who is calling, as far as the answers say: name, phone, date of birth."""
    records = records_of(way.chain)
    if not records:
        return
    played = way.chain.calls[records[0]]
    holders = {w for words in all_words() for w in words.tables["nouns"]["people"]}
    for path, value in (*leaves(played.call.output), *leaves(played.call.input)):
        if not names_person(path) or value in (None, ""):
            continue
        key = _snake(str(path[-1]))
        if key in holders and _FULL_NAME.fullmatch(str(value)):
            key = "full_name"
        named = key in ("name", "nombre") and played.tool.role != "identify"
        if kind_of(key, value) in _PERSON and not named and key not in way.script.profile:
            way.script.profile[key] = value
    if not any(kind_of(key, value) == "name" for key, value in way.script.profile.items()):
        named = [
            (_snake(str(path[-1])), value)
            for path, value in leaves(played.call.output)
            if kind_of(key_of(path), value) == "name" and not any(isinstance(p, int) for p in path)
        ]
        if len(named) == 1:
            way.script.profile.setdefault(*named[0])


def expected_calls(chain: Chain) -> tuple[ExpectedCall, ...]:
    """The calls with their order: each after those that it takes a value from."""
    found = []
    for number, played in enumerate(chain.calls):
        after = {f"c{one.call + 1}" for one in played.inputs if one.by == "answer"}
        if number and played.tool.role == "write" and not after:
            after = {f"c{n + 1}" for n, p in enumerate(chain.calls[:number]) if p.tool.role == "identify"}
        found.append(
            ExpectedCall(
                f"c{number + 1}",
                played.tool.tool.id,
                played.tool.tool.name,
                played.call.input,
                played.call.output,
                played.optional,
                tuple(sorted(after)),
            )
        )
    return tuple(found)


def confirming(model: AgentModel, served: Served) -> Statement | None:
    """The sure rule by which the agent has to get a yes before this deed, if there is one."""
    verb = served.tool.name.verb if served.tool.name else ""
    group = _group_of(verb, model)
    others = {
        w for t in model.tools.values() if t.name and t.role == "write" for w in _group_of(t.name.verb, model)
    }
    table = load(model.judged, "rules")
    own = [s for s in model.prompt.statements if s.section and s.section == served.section]
    if any(re.search(table["no_confirmation"], s.text, re.IGNORECASE) for s in own):
        return None
    for statement in _confirms(model):
        if re.search(table["confirms_a_fact"], statement.text, re.IGNORECASE):
            continue
        if served.section and not _asked_here(statement, served, model):
            continue
        words = {plain(w.strip(".,;:()\"'")) for w in statement.text.split()}
        lemmas = words | {w.removesuffix("ing") for w in words} | {w.removesuffix("ling") for w in words}
        named = lemmas & others
        if served.tool.tool.name in statement.tools or (named & set(group)) or not (named or statement.tools):
            return statement
        if served.section and statement.section[: len(served.section)] == served.section:
            return statement
    return None


def _confirms(model: AgentModel) -> Iterator[Statement]:
    return (model.by_id[name] for name in model.prompt.confirms if name in model.by_id)


def _group_of(verb: str, model: AgentModel) -> list[str]:
    groups = Speech(model.spoken).grammar.words.tables["synonyms"]["verbs"]
    return next((g for g in groups if g[0] == verb), [verb])
