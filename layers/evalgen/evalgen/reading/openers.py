"""Cases at the front: `If …, do …`, `Before noon call …`."""

from __future__ import annotations

from collections.abc import Sequence

from evalgen.reading.instructions import FAR, starts_instruction
from evalgen.reading.lexicon import Lexicon
from evalgen.reading.limits import placed_limits
from evalgen.reading.splits import Split, outside
from evalgen.reading.subjects import Token, tokens_of, verb_at

_OWNING = ("'s", "’s", "s'", "s’")


def opened(opener: str, rest: str, lexicon: Lexicon) -> Split | None:
    """`If …, do …`, or `If …:` over a list."""
    phrase = opener in lexicon.words.phrase_openers
    if cut := _boundary(rest, lexicon, opener if phrase else ""):
        consequence = lexicon.patterns.then.sub("", rest[cut[1] :].strip()).strip(" ,:")
        return Split(rest[: cut[0]].strip(" ,:"), consequence, opener)
    return Split(rest.rstrip(": "), "", opener) if rest.endswith(":") else None


def _boundary(rest: str, lexicon: Lexicon, phrase: str) -> tuple[int, int] | None:
    """Where the trigger ends and the consequence starts: the break before an instruction, else the first.

    With a `phrase` opener (before, for …), which also opens plain phrases, an instruction has to follow, or
    the phrase has to name a case; no comma need stand between.
    """
    first: tuple[int, int] | None = None
    second: tuple[int, int] | None = None
    last: tuple[int, int] | None = None
    for match in outside(rest, lexicon.patterns.clause_break.finditer(rest)):
        if match.start() == 0:
            continue
        last = cut = (match.start(), match.end())
        tail = rest[cut[1] : cut[1] + FAR]
        if starts_instruction(tail, lexicon):
            if tail.split(maxsplit=1)[0].lower() not in lexicon.words.conjunctions:
                return cut
            if unmarked := _unmarked(phrase, rest[: cut[0]], lexicon) if phrase else None:
                return unmarked
            second = second or cut
            continue
        opening, *others = tail.lower().split()
        if first is None and len(others) >= 2 and opening not in lexicon.words.conjunctions:
            first = cut if not phrase or verb_at(tokens_of(tail), 0, lexicon) is not None else None
    if second or not phrase:
        return second or first or (None if rest.endswith(":") else last)
    if first:
        trigger = rest[: first[0]]
        clause = (
            phrase not in lexicon.words.loose_openers or verb_at(tokens_of(trigger), 1, lexicon) is not None
        )
        return first if clause or _names_case(phrase, trigger, lexicon) else None
    return _unmarked(phrase, rest, lexicon)


def _names_case(opener: str, trigger: str, lexicon: Lexicon) -> bool:
    """Whether a phrase picks a case, so that what holds then need not be an instruction."""
    happened = opener in lexicon.words.afterwards and lexicon.patterns.case.search(trigger)
    happened = happened or lexicon.patterns.occasion.match(trigger)
    limited = bool(placed_limits(f"{opener} {trigger}", lexicon))
    certain = opener in lexicon.words.case_openers | lexicon.words.only_joints
    certain = certain or _has_clause(tokens_of(trigger), lexicon)
    return certain or bool(happened) or limited


def _has_clause(tokens: Sequence[Token], lexicon: Lexicon) -> bool:
    """Whether a clause tells which thing a phrase is about: `for anyone who …`."""
    return any(token.word in lexicon.words.relatives for token in tokens[1:3])


def _unmarked(opener: str, rest: str, lexicon: Lexicon) -> tuple[int, int] | None:
    """Where a phrase without a comma ends: before an imperative, `may you`, or the subject of a clause.

    The first nouns of a phrase with a clause in it (`a quien …`, `anyone who …`) are the objects of its verb.
    """
    tokens = tokens_of(rest)
    acting = opener.rsplit(maxsplit=1)[-1] in lexicon.words.free_relatives or _has_clause(tokens, lexicon)
    found: tuple[int, int] | None = None
    for index in range(1, len(tokens) - 1):
        token, before, behind = tokens[index], tokens[index - 1].word, tokens[index + 1].word
        if before in lexicon.words.no_verb_after | lexicon.words.pronouns or before.endswith(_OWNING):
            continue
        cut = (token.start, token.start)
        if lexicon.patterns.inverted.match(rest, token.start):
            return cut
        if lexicon.patterns.modifier.search(before):
            continue
        if lexicon.verbs.base_of(token.word) and (behind in lexicon.words.object_words or "_" in behind):
            return cut
        if (
            lexicon.patterns.new_clause.match(rest, token.start)
            and (token.word in lexicon.words.finite or verb_at(tokens[index:], 1, lexicon) is not None)
            and _names_case(opener, rest[: token.start], lexicon)
        ):
            found = cut
            if not (acting and token.word in lexicon.words.determiners):
                break
    return found
