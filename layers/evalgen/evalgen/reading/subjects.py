"""Where the subject of a statement ends, and whether it picks out a case: `Groups of 10 or more | are …`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from evalgen.reading.lexicon import Lexicon
from evalgen.reading.limits import placed_limits

_TOKEN = re.compile(r"\S+")
_MARKS = '.,:;!?"“”«»()'
_FARTHEST = 30
"""Words of a sentence among which its finite verb is looked for."""
_LONGEST_HEAD = 7
"""Words before the clause or the limit that narrows a subject."""
_LONGEST_NOUN = 4
"""Words of a noun up to the happening, or the participle behind it."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word in small letters without marks, where it begins, and whether a mark closes it."""

    word: str
    start: int
    closed: bool


def tokens_of(text: str) -> list[Token]:
    """The first words of a sentence."""
    found: list[Token] = []
    for match in _TOKEN.finditer(text):
        if len(found) == _FARTHEST:
            break
        found.append(Token(match[0].strip(_MARKS).lower(), match.start(), match[0][-1] in ",;:"))
    return found


def verb_at(tokens: list[Token], first: int, lexicon: Lexicon) -> int | None:
    """The index of the first finite verb of the sentence from `first` on; None where there is none.

    A word behind a pronoun inside the sentence is the verb of a clause in it.
    """
    for index in range(first, len(tokens)):
        word = tokens[index].word
        if _cannot_follow(tokens, index, lexicon):
            continue
        if word in lexicon.words.finite or lexicon.patterns.finite_form.match(word):
            return _with_adverbs(tokens, index, lexicon)
        behind = tokens[index + 1].word if index + 1 < len(tokens) else ""
        if index > 1 and _clitic(word, tokens[index - 1].word, lexicon) and behind in lexicon.verbs.thirds:
            return index
        if index and _agrees(word, tokens[:index], lexicon) and _may_follow(behind, lexicon):
            return _with_adverbs(tokens, index, lexicon)
    return None


def _clitic(word: str, before: str, lexicon: Lexicon) -> bool:
    """Whether a word may be the pronoun of the verb behind it: `las gestiona`."""
    return word in lexicon.words.clitics and before not in lexicon.words.question_heads


def _cannot_follow(tokens: list[Token], index: int, lexicon: Lexicon) -> bool:
    """Whether no verb of the sentence stands behind the word before; behind `than that` one may."""
    words = lexicon.words
    before, earlier = (tokens[i].word if i >= 0 else "" for i in (index - 1, index - 2))
    named = before in words.relatives and earlier in words.no_verb_after
    return (before in words.no_verb_after and not named) or (index > 1 and before in words.pronouns)


def narrowed(text: str, lexicon: Lexicon) -> tuple[str, str] | None:
    """The subject that picks a case and what holds for it, or None where the subject picks none.

    It does so by a clause (`someone who …`), by a limit (`groups of 10 or more`), by what it lacks or what
    was done to it (`parcels sent by sea`), or as a happening (`complaints about staff`).
    """
    tokens = tokens_of(text)
    first = _narrowing_ends(text, tokens, lexicon)
    verb = verb_at(tokens, first, lexicon) if first is not None else None
    if verb is None:
        return None
    start = tokens[verb].start
    return text[:start].strip(" ,"), text[start:].strip()


