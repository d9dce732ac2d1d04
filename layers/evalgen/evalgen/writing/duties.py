"""Rules of the prompt as duties of the agent, in words of our own."""

from __future__ import annotations

import re
from dataclasses import dataclass

from evalgen.planning.plan import Duty
from evalgen.reading.clauses import starts_instruction
from evalgen.reading.lexicon import Lexicon

LONGEST_RUN = 11
MOST_WORDS = 32
_UNSOUND = re.compile(
    r"[{}<>|\[\]#=_]|https?:|\b(?:step \d|above|below|playbook|this section|prompt)\b|\b(?:it|one|them|that|those|so|this)$",
    re.IGNORECASE,
)
_TWO_MODALS = re.compile(r"\b(must) (?:must not|do not|don't|not)\b", re.IGNORECASE)
_CLAUSE = re.compile(
    r"^(?:they|you|it|we|someone|somebody|anyone)\b|\b(?:is|are|was|were|has|have|had|does|do|did|cannot|can|will|[a-z]+s|[a-z]+ed)\s+\S|\b(?:fails?|failed)$",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")


@dataclass(frozen=True, slots=True)
class Rule:
    """`form` names how the outcome states it: must, must_not or holds, with or without a trigger."""

    form: str
    duty: str
    trigger: str = ""


def rule_of(duty: Duty, lexicon: Lexicon, tool_words: dict[str, str], again: dict[str, str]) -> Rule | None:
    """A duty seen from the reader's side; None where its words do not make one.

    `again` has the words that repeat a form's verb between the parts of a long duty.
    """
    source = _source(duty)
    text = _bare(duty.text, tool_words)
    form, body = ("fact", _lower(text)) if duty.answer else _form(text, lexicon)
    body = _own_words(_short(_reader(body, lexicon), lexicon), source, lexicon, again.get(form, ""))
    trigger = _reader(_bare(duty.trigger, tool_words), lexicon)
    if len(body.split()) < 3 or not _sound(body):
        return None
    if (
        not trigger
        or duty.opener in ("until", "unless", "even if", "even when")
        or len(trigger.split()) > 16
        or not _sound(trigger)
    ):
        return Rule(form, body)
    if duty.opener in ("before", "after", "for", "during", "only after", "only if", "only when", "only once"):
        whole = f"{body} {duty.opener} {_lower(trigger)}"
        return Rule(form, whole if _copied(whole, source) is None else body)
    if _copied(trigger, source) is not None:
        return Rule(form, body)
    kind = "when" if _CLAUSE.search(trigger) else "faced"
    return Rule({"must": kind, "must_not": f"{kind}_not"}.get(form, form), body, _lower(trigger))


def _bare(text: str, tool_names: dict[str, str]) -> str:
    """Without brackets, signatures, quotations' tails and tool names."""
    text = re.sub(r"\([^()]*\)", "", text)
    for name, words in tool_names.items():
        text = re.sub(
            rf"\b(?:call|use|invoke|run|calling|using)\s+(?:the\s+)?{re.escape(name)}\b(?:\s+tool)?",
            words,
            text,
            flags=re.IGNORECASE,
        )
        text = text.replace(name, words)
    text = re.sub(r"\s*(?:—|–)\s*", ", ", text)
    return " ".join(text.split()).strip(" .;:,")


def _form(text: str, lexicon: Lexicon) -> tuple[str, str]:
    text = re.sub(
        r"^(?:you|the agent|the assistant|agents?)\s+(?=must|should|may|can|do|never|always|will|need|have to|are)",
        "",
        text,
        flags=re.IGNORECASE,
    )
    text = re.sub(r"^(?:then|and|but|so|otherwise|please|also|instead)[, ]+", "", text, flags=re.IGNORECASE)
    if match := re.match(
        r"^(?:must not|must never|should not|should never|do not|don't|never|cannot|can't|may not|mustn't|shouldn't|avoid|no)\s+",
        text,
        re.IGNORECASE,
    ):
        rest = text[match.end() :]
        if match[0].strip().lower() == "avoid":
            return "must_not", "resort to " + rest if rest.split()[0].endswith("ing") else "allow " + rest
        if match[0].strip().lower() == "no":
            return "holds", _lower(text)
        return "must_not", _lower(rest)
    if match := re.match(r"^(?:must|should|need to|have to|always|will)\s+(?=\w)", text, re.IGNORECASE):
        return "must", _lower(text[match.end() :])
    if match := re.match(r"^(?:may|can)\s+(?=\w)", text, re.IGNORECASE):
        return "may", _lower(text[match.end() :])
    if starts_instruction(text, lexicon) and not lexicon.agent.match(text.split()[0]):
        return "must", _lower(text)
    return "holds", _lower(text)


def _reader(text: str, lexicon: Lexicon) -> str:
    for pattern, replacement in lexicon.views["reader"]:
        text = pattern.sub(replacement, text)
    return text


def _short(text: str, lexicon: Lexicon) -> str:
    """At most MOST_WORDS words, cut where a clause ends."""
    words = text.split()
    if len(words) <= MOST_WORDS:
        return text
    head = " ".join(words[:MOST_WORDS])
    cut = max(head.rfind(", "), head.rfind("; "), head.rfind(" and "), head.rfind(": "))
    return _ended(head[:cut] if cut > len(head) // 3 else head, lexicon)


def _ended(text: str, lexicon: Lexicon) -> str:
    """Without words at the end that cannot end a clause."""
    words = text.strip(" ,;:").split()
    while words and words[-1].lower().strip(",") in lexicon.tables["grammar"]["dangling"]:
        words.pop()
    return " ".join(words).strip(" ,;:")


def _source(duty: Duty) -> set[tuple[str, ...]]:
    words = [w.lower() for w in _WORD.findall(f"{duty.trigger} {duty.text}")]
    return {tuple(words[i : i + LONGEST_RUN]) for i in range(len(words) - LONGEST_RUN + 1)}


def _own_words(text: str, source: set[tuple[str, ...]], lexicon: Lexicon, again: str) -> str:
    """Reworded until no run of LONGEST_RUN words stands in the prompt.

    First its verbs are told apart (`must say … and must offer …`), then other words are taken, then it is cut.
    """
    if again and _copied(text, source) is not None:
        text = re.sub(
            r"(?:,\s*(?:and|then|or)?\s*|\s+(?:and|or)(?: then)?\s+)(?=(\w[\w-]*)\b)",
            lambda m: again if m[1].lower() in lexicon.words["verbs"] else m[0],
            text,
        )
        text = _TWO_MODALS.sub(r"\1 not", text)
    for pattern, replacement in lexicon.views["reword"]:
        if _copied(text, source) is None:
            return text
        text = pattern.sub(replacement, text, count=1)
    while (position := _copied(text, source)) is not None:
        words = text.split()
        stop = min(position + LONGEST_RUN - 1, len(words))
        cut = next((i for i in range(stop, 3, -1) if words[i - 1].endswith((",", ":"))), None)
        if cut is None:
            return ""
        text = _ended(" ".join(words[:cut]), lexicon)
    return text


def _copied(text: str, source: set[tuple[str, ...]]) -> int | None:
    words = [" ".join(_WORD.findall(w)).lower() for w in text.split()]
    flat = [(w, i) for i, group in enumerate(words) for w in group.split()]
    for start in range(len(flat) - LONGEST_RUN + 1):
        if tuple(w for w, _ in flat[start : start + LONGEST_RUN]) in source:
            return flat[start][1]
    return None


def _sound(text: str) -> bool:
    return not _UNSOUND.search(text) and text.count('"') % 2 == 0 and text.count("(") == text.count(")")


def _lower(text: str) -> str:
    """Lower-case the first letter, unless the word is a name or an abbreviation."""
    first = text.split(" ", 1)[0]
    return text if not first or first[1:2].isupper() or first in ("I",) else text[0].lower() + text[1:]
