"""What the answer of a tool holds: ids that others take, lists of things, what its description promises."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Any

from evalgen.generation.languages import load
from evalgen.generation.read.invented.links import Links, Taken
from evalgen.generation.read.invented.meaning import Meaning
from evalgen.generation.read.invented.openings import offers_for, openings_of
from evalgen.generation.read.invented.own_hours import times_of
from evalgen.generation.read.invented.parameters import inputs_of, with_day
from evalgen.generation.read.invented.parts import Layout, ListOf
from evalgen.generation.read.invented.promises import (
    Fields,
    either_in,
    lists_in,
    nested_in,
    only_sometimes,
    promised_in,
)
from evalgen.generation.read.tools import ToolModel
from evalgen.generation.read.words import Words, in_all, words_in
from evalgen.generation.values import plain


def layout_of(tool: ToolModel, links: Links, language: str) -> Layout:
    made, words = Layout(), words_in(language)
    things = load(language, "invented_things")
    noun = [plain(w) for w in (tool.name.noun.split() if tool.name else [])]
    if key := _whole_of(tool, noun, words, things):
        last = key.split("_")[-1]
        offered = bool({last, *noun} & {*words.tables["nouns"]["offers"], *things["availability"]})
        offered = offered or key == str(things["free_list"]).format(things=last)
        made.whole = key
        made.lists[key] = ListOf(words.singular(last), offered=offered)
    for key, fields in lists_in(tool.tool.description, language, links.keys):
        thing = words.singular(key.split("_")[-1])
        same = next((one for one in made.lists.values() if one.thing == thing), None)
        if tool.role == "identify" and thing in links.head_of(tool):
            made.fields.update(fields)
        elif same or tool.role in ("identify", "read"):
            (same or made.lists.setdefault(key, ListOf(thing))).fields.update(fields)
    said = tool.tool.description
    for taken in (one for one in links.taken if not only_sometimes(one.meaning.bare, said, language)):
        if tool.tool.name in taken.sources or (
            tool.role == "write" and tool.tool.name in taken.meaning.about
        ):
            _hold(made, taken, tool, links, words)
    if not made.whole and tool.role == "read":
        of = links.head_of(tool)
        made.whole = next((key for key, one in made.lists.items() if one.thing in of), "")
    _name_as_described(made, {*words.tables["nouns"]["offers"], *things["availability"]})
    whole = made.lists.get(made.whole)
    (whole or made).fields.update(promised_in(tool.tool.description, language, links.keys))
    made.either = either_in(tool.tool.description, language, links.keys)
    each = promised_in(tool.tool.description, language, links.keys, each=True)
    if whole:
        each = _read_out(tool, links, language) | each
    for key, plural in nested_in(tool.tool.description, things):
        known = {k for k, one in made.lists.items() if one.thing == words.singular(plural)}
        if not known and not made.whole and tool.role in ("identify", "read"):
            made.lists[key] = ListOf(words.singular(plural))
    made.within = bool(each) and not whole and sum(bool(one.fields) for one in made.lists.values()) > 1
    for one in made.lists.values():
        one.fields = each | one.fields
        _schedule(one, made, tool, links, language)
    if whole and whole.offered:
        _add_moments(whole, tool, links, language)
        _add_promised_moments(whole, tool, links, language)
    return made


def _name_as_described(made: Layout, free: Collection[str]) -> None:
    """What a tool is for is the list that its description tells of, where its name has another word for it:
    `search_dates` returns windows.
    """
    empty = made.lists.get(made.whole)
    others = [key for key, one in made.lists.items() if key != made.whole and (one.ids or one.fields)]
    if empty and not (empty.ids or empty.fields or empty.moments) and len(others) == 1:
        made.lists[others[0]].offered = empty.offered or others[0].split("_")[-1] in free
        del made.lists[made.whole]
        made.whole = others[0]


def _read_out(tool: ToolModel, links: Links, language: str) -> Fields:
    """What the prompt has the agent tell of each thing of a list: `read out the plots with size and fee`."""
    things = load(language, "invented_things")
    name = re.escape(tool.tool.name)
    found = Fields()
    for match in re.finditer(rf"\b{name}\b(?P<behind>[^.;\n]*)", links.prompt):
        if told := re.search(things["read_out"], match["behind"], re.IGNORECASE):
            found |= promised_in(f"{things['with']} {told['what']}", language, links.keys)
    return found


def _whole_of(tool: ToolModel, noun: Sequence[str], words: Words, things: dict[str, Any]) -> str:
    """The key of the list that a tool is for; empty for one that answers a record."""
    if tool.role != "read" or not noun:
        return ""
    if set(noun) & set(things["availability"]):
        return str(things["slot_list"])
    said, own = plain(tool.tool.description), _several_of(tool, noun[-1:], words)
    if own:
        return str(things["free_list"]).format(things=own)
    if words.is_plural(noun[-1]) or set(noun) & set(words.tables["nouns"]["offers"]):
        return "_".join(noun)
    listed = re.search(things["listing"], said)
    return listed["things"] if listed else ""


def _several_of(tool: ToolModel, noun: Sequence[str], words: Words) -> str:
    """The plural in which a description speaks of what is free: `check_crew`, the free crews."""
    said = plain(tool.tool.description)
    free = str(load(words.language, "invented_things")["free"])
    plurals = [w for w in re.findall(r"\w+", said) if words.is_plural(w)]
    own = (w for w in plurals if noun and words.singular(w) in (noun[0], words.singular(noun[0])))
    return next((w for w in own if re.search(free.replace("THINGS", re.escape(w)), said)), "")


def _hold(made: Layout, taken: Taken, tool: ToolModel, links: Links, words: Words) -> None:
    identity = links.identity(links.tools[taken.tool], taken.meaning)
    thing = links.thing_of(tool).split()
    whole = made.lists.get(made.whole)
    plural = links.listed_as(tool, taken.meaning)
    concept = set(taken.meaning.concept)
    if inside := next((o for o in made.lists.values() if _has(o, identity, links)), None):
        inside.ids.setdefault(identity, taken)
    elif whole and (
        whole.thing in concept or whole.offered or not plural or words.singular(plural) == whole.thing
    ):
        whole.ids.setdefault(identity, taken)
    elif plural and not (tool.role == "identify" and concept & {plain(w) for w in thing}):
        key = next((k for k in made.lists if k.split("_")[-1] == plural), "")
        if not key:
            match = re.search(rf"\b(\w+) {plural}\b", plain(tool.tool.description))
            listed = words.tables["nouns"]["list_words"]
            key = f"{match[1]}_{plural}" if match and match[1] in listed and match[1] != "all" else plural
        made.lists.setdefault(key, ListOf(words.singular(plural))).ids.setdefault(identity, taken)
    else:
        made.ids.setdefault(identity, taken)


def _has(listed: ListOf, identity: str, links: Links) -> bool:
    """Whether the things of a list are said to have that very id."""
    return any(links.identity_of(Meaning(key)) == identity for key in listed.fields if Meaning(key).is_id)


def _schedule(listed: ListOf, made: Layout, tool: ToolModel, links: Links, language: str) -> None:
    """What callers were given of openings has what those have, and a day; one where one is spoken of."""
    things, offers = load(language, "invented_things"), openings_of(listed.thing, links, language)
    offers = [] if listed.offered else offers
    listed.visit, free = bool(offers), in_all("nouns", "offers")
    for name in offers:
        for apart in (True, False):
            told = promised_in(links.tools[name].tool.description, language, links.keys, apart)
            bare = {k: v for k, v in told.items() if not (Meaning(k).is_id or Meaning(k).moment)}
            bare = {k: v for k, v in bare.items() if free.isdisjoint(Meaning(k).words)}
            listed.fields = bare | listed.fields
    dated = listed.visit or (listed.thing in things["moment_things"] and not listed.offered)
    if dated and all(Meaning(key).moment in (None, "time") for key in listed.fields):
        _add_promised_moments(listed, tool, links, language)
    for field_name in [key for key in made.fields if Meaning(key).words[-1] == listed.thing]:
        ahead = Meaning(field_name).words[0] in things["upcoming"]
        listed.alone = listed.alone or ahead
        if ahead and listed is not made.lists.get(made.whole):
            del made.fields[field_name]


def _add_moments(listed: ListOf, tool: ToolModel, links: Links, language: str) -> None:
    """The day and time of what is offered, under the names that the tools which take them use."""
    own = {Meaning(name).snake for name in tool.properties}
    prefixes = load(language, "invented")["prefixes"]
    for other in links.tools.values():
        if tool.tool.name not in offers_for(other, links, language):
            continue
        for meaning, shape in inputs_of(other):
            key = "_".join(w for w in meaning.words if w not in prefixes)
            if meaning.moment and not meaning.fact and key not in own:
                styled = meaning.key if key == meaning.snake else key
                whole = with_day(Meaning(styled, meaning.about, meaning.format), other)
                listed.moments.setdefault(styled, (whole, shape))


def _add_promised_moments(listed: ListOf, tool: ToolModel, links: Links, language: str) -> None:
    """A start that is promised is a moment; a time alone will do where the day is told or asked for too."""
    things = load(language, "invented_things")
    own = [f for f in listed.fields if times_of(Meaning(f), links.prompt, language)]
    promised = {f: m for f in listed.fields if (m := Meaning(f)).moment and not m.fact}
    promised |= {f: Meaning(f, "", "time") for f in own}
    if promised:
        ends = {f: m for f in listed.fields if (m := Meaning(f)).words[-1] in things["ends"]}
        of_others = [
            f for f, m in ends.items() if len(m.words) > 1 and m.words[0] not in listed.thing.split()
        ]
        for field in of_others:
            del listed.fields[field]
        promised |= {f: m for f, m in ends.items() if f not in of_others}
    dated = any(Meaning(name).moment == "date" for name in tool.required)
    days = [f for f, m in promised.items() if m.moment == "date"]
    others = {w for f in (*listed.fields, *promised) if f not in days for w in Meaning(f).words}
    apart = bool(days) and bool(own or others & set(things["times_of_day"]))
    for key, meaning in promised.items():
        del listed.fields[key]
        if apart and meaning.moment != "datetime":
            listed.moments[key] = (meaning, {})
        elif meaning.is_later and listed.moments:
            listed.moments[key] = (Meaning(key, "", "date-time"), {})
        elif not listed.moments:
            kind = "time" if dated and meaning.words[-1:] == ("time",) else "date-time"
            listed.moments[key] = (Meaning(key, "", kind), {})
