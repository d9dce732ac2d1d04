"""What callers say in their own words of what they call for, where no example of the deed has it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from evalgen.generation.languages import in_every, load, written
from evalgen.generation.plan.way import Walk
from evalgen.generation.read.chain import Chain
from evalgen.generation.read.free_texts import fault_of
from evalgen.generation.read.grammar import grammar_of
from evalgen.generation.read.model import AgentModel
from evalgen.generation.read.tools import ToolModel
from evalgen.generation.read.words import all_words, in_all
from evalgen.generation.values import key_words, leaves, plain, snake, words_of

HEAD = 300
"""Characters at the beginning of a prompt that say what its company sells."""
STEM = 5
"""Letters of a word that say which one it is."""
LONGEST = 200
"""Characters of a line of a prompt that is about one kind and nothing else."""
SHORTEST = 4
"""Letters of a word that means something by itself."""


@dataclass(frozen=True)
class Kind:
    """What the call is of by the choices of its calls: their words, and what is said of nothing else."""

    words: str
    said: str
    """What the schema and the prompt say of these choices alone."""
    stems: frozenset[str]
    """Of both."""
    others: frozenset[str]
    """The stems of the other lines of the prompt."""


def untold_stories(tool: ToolModel) -> set[str]:
    """The parameters that only the caller's own story can fill, though none is known."""
    stories = in_all("agent_decides", "stories")
    told = {key for call in tool.calls.get("success", []) for key in call.input}
    names = (set(tool.properties) | set(tool.tool.freetext_params)) - tool.asked_for
    names -= {n for n in names if fault_of(tool, n)}
    found = {n for n in names if snake(n) in stories and (n not in told or tool.decided_by_agent(n, ""))}
    in_words = [words.tables["agent_decides"]["told_in_words"] for words in all_words()]
    required = names & set(tool.required) - told
    return found | {n for n in required if any(re.search(p, plain(tool.about(n))) for p in in_words)}


def question_of(tool: ToolModel, parameter: str) -> str:
    """Which of the questions `asked` is behind a free text that a deed requires and no example has; empty
    where it is no story of the caller's.
    """
    required = tool.role == "write" and parameter in tool.required
    if not required or parameter not in tool.tool.freetext_params:
        return ""
    if any(parameter in call.input for call in tool.tool.mock_data):
        return ""
    key, about = snake(parameter), plain(tool.about(parameter))
    asked = (one for code in written("stories") for one in load(code, "stories")["asked"].items())
    return next((name for name, one in asked if key in one["keys"] or re.search(one["about"], about)), "")


def add_stories(way: Walk, model: AgentModel) -> bool:
    """Standing answers in the caller's own words for what the deed requires; False where one is needed and
    none is certain.
    """
    tool, script = way.served.tool, way.script
    given = way.chain.last.call.input if way.chain.last.tool is tool else {}
    untold = untold_stories(tool)
    for name in tool.required:
        question = question_of(tool, name)
        if not question or name in given:
            continue
        if name not in untold and tool.decided_by_agent(name, ""):
            continue
        found = next(_stories(way.chain, tool, name, model), None)
        if found is None and name in untold:
            return False
        if found is not None:
            text, own_question = found
            value = script.keep(snake(name), text)
            asked = own_question or str(load(model.spoken, "stories")["asked"][question]["question"])
            script.say("tell_standing", value=value, question=asked)
    return True


def _stories(chain: Chain, tool: ToolModel, name: str, model: AgentModel) -> Iterator[tuple[str, str]]:
    """The texts that fit a call, with the question that they answer where it is another one."""
    tables = load(model.spoken, "stories")
    if any(in_every("stories", "graded").intersection(key_words(key)[-1:]) for key in tool.properties):
        return
    kind = _kind_of(chain, model, tables)
    if kind is None:
        return
    question = question_of(tool, name)
    if question == "items":
        items = [one for one in tables["items"]["texts"] if not _shares_a_word(one, kind, "", tables)]
        if counted := _counted(chain, items, model):
            yield counted, ""
        return
    taken = " ".join(word for key in tool.properties for word in words_of(key))
    parts = {
        "asked": question,
        "deed": " ".join(words_of(tool.tool.name)),
        "beside": plain(f"{tool.tool.description} {taken} {tool.about(name)}"),
        "says": kind.said,
    }
    head = plain(model.definition.description)[:HEAD]
    named = [thing for thing, pattern in tables["things"].items() if re.search(pattern, head)]
    for row in tables["story"]:
        of_kind = re.search(row["kind"], kind.words) if "kind" in row else not kind.words
        of_thing = "thing" not in row or named == [row["thing"]]
        if not (
            of_kind and of_thing and all(re.search(row.get(part, ""), text) for part, text in parts.items())
        ):
            continue
        own = tables["things"].get(row.get("thing", ""), "")
        for text in row["texts"]:
            if not _shares_a_word(text, kind, own, tables) and _is_of_this(text, chain, tables):
                yield str(text), str(row.get("question", ""))


