"""The words of goals: what somebody wants who has something done to a thing."""

from __future__ import annotations

from collections.abc import Iterator

from evalgen.reading.lexicon import Lexicon
from evalgen.reading.tool_names import english_of
from evalgen.reading.tools import ToolModel

MOST_THING_WORDS = 3


def wanted_of_tool(tool: ToolModel, lexicon: Lexicon) -> str:
    """What somebody wants for whom the agent uses the tool."""
    return wanted(tool.action, tool.verb, tool.noun or tool.name.replace("_", " "), lexicon)


def wanted(action: str, verb: str, noun: str, lexicon: Lexicon) -> str:
    """What somebody wants to whose `noun` this is done; `action` is the verb in English."""
    forms, nouns = lexicon.tool_goals, lexicon.nouns
    form = forms.get(f"{action}_many", "") if nouns.is_plural(noun) else ""
    form = form or forms.get(action, "")
    if not form:
        known = verb in lexicon.words.goal_verbs
        form = lexicon.templates.known_goal if known else lexicon.templates.help_goal
    return form.format(a=nouns.one(noun), the=nouns.the(noun), your=nouns.your(noun), bare=noun, verb=verb)


def wanted_of_task(text: str, lexicon: Lexicon) -> str:
    """`takes orders for pickup` or `freeze memberships` as what its caller wants, or nothing."""
    verb, _, rest = text.strip().partition(" ")
    base = base_of_goal(lexicon.verbs.from_third(verb.lower()), lexicon)
    start = f"{base} {rest}".lower()
    for goal in duty_goals(start, start, lexicon):
        return goal
    if base not in lexicon.words.goal_verbs or base in lexicon.words.agent_verbs or not rest:
        return ""
    bare = lexicon.patterns.determined.sub("", rest).strip()
    if not bare or len(bare.split()) > MOST_THING_WORDS:
        return ""
    return wanted(english_of(base), base, lexicon.nouns.singular(bare), lexicon)


def duty_goals(start: str, text: str, lexicon: Lexicon) -> Iterator[str]:
    """What callers want of whoever has a duty that `start` begins with, the longest first.

    `text` tells the thing behind the duty; without one that is needed, the goal is empty.
    """
    for duty in sorted(lexicon.duty_goals, key=len, reverse=True):
        if start.startswith(duty):
            form, thing = lexicon.duty_goals[duty], text[len(duty) :].strip()
            yield form.format(object=thing) if thing or "{object}" not in form else ""


def bare_heading(heading: str, lexicon: Lexicon) -> str:
    """A heading without what numbers it and what only says that it is one: `Step 2: …`, `… playbook`."""
    return lexicon.patterns.heading_tail.sub("", lexicon.patterns.heading_prefix.sub("", heading))


def base_of_goal(word: str, lexicon: Lexicon) -> str:
    """`booking` and `cancelling` as `book` and `cancel`."""
    candidates = lexicon.verbs.from_noun(word)
    return next((c for c in candidates if c in lexicon.words.goal_verbs), word)
