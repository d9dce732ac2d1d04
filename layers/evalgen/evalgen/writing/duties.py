"""Rules of the prompt as duties of the agent, in words of our own."""

from __future__ import annotations

import re
from dataclasses import dataclass

from evalgen.planning.plan import Duty
from evalgen.reading.acts import for_reader
from evalgen.reading.instructions import starts_instruction
from evalgen.reading.lexicon import Lexicon
from evalgen.writing.rewording import copied, own_words, runs_of, shortened

MOST_TRIGGER_WORDS = 16
_MARKUP = re.compile(r"[{}<>|\[\]#=_]|https?:")
_BRACKETS = re.compile(r"\([^()]*\)")
_LABEL = re.compile(r"^(?:\S+ ){0,2}\S+:")
_DASH = re.compile(r"\s*(?:—|–)\s*")


@dataclass(frozen=True, slots=True)
class Rule:
    """`form` names how the outcome states it: must, must_not, may, fact or holds, or one with a trigger."""

    form: str
    duty: str
    trigger: str = ""


def rule_of(duty: Duty, lexicon: Lexicon, tool_words: dict[str, str], again: dict[str, str]) -> Rule | None:
    """A duty seen from the reader's side; None where its words do not make one.

    `again` has the words that repeat a form's verb between the parts of a long duty.
    """
    source = runs_of(f"{duty.trigger} {duty.text}") | runs_of(f"{duty.text} {duty.opener} {duty.trigger}")
    text = _bare(duty.text, tool_words, lexicon)
    form, body = ("fact", _lower(text)) if duty.answer else _form(text, lexicon)
    whole = for_reader(body, lexicon)
    body = own_words(
        shortened(whole, lexicon),
        source,
        lexicon,
        again.get(form, ""),
        lexicon.templates.or_word if form == "must_not" else lexicon.templates.and_word,
    )
    if form == "must":
        body = lexicon.views.joined.everywhere(body)
    if len(body.split()) < 3 or not _sound(body, lexicon):
        return None
    states = form in ("holds", "fact")
    if states and (len(body.split()) < len(whole.split()) or _LABEL.match(body)):
        return None  # half a statement may say something else, and a label states nothing
    trigger = for_reader(_bare(duty.trigger, tool_words, lexicon), lexicon)
    if not _tellable(trigger, duty, lexicon):
        return Rule(form, body)
    if duty.opener in lexicon.words.kept_openers:
        whole = f"{body} {duty.opener} {_lower(trigger)}"
        return Rule(form, whole if copied(whole, source) is None else body)
    if copied(trigger, source) is not None:
        return Rule(form, body)
    clause = duty.opener in lexicon.words.clause_openers or _is_clause(trigger, lexicon)
    state = not duty.opener and lexicon.patterns.state_label.match(trigger)
    kind = "when" if clause else "state" if state else "faced"
    form = {"must": kind, "must_not": f"{kind}_not", "holds": f"{kind}_holds"}.get(form, form)
    return Rule(form, body, _lower(trigger))


def _is_clause(trigger: str, lexicon: Lexicon) -> bool:
    """Whether the trigger has a verb of its own: `a tool fails`, `caller gives a range`."""
    has_third = any(word in lexicon.verbs.thirds for word in trigger.lower().split()[1:2])
    return has_third or lexicon.patterns.clause.search(trigger) is not None


def _tellable(trigger: str, duty: Duty, lexicon: Lexicon) -> bool:
    """Whether a duty can be told with its condition."""
    short = 0 < len(trigger.split()) <= MOST_TRIGGER_WORDS
    return short and duty.opener not in lexicon.words.dropped_openers and _sound(trigger, lexicon)


def _bare(text: str, tool_words: dict[str, str], lexicon: Lexicon) -> str:
    """Without brackets, and with tools by what they do."""
    text, templates = _BRACKETS.sub("", text), lexicon.templates
    for name, words in tool_words.items():
        if name in text:
            told = words.replace("\\", r"\\")
            behind = templates.tool_named.format(before=r"\g<before>")
            for pattern, instead in (
                (templates.tool_use, told),
                (templates.tool_by_which, templates.by_tool),
                (templates.tool_by, ""),
                (templates.tool_behind, behind),
            ):
                text = re.sub(pattern.replace("TOOL", re.escape(name)), instead, text, flags=re.IGNORECASE)
            text = text.replace(name, words)
    return " ".join(_DASH.sub(", ", text).split()).strip(" .;:,")


def _form(text: str, lexicon: Lexicon) -> tuple[str, str]:
    """What kind of duty the text states, and what of it stands behind that kind's `must` or `must not`."""
    text = lexicon.patterns.lead.sub("", lexicon.patterns.agent_subject.sub("", text))
    for form in lexicon.forms:
        if match := form.match.match(text):
            rest = lexicon.verbs.as_duty(_lower(text[match.end() :]))
            return form.form, form.say.format(rest=rest)
    if starts_instruction(text, lexicon) and not lexicon.agent.match(text.split()[0]):
        return "must", lexicon.verbs.as_duty(_lower(text))
    return "holds", _lower(text)


def _sound(text: str, lexicon: Lexicon) -> bool:
    pairs = text.count('"') % 2 == 0 and text.count("(") == text.count(")")
    return pairs and not _MARKUP.search(text) and not lexicon.patterns.unsound.search(text)


def _lower(text: str) -> str:
    """Lower-case the first letter, unless the word is a name or an abbreviation."""
    first = text.split(" ", 1)[0]
    return text if not first or first[1:2].isupper() or first == "I" else text[0].lower() + text[1:]
