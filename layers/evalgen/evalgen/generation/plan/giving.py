"""What the caller gives and chooses on the way: each value in the words of people."""

from __future__ import annotations

from evalgen.generation.plan.choices import (
    MOST_OFFERED,
    about_of,
    choices_of,
    is_put_as_a_question,
    meaning_of_code,
    name_of_code,
    no_choice,
    spoken_value,
    with_unit,
)
from evalgen.generation.plan.choosing import choose
from evalgen.generation.plan.days import given_before, is_wished
from evalgen.generation.plan.flags import say_flags
from evalgen.generation.plan.input_nouns import input_noun, is_of_time
from evalgen.generation.plan.mentions import is_said_first, with_choice
from evalgen.generation.plan.things import is_open_to_all
from evalgen.generation.plan.told_apart import clock, is_of_a_week, is_when
from evalgen.generation.plan.way import Walk, changes, records_of, wants_a_day
from evalgen.generation.read.chain import EXTRA, Input, Played
from evalgen.generation.read.free_texts import fault_of
from evalgen.generation.read.grammar import Grammar, is_sayable
from evalgen.generation.read.placeholders import shows_the_number
from evalgen.generation.values import (
    PERSONAL,
    is_listed,
    key_of,
    key_words,
    kind_of,
    leaves,
    plain,
    same,
    snake,
    words_of,
)


def add_inputs(way: Walk, number: int, played: Played, grammar: Grammar, prompt: str) -> bool:
    groups: dict[str, list[Input]] = {}
    for one in played.inputs:
        if one.by == "caller" and (step := given_before(way, number, one)):
            way.given[number, "/".join(map(str, one.where))] = step
        elif one.by == "caller" and not _is_told(way, one, played, grammar):
            way.said.add((snake(one.key), str(one.value)))
            groups.setdefault(_group(one), []).append(one)
    for one in played.inputs:
        if one.by == "answer" and not choose(way, one, grammar, prompt):
            return False
    given = all(_give(way, number, played, inputs, grammar, prompt) for inputs in groups.values())
    if given:
        say_flags(way, played, grammar, prompt)
    return given


def _is_told(way: Walk, one: Input, played: Played, grammar: Grammar) -> bool:
    """Whether an input has been given, or is the last day of a search for one day alone."""
    days = {same(i.value) for i in played.inputs if i is not one and kind_of(i.key, i.value) == "date"}
    ends = _ends_a_search(played, one, grammar.words.noun_of(one.key), grammar)
    known = (snake(one.key), str(one.value)) in way.said or _is_in_the_wish(way, played, one)
    return known or (ends and same(one.value) in days)


def _is_in_the_wish(way: Walk, played: Played, one: Input) -> bool:
    """Whether a choice of a look-up is the very thing that is asked for, as the deed's tool calls it:
    courses, by who books a course.
    """
    name, choices = way.served.tool.name, played.tool.choices(str(one.where[0]))
    if name is None or played.tool.role != "read":
        return False
    return len(choices) > 1 and name.noun == one.value


def _in_record(way: Walk, number: int, one: Input) -> str:
    """Whether an answer before a change has this value by its name already (`same`), another one (`other`):
    callers say what is to change, and are not asked for what stays.
    """
    words = key_words(one.key)
    held = {
        same(value)
        for p in way.chain.calls[:number]
        if p.tool.role in ("identify", "read") and not is_open_to_all(p)
        for path, value in leaves(p.call.output)
        if key_words(key_of(path)) == words and not is_listed(path)
    }
    return "" if not held else "same" if same(one.value) in held else "other"


def _group(one: Input) -> str:
    """Values of one list are given in one step."""
    cut = next((n for n, part in enumerate(one.where) if isinstance(part, int)), len(one.where))
    return "/".join(map(str, one.where[:cut]))