def _kind_of(chain: Chain, model: AgentModel, tables: Mapping[str, Any]) -> Kind | None:
    """None where calls choose several kinds, or a line of the prompt has a kind for some stories alone."""
    lines = [line for line in plain(model.definition.description).splitlines() if line.strip()]
    chosen: dict[str, str] = {}
    for played in chain.calls:
        for key, value in played.call.input.items():
            choices = played.tool.choices(key)
            is_kind = in_every("stories", "kinds").intersection(key_words(key)[-1:])
            if is_kind and len(choices) > 1 and value in choices:
                chosen.setdefault(value, _said_of(value, choices, played.tool.about(key)))
    if len(chosen) > 1:
        return None
    words = [plain(word) for value in chosen for word in words_of(value)]
    called = re.compile(rf"\b{'[ _-]'.join(map(re.escape, words))}s?\b") if words else None
    own = [line for line in lines if called and called.search(line)]
    if any(re.search(tables["narrows"], line) for line in own):
        return None
    own = [line for line in own if len(line) <= LONGEST and not re.search(tables["grave"], line)]
    rest = "\n".join(line for line in lines if line not in own)
    called_so, said = " ".join(words), " ".join([*chosen.values(), *own])
    return Kind(called_so, said, _stems(f"{called_so} {said}", tables), _stems(rest, tables))


def _said_of(choice: str, choices: Sequence[str], about: str) -> str:
    """What a schema says of one choice of several: `plumbing_repair for leaks and drains, …`."""
    named = "|".join(re.escape(one.lower()) for one in choices)
    said = re.search(rf"\b{re.escape(choice.lower())}\b(.*?)(?=\b(?:{named})\b|$)", about, re.DOTALL)
    return plain(said[1]) if said else ""


def _shares_a_word(text: str, kind: Kind, own: str, tables: Mapping[str, Any]) -> bool:
    """Whether the prompt says more of a word than what its kind or its thing is: an emergency, a rule."""
    said = _stems(re.sub(own, "", plain(text)) if own else text, tables)
    return not (said - kind.stems).isdisjoint(kind.others)


def _stems(text: str, tables: Mapping[str, Any]) -> frozenset[str]:
    words = re.findall(r"[^\W\d_]+", plain(text))
    return frozenset(word[:STEM] for word in words if len(word) >= SHORTEST and word not in tables["common"])


def _is_of_this(text: str, chain: Chain, tables: Mapping[str, Any]) -> bool:
    """Whether a text names no room or animal where the call is about another one."""
    values = (v for p in chain.calls for _, v in (*leaves(p.call.input), *leaves(p.call.output)))
    known = set(re.findall(r"\w+", plain(" ".join(map(str, values)))))
    said = set(re.findall(r"\w+", plain(text)))
    named = (set(group) for group in tables["alike"])
    return all(known & group <= said for group in named if said & group)


def _counted(chain: Chain, items: Sequence[str], model: AgentModel) -> str:
    """As many things as the call counts: `a desk, a bench and a mattress` of `item_count` 3 and
    `mattress_count` 1; empty where it does not count them.
    """
    tables, grammar = load(model.spoken, "stories")["items"], grammar_of(model.spoken)
    counts = {
        key_words(key)[0]: value
        for key, value in chain.last.call.input.items()
        if isinstance(value, int) and key_words(key)[-1] in tables["counts"]
    }
    total = next((counts.pop(key) for key in tables["keys"] if key in counts), 0)
    others = [grammar.a(key) for key, count in counts.items() if count == 1]
    if any(count > 1 for count in counts.values()) or not 0 <= total - len(others) <= len(items):
        return ""
    return grammar.listed([*items[: total - len(others)], *others])
