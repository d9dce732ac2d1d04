"""Whether words tell the agent what to do."""

from __future__ import annotations

from evalgen.reading.lexicon import Lexicon

FAR = 200
"""Characters in which it shows whether a text is an instruction."""


def starts_instruction(text: str, lexicon: Lexicon) -> bool:
    """Whether the text tells the agent what to do: an imperative, a prohibition, or `you …`."""
    words = [w.strip(',:"“«(').lower() for w in text.split(maxsplit=6)[:6]]
    while words and (words[0] in lexicon.words.adverbs or lexicon.patterns.adverb.search(words[0])):
        words.pop(0)
    if not words:
        return False
    subject = words[1:] if words[0] in lexicon.words.articles else words
    if lexicon.patterns.noun_subject.match(text):
        return False
    return (
        (lexicon.verbs.base_of(words[0]) != "" and words[0] not in lexicon.words.determiners)
        or lexicon.patterns.imperative.match(" ".join(words)) is not None
        or lexicon.cues.prohibitions.match(" ".join(words)) is not None
        or (subject[:1] != [] and subject[0] in lexicon.words.agent and len(subject) > 1)
    )