def _give(way: Walk, number: int, played: Played, inputs: list[Input], grammar: Grammar, prompt: str) -> bool:
    first = inputs[0]
    parameter = str(first.where[0])
    listed = is_listed(first.where)
    key = first.key
    named = next((str(p) for p in reversed(_group(first).split("/")) if not p.isdigit()), key)
    noun = _noun(played, first, named if listed else "", grammar, prompt)
    if played.tool.role == "read" and noun == grammar.words.tables["keys"].get("start_date"):
        noun = grammar.words.noun_of("date")
    values = _kept(way, played, inputs, named if listed else "", prompt)
    if values is None:
        return False
    kind = kind_of(first.key, first.value)
    kept = changes(way) and played is way.chain.last and _in_record(way, number, first)
    only_asked = (
        (played.optional and first.call == EXTRA)
        or kept == "same"
        or bool(fault_of(played.tool, parameter))
        or _ends_a_search(played, first, noun, grammar)
    )
    chosen = not listed and not only_asked and "enum" in played.tool.properties.get(parameter, {})
    offered = choices_of(played, parameter, grammar, prompt) if chosen else []
    asked_for = bool(way.mentioned) and parameter in played.tool.asked_for
    asked_for = asked_for or is_put_as_a_question(first.value, offered, grammar, prompt)
    said_first = is_said_first(parameter, grammar) and not (asked_for or changes(way))
    changed = kept == "other" and kind in ("number", "text") and not listed
    only_asked = only_asked or (chosen and not said_first) or (kind == "phone" and shows_the_number(prompt))
    if (chosen and said_first) or changed:
        way.script.steps[0] = with_choice(way, played, parameter, values[0], noun, prompt)
        if noun == way.slots["noun"]:
            way.new_one = values[0]
        way.mentioned.append(str(spoken_value(played, parameter, first, grammar, prompt)))
        way.given[number, "/".join(map(str, first.where))] = 1
        return True
    if 1 < len(offered) <= MOST_OFFERED:
        slots = {"the_one": values[0], "the_input": grammar.the(noun), "items": grammar.either(offered)}
        asked = noun.split()[-1] not in grammar.rules["prepositions"] and plain(noun) in plain(prompt)
        step = way.script.say("choose_asked_standing" if asked else "choose_standing", **slots)
        way.given[number, "/".join(map(str, first.where))] = step
        return True
    if noun.split()[-1:] and noun.split()[-1] in grammar.rules["prepositions"]:
        return False
    if not listed and (frame := no_choice(played, parameter, first, grammar)):
        way.script.profile.pop(snake(first.key), None)
        step = way.script.say(frame, input=noun, the_input=grammar.the(noun))
        way.given[number, "/".join(map(str, first.where))] = step
        return True
    spans = grammar.words.tables["fields"]["spans"]
    last = way.chain.last
    units = grammar.words.tables["units"]
    if played is last and kind in ("money", "number") and changes(way) and named.split("_")[-1] not in units:
        way.new_one = values[0]
    if kind in ("date", "time") and _is_when(first.key, way, grammar) and snake(first.key) not in spans:
        way.when[kind] = values[0]
    moment = is_wished(first, grammar) and number not in records_of(way.chain)
    told = [n for n, s in enumerate(way.script.steps, 1) if s.moment.standing and values[0] in s.action]
    step = (kind in PERSONAL and next(iter(told), 0)) or way.script.say(
        "give_standing" if only_asked else "give_moment" if moment and wants_a_day(way) else "give",
        value=grammar.listed([with_unit(*given, grammar) for given in zip(values, inputs, strict=True)]),
        the_input=grammar.the(noun),
    )
    for one in inputs:
        way.given[number, "/".join(map(str, one.where))] = step
    return True


def _noun(played: Played, one: Input, listed: str, grammar: Grammar, prompt: str) -> str:
    """What an input is asked for as; a code as what it stands for, since that is said."""
    parameter, code = str(one.where[0]), isinstance(one.value, str)
    called = "" if is_listed(one.where) else played.tool.called(parameter)
    noun = grammar.words.in_full(called or input_noun(listed or one.key, one.value, grammar))
    if code and (meant := meaning_of_code(one.value, about_of(played, parameter))):
        return meant[1] or noun.removesuffix(" code")
    return noun.removesuffix(" code") if code and name_of_code(one.value, prompt) else noun


def _is_when(key: str, way: Walk, grammar: Grammar) -> bool:
    """Whether a key says when the thing is, by itself or beside the words for it: `move_out_date`."""
    own = set(key_words(way.slots["noun"]))
    return is_when(key, grammar) or is_when("_".join(w for w in key_words(key) if w not in own), grammar)


def _ends_a_search(played: Played, one: Input, noun: str, grammar: Grammar) -> bool:
    """Whether it is the last day that is looked at: callers name the day that they want."""
    ends = played.tool.role == "read" and kind_of(one.key, one.value) == "date"
    return ends and noun == grammar.words.tables["keys"].get("to")


def _kept(way: Walk, played: Played, inputs: list[Input], listed: str, prompt: str) -> list[str] | None:
    """References to the values, which go into the profile; None where one cannot be said. `listed` is what a
    list of them is called.
    """
    grammar, values = way.script.spoken.grammar, list[str]()
    for position, one in enumerate(inputs, 1):
        value = spoken_value(played, str(inputs[0].where[0]), one, grammar, prompt)
        if not is_sayable(one.value) or value is None or _is_nothing(one, way):
            return None
        own = snake(one.key) or "value"
        name = f"{grammar.words.singular(snake(listed))}_{position}_{own}" if listed else own
        if kind_of(one.key, one.value) == "datetime":
            day = way.script.keep("date", str(one.value)[:10])
            time = way.script.keep("time", clock(str(one.value)[11:16], grammar))
            ends = set(words_of(one.key)) & set(grammar.words.tables["fields"]["ends"])
            way.when = way.when if ends and way.when else {"date": day, "time": time}
            frame = str(way.script.spoken.frames["the_one"]["bare_date_time"])
            values.append(frame.format(date=day, time=time))
            continue
        if kind_of(one.key, one.value) == "date" and is_of_a_week(one.key, grammar):
            ref = way.script.keep(name, value)
            values.append(str(way.script.spoken.frames["the_one"]["week_of"]).format(value=ref))
            continue
        held = way.script.profile.get(name, value)
        if held != value and kind_of(one.key, one.value) == "id" and not listed:
            return None
        values.append(way.script.keep(name, value))
    return values


def _is_nothing(one: Input, way: Walk) -> bool:
    """Whether a number stands for taking something away, or for no time at all, which people say in other
    words.
    """
    taken = changes(way) or is_of_time(one.key, way.script.spoken.grammar)
    return taken and kind_of(one.key, one.value) == "number" and not one.value
