"""What callers say yes or no to, where a deed takes that as a flag: an offer, whether they are a spouse."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evalgen.generation.plan.way import Walk
from evalgen.generation.read.chain import Input, Played
from evalgen.generation.read.grammar import Grammar
from evalgen.generation.read.words import all_words
from evalgen.generation.values import key_words, plain

_BROKEN = re.compile(r"\n(?=[a-z])")
"""Where a sentence goes on in the next line."""
FEWEST_LETTERS = 5
"""Of a word that says what a flag is about: `spouse` of `is_spouse_or_partner`."""


def say_flags(way: Walk, played: Played, grammar: Grammar, prompt: str) -> None:
    """Add a standing answer for each flag that callers choose, or that the prompt has them asked about."""
    flags = [one for one in played.inputs if isinstance(one.value, bool)]
    said = plain(_BROKEN.sub(" ", prompt)) if flags else ""
    for one in flags:
        noun = grammar.words.noun_of(one.key)
        if played.tool.is_told(str(one.where[0])) and noun in said:
            frame = "take_offer_standing" if one.value else "refuse_offer_standing"
            way.script.say(frame, what=grammar.the(noun))
        elif what := next(_asked_whether(one, played, said), ""):
            way.script.say("yes_whether_standing" if one.value else "no_whether_standing", what=what)


def _asked_whether(one: Input, played: Played, prompt: str) -> Iterator[str]:
    """What the schema says that a flag is true of, where the prompt has callers asked whether it is so."""
    telling = [word for word in key_words(one.key) if len(word) >= FEWEST_LETTERS]
    for words in all_words():
        table = words.tables["agent_decides"]
        match = re.search(table["true_of"], played.tool.about(str(one.where[0])))
        asks = (rf"{table['asks_whether']}[^.;:\n]*\b{re.escape(word)}" for word in telling)
        if match and any(re.search(pattern, prompt) for pattern in asks):
            yield match["x"].strip()
