"""What callers of this agent want: the tasks that its headings, duties and tools tell of."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from evalgen.reading.lexicon import Lexicon
from evalgen.reading.statements import Statement
from evalgen.reading.tools import ToolModel

ENOUGH = 3
_PREFIX = re.compile(
    r"^(?:(?:step|task|flow|playbook|scenario|use case|procedure|section|path|intent|case|if|when)\s*\d*\w?\s*[:.)—–-]\s*|\d+(?:\.\d+)*[.)]?\s+)",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"\s*(?:\(.*|->.*|→.*|:.*|—.*| - .*| flow$| process$| playbook$| requests?$| procedure$| policy$| rules$)",
    re.IGNORECASE,
)
_DUTY = re.compile(
    r"\b(?:you (?:can |may |will )?|(?:your (?:job|role|task|goal|purpose) is to )|(?:able to )|(?:and |, ))"
    r"(?P<verb>help|assist|handle|take|answer|provide|offer|manage|process|give|support|accept)s?\b"
    r"(?P<rest>[^.;:]*)",
    re.IGNORECASE,
)
_HELP = re.compile(r"^(?:\s+(?:the |our |your )?[\w-]+(?: [\w-]+)?)??\s+(?:with|to)\s+", re.IGNORECASE)


_WISH = re.compile(
    r"\b(?:callers?|people|customers?|guests?|members?|patients?|users?|clients?)\s+(?:\w+\s+){0,2}?"
    r"(?:ring|call|phone|come|contact|want|wish|ask)\w*(?:\s+(?:you|us|in))?\s+(?P<rest>(?:to|about|whether|what|how)\b[^.;:]*)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Goal:
    """`phrase` completes «you are calling to …»; `tools` are used in this order to reach it."""

    phrase: str
    tools: tuple[str, ...] = ()
    section: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        return self.phrase[:1].upper() + self.phrase[1:]


def goals_of(
    statements: Sequence[Statement], tools: Sequence[ToolModel], helpers: Collection[str], lexicon: Lexicon
) -> list[Goal]:
    """Tasks from headings first, then from tools that no heading uses alone, then from the agent's duties.

    `helpers` are tools whose answers other tools need: nobody calls for these alone. Never empty.
    """
    found = list(_from_headings(statements, tools, lexicon))
    used = {goal.tools[-1] for goal in found if goal.tools}
    found += [_of_tool(tool, lexicon) for tool in tools if tool.effect == "write" and tool.name not in used]
    reads = [_of_tool(tool, lexicon) for tool in tools if tool.effect == "read" and tool.name not in used]
    found += [goal for goal in reads if len(found) < ENOUGH or goal.tools[0] not in helpers]
    if len([g for g in found if g.tools]) < ENOUGH:
        found += _from_duties(statements, lexicon)
        found += _from_wishes(statements, lexicon)
    if not found:
        found = [Goal(lexicon.tables["grammar"]["any_goal"])]
    unique: dict[str, Goal] = {}
    for goal in found:
        unique.setdefault(
            " ".join(sorted(set(goal.phrase.split()) - {"a", "an", "the", "your", "new"})), goal
        )
    return list(unique.values())


def _from_headings(
    statements: Sequence[Statement], tools: Sequence[ToolModel], lexicon: Lexicon
) -> Iterator[Goal]:
    effects = {tool.name: tool.effect for tool in tools}
    for section in dict.fromkeys(s.section for s in statements if s.section):
        members = [s for s in statements if s.section[: len(section)] == section]
        named = dict.fromkeys(t for s in members for t in s.tools if effects.get(t) in ("read", "write"))
        things = [tool.noun for tool in tools if tool.name in named and tool.effect == "write"]
        phrase = heading_goal(section[-1], lexicon, things[-1] if things else "")
        if not phrase or (
            named and phrase in lexicon.tables["noun_goals"].values() and not _about(phrase, named)
        ):
            continue
        yield Goal(phrase, tuple(named), section)


def _about(phrase: str, tools: Iterable[str]) -> bool:
    return any(
        phrase.split()[0] in tool.lower() or phrase.split()[-1] in tool.lower().split("_")[0]
        for tool in tools
    )


def heading_goal(heading: str, lexicon: Lexicon, thing: str = "") -> str:
    """A heading as what the caller wants, or nothing where it names something else.

    `thing` completes a heading that is only a verb (`Reschedule`).
    """
    text = _TAIL.sub("", _PREFIX.sub("", heading)).strip(" .:-").lower().replace(" / ", " or ")
    words = text.split()
    if not words or len(words) > 8:
        return ""
    base = _base(words[0], lexicon)
    if base in lexicon.words["goal_verbs"] and words[0] not in lexicon.words["not_goals"] and len(words) > 1:
        return " ".join([base, *words[1:]])
    if base in lexicon.words["goal_verbs"] and words[0] not in lexicon.words["not_goals"] and thing:
        return f"{base} your {thing}"
    if len(words) <= 2 and words[-1] in lexicon.tables["noun_goals"]:
        return lexicon.tables["noun_goals"][words[-1]]
    return ""


def _base(word: str, lexicon: Lexicon) -> str:
    """`booking` and `cancelling` as `book` and `cancel`."""
    if not word.endswith("ing"):
        return word
    stem = word[:-3]
    for candidate in (stem, stem + "e", stem[:-1]):
        if candidate in lexicon.words["goal_verbs"]:
            return candidate
    return word


def _of_tool(tool: ToolModel, lexicon: Lexicon) -> Goal:
    forms = lexicon.tables["tool_goals"]
    form = (forms.get(f"{tool.verb}_many", "") if tool.noun.endswith("s") else "") or forms.get(tool.verb, "")
    if not form:
        known = tool.verb in lexicon.words["goal_verbs"]
        form = f"{tool.verb} {{your}}" if known else "get help with {your}"
    bare = tool.noun or tool.name.replace("_", " ")
    return Goal(form.format(a=with_article(bare, lexicon), your=f"your {bare}", bare=bare), (tool.name,))


def with_article(noun: str, lexicon: Lexicon) -> str:
    if (
        noun.endswith("s")
        and not noun.endswith(("ss", "us"))
        or noun.split()[-1] in lexicon.tables["grammar"]["uncountable"]
    ):
        return noun
    return f"{'an' if noun[:1] in 'aeiou' else 'a'} {noun}"


def _from_duties(statements: Iterable[Statement], lexicon: Lexicon) -> Iterator[Goal]:
    duties = lexicon.tables["duty_goals"]
    for statement in statements:
        if statement.kind not in ("identity", "step", "fact", "context", "permission"):
            continue
        for match in _DUTY.finditer(statement.text):
            verb, rest = match["verb"].lower(), match["rest"].strip()
            if verb in ("help", "assist"):
                rest = _HELP.sub("", " " + rest, count=1).strip()
            for part in re.split(r",\s*(?:and\s+|or\s+)?|\s+and\s+|\s+or\s+", rest):
                phrase = _duty_phrase(verb, part.strip(" ."), lexicon, duties)
                if phrase:
                    yield Goal(phrase, (), statement.section)


def _from_wishes(statements: Iterable[Statement], lexicon: Lexicon) -> Iterator[Goal]:
    """`People ring you to book a room or to ask about their stay`."""
    for statement in statements:
        for match in _WISH.finditer(statement.text):
            for part in re.split(
                r",\s*(?:and\s+|or\s+)?(?=to |whether |what |how |about )|\s+(?:and|or)\s+(?=to |whether |what |how |about )",
                match["rest"],
            ):
                text = re.sub(r"^to know ", "", part.strip())
                opening, _, rest = text.partition(" ")
                phrase = (
                    f"ask about {rest}"
                    if opening == "about"
                    else rest
                    if opening == "to"
                    else f"find out {text}"
                )
                for pattern, replacement in lexicon.views["caller"]:
                    phrase = pattern.sub(replacement, phrase)
                if 2 <= len(phrase.split()) <= 10:
                    yield Goal(phrase, (), statement.section)


def _duty_phrase(verb: str, part: str, lexicon: Lexicon, duties: dict[str, str]) -> str:
    words = part.split()
    if not words or len(words) > 7:
        return ""
    base = _base(words[0].lower(), lexicon)
    if base in lexicon.words["goal_verbs"] and len(words) > 1:
        return " ".join([base, *words[1:]])
    for start in (f"{verb} {part.lower()}", verb):
        for key in sorted(duties, key=len, reverse=True):
            if start.startswith(key):
                rest = f"{verb} {part}"[len(key) :].strip()
                if "{object}" not in duties[key]:
                    return duties[key]
                if rest:
                    return duties[key].format(object=rest)
    return ""
