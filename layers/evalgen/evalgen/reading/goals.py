"""What callers of this agent want: the tasks that its headings, duties and tools tell of."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from evalgen.reading.goal_words import bare_heading, base_of_goal, wanted_of_tool
from evalgen.reading.lexicon import Lexicon
from evalgen.reading.offers import OFFERS
from evalgen.reading.statements import Statement
from evalgen.reading.tool_names import english_of, tool_names
from evalgen.reading.tools import ToolModel

ENOUGH = 3
FEW_TOOLS = 2
MOST_HEADING_WORDS = 5


@dataclass(frozen=True, slots=True)
class Goal:
    """`phrase` completes «you are calling to …»; `tools` are used in this order to reach it."""

    phrase: str
    tools: tuple[str, ...] = ()
    section: tuple[str, ...] = ()


def goals_of(
    statements: Sequence[Statement], tools: Sequence[ToolModel], helpers: Collection[str], lexicon: Lexicon
) -> list[Goal]:
    """Tasks from headings first, then from tools that no heading uses alone, then from the agent's duties.

    `helpers` are tools whose answers other tools need: nobody calls for these alone. Never empty.
    """
    found = list(_from_headings(statements, tools, lexicon))
    used = {goal.tools[-1] for goal in found if goal.tools}
    found += [
        Goal(wanted_of_tool(t, lexicon), (t.name,))
        for t in tools
        if t.effect == "write" and t.name not in used
    ]
    reads = [
        Goal(wanted_of_tool(t, lexicon), (t.name,))
        for t in tools
        if t.effect == "read" and t.name not in used
    ]
    found += [goal for goal in reads if len(found) < ENOUGH or goal.tools[0] not in helpers]
    for source in OFFERS:
        if len(found) < ENOUGH:
            told = {goal.section for goal in found if goal.section}
            found += [
                Goal(phrase, (), section)
                for phrase, section in source(statements, lexicon)
                if section not in told
            ]
    if not found:
        found = [Goal(lexicon.templates.any_goal)]
    unique: dict[str, Goal] = {}
    for goal in found:
        unique.setdefault(" ".join(sorted(set(goal.phrase.split()) - lexicon.words.determiners)), goal)
    sections = _sections_of_tools(statements, len(tools))
    return [
        goal if goal.section or not goal.tools else replace(goal, section=sections.get(goal.tools[-1], ()))
        for goal in unique.values()
    ]


def _sections_of_tools(statements: Iterable[Statement], count: int) -> dict[str, tuple[str, ...]]:
    """The section that tells how each tool is used: of those that name it the one with the fewest others.

    A section that only lists the tools is none of them.
    """
    named: dict[tuple[str, ...], dict[str, None]] = {}
    for statement in statements:
        named.setdefault(statement.section, {}).update(dict.fromkeys(statement.tools))
    found: dict[str, tuple[str, ...]] = {}
    for section, tools in sorted(named.items(), key=lambda entry: len(entry[1])):
        if len(tools) <= max(FEW_TOOLS, count / 2):
            found = {**dict.fromkeys(tools, section), **found}
    return found


def _from_headings(
    statements: Sequence[Statement], tools: Sequence[ToolModel], lexicon: Lexicon
) -> Iterator[Goal]:
    effects = {tool.name: tool.effect for tool in tools}
    for section in dict.fromkeys(s.section for s in statements if s.section):
        members = [s for s in statements if s.section[: len(section)] == section]
        named = dict.fromkeys(t for s in members for t in s.tools if effects.get(t) in ("read", "write"))
        things = [tool.noun for tool in tools if tool.name in named and tool.effect == "write"]
        phrase = heading_goal(section[-1], lexicon, things[-1] if things else "")
        if not phrase and len(section) > 1 and section[-2].lower() in lexicon.words.playbooks:
            phrase = _playbook_goal(section[-1].strip(" .:-"), lexicon)
        if not phrase or (named and phrase in lexicon.noun_goals.values() and not _about(phrase, named)):
            continue
        told = named or dict.fromkeys(_told(members, phrase, tools, lexicon))
        yield Goal(phrase, tuple(told), section)


def _told(
    members: Sequence[Statement], phrase: str, tools: Sequence[ToolModel], lexicon: Lexicon
) -> Iterator[str]:
    """The tools that a section tells of without naming them: their verb is an instruction in it, and it has
    their noun. What is only looked up needs no tool that writes."""
    effects = {"read"} if english_of(phrase.split(" ", 1)[0]) in tool_names().reads else {"read", "write"}
    about = {lexicon.nouns.singular(w) for s in members for w in f"{s.text} {phrase}".lower().split()}
    for statement in members:
        verbs = {lexicon.verbs.base_of(word.strip(" ,.:;")) for word in statement.text.split()}
        for tool in tools:
            noun = lexicon.nouns.singular(tool.noun.split(" ")[-1 if lexicon.nouns.joint == " " else 0])
            if tool.effect in effects and tool.verb in verbs and noun in about:
                yield tool.name


def _about(phrase: str, tools: Iterable[str]) -> bool:
    first, *_, last = phrase.split()
    return any(first in tool.lower() or last in tool.lower().split("_", 1)[0] for tool in tools)


def heading_goal(heading: str, lexicon: Lexicon, thing: str = "") -> str:
    """A heading as what the caller wants, or nothing where it names something else.

    `thing` completes a heading that is only a verb (`Reschedule`).
    """
    text = bare_heading(heading, lexicon)
    words = text.strip(" .:-").lower().replace(" / ", f" {lexicon.templates.or_word} ").split()
    if not words or len(words) > 8:
        return ""
    base = base_of_goal(words[0], lexicon)
    if len(words) > 1 and words[-1] in lexicon.words.topic_words:
        return lexicon.templates.about_goal.format(x=" ".join(words))
    if base in lexicon.words.goal_verbs and words[0] not in lexicon.words.not_goals:
        if len(words) > 1:
            return " ".join([base, *words[1:]])
        if thing:
            return f"{base} {lexicon.nouns.your(thing)}"
    return lexicon.noun_goals.get(words[-1], "") if len(words) <= 2 else ""


def _playbook_goal(heading: str, lexicon: Lexicon) -> str:
    """What a caller wants whose playbook has this heading, whatever the heading's form."""
    text, form = heading.lower(), lexicon.templates
    if about := lexicon.patterns.about_heading.match(text):
        return form.about_goal.format(x=text[about.end() :])
    if text.split()[:1] and text.split()[0] in lexicon.words.question_heads:
        return lexicon.views.asked.first(text.rstrip("?"))
    return form.thing_goal.format(x=text) if 1 < len(text.split()) <= MOST_HEADING_WORDS else ""