def _narrowing_ends(text: str, tokens: list[Token], lexicon: Lexicon) -> int | None:
    """From which word on the verb of a narrowed subject is to be looked for."""
    words = [token.word for token in tokens]
    found = verb_at(tokens, 0, lexicon)
    verb = len(tokens) if found is None else found
    if not words or _opens_with_verb(words, lexicon):
        return None
    if lexicon.patterns.reduced.match(text) or words[0] in lexicon.words.free_relatives:
        return 2
    for _, (start, end) in placed_limits(text, lexicon)[:1]:
        index = sum(token.start < start for token in tokens)
        if 0 < index <= min(max(verb, 1), _LONGEST_HEAD) and ":" not in text[:end]:
            return sum(token.start < end for token in tokens)
    for index, word in enumerate(words[: _LONGEST_HEAD + 1]):
        if index and tokens[index - 1].closed:
            break
        if index and index <= verb and word in lexicon.words.relatives:
            return _behind_relative(tokens, index, lexicon)
        if 0 < index < min(verb, _LONGEST_NOUN) and _qualifies(text, tokens, index, lexicon):
            return index + 2
    done = lexicon.patterns.handed_over.match(text[tokens[verb].start :]) if verb < len(tokens) else None
    if done and lexicon.patterns.deed.match(text):
        return verb
    for index, word in enumerate(words[:_LONGEST_NOUN]):
        if index < verb and word in lexicon.words.happenings:
            detailed = words[index + 1 : index + 2] and words[index + 1] in lexicon.words.happening_of
            if detailed or done:
                return index + 2 if detailed else index + 1
    return None


def _behind_relative(tokens: list[Token], index: int, lexicon: Lexicon) -> int:
    """From which word on the sentence goes on behind the verb of a relative clause."""
    words = lexicon.words
    if tokens[index].word in words.owning_relatives:
        verb = verb_at(tokens, index + 2, lexicon)
        return verb + 1 if verb and verb_at(tokens, verb + 1, lexicon) is not None else index + 2
    own = index + 1
    between = words.adverbs | words.negations | words.auxiliaries
    while own < len(tokens) and tokens[own].word in between:
        own += 1
    return own + 1


def _qualifies(text: str, tokens: list[Token], index: int, lexicon: Lexicon) -> bool:
    """Whether the word tells what the noun before it does, lacks or had done to it: `parcels sent by sea`."""
    before = [token.word for token in tokens[:index]]
    one = before[:1] != [] and before[0] in lexicon.words.singular_words
    noun = len(before) > one and (one or lexicon.nouns.singular(before[-1]) != before[-1])
    participle = lexicon.patterns.participle.match(text, tokens[index].start)
    return noun and (tokens[index].word in lexicon.words.lacking or participle is not None)


def _agrees(word: str, before: list[Token], lexicon: Lexicon) -> bool:
    """Whether the word has the form of a verb that the subject before it takes."""
    base = word in lexicon.verbs.bases and word in lexicon.verbs.commands
    third = word in lexicon.verbs.thirds
    return (base or third) and (base if _is_plural(before, lexicon) else third)


def _may_follow(word: str, lexicon: Lexicon) -> bool:
    """Whether a word behind one that looks like a verb lets it be one."""
    adverb = word in lexicon.words.adverbs or lexicon.patterns.adverb.search(word)
    counted = word[:1].isdigit() or word in lexicon.numbers
    return not word or counted or word in lexicon.words.verb_followers or bool(adverb)


def _opens_with_verb(words: list[str], lexicon: Lexicon) -> bool:
    """Whether a sentence without a subject says what somebody does: `Returns the …`."""
    return (
        words[:1] != []
        and words[0] in lexicon.verbs.thirds
        and words[1:2] != []
        and (words[1] in lexicon.words.determiners)
    )


def _with_adverbs(tokens: list[Token], index: int, lexicon: Lexicon) -> int:
    """The adverbs before a verb belong to it."""
    while index > 1 and (
        tokens[index - 1].word in lexicon.words.adverbs
        or lexicon.patterns.adverb.search(tokens[index - 1].word)
    ):
        index -= 1
    return index


def _is_plural(tokens: list[Token], lexicon: Lexicon) -> bool:
    """Whether the subject is many: its first noun decides, or a word such as `every` before it."""
    for token in tokens[:3]:
        if token.word in lexicon.words.singular_words:
            return False
        if token.word in lexicon.words.plural_words or lexicon.nouns.singular(token.word) != token.word:
            return True
    return False
