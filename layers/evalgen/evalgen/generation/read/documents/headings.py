"""Sentences that only their heading, or the sentence before, says of what they speak."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace

from evalgen.generation.definition import Document
from evalgen.generation.read.documents.columns import NAMED
from evalgen.generation.read.documents.fact import Fact
from evalgen.generation.read.documents.layout import Sentence
from evalgen.generation.read.documents.making import Maker
from evalgen.generation.read.documents.nouns import head_word, is_mass, is_plural
from evalgen.generation.read.documents.rules import Rules
from evalgen.generation.read.grammar import grammar_of

_NUMBERED = re.compile(r"^(?:\d+(?:\.\d+)*[.):]?|[IVX]+[.)]|[A-Z][.)]|§ ?\d+)\s+")
_SHORTEST = 4
"""Letters of a word that says of what a question is."""


class Headings:
    """Says of the facts of one document's sentences what their heading is about."""

    def __init__(self, rules: Rules, maker: Maker, names: Collection[str], document: Document) -> None:
        self._rules, self._maker, self._names = rules, maker, names
        self._data, self._is_prompt = rules.data["headings"], not document.file_name
        self._stem = " ".join(re.findall(r"[^\W\d_]+", document.file_name.rpartition(".")[0]))
        first = next((line for line in document.text.splitlines() if line.strip()), "")
        self._title = first.strip(" #*_=")

    def said(self, fact: Fact, sentence: Sentence) -> Fact:
        """The fact, with what its heading is about where its subject leans on that; unread where the heading
        cannot be said, or it goes on with the sentence before. Prompts have headings for their agents.
        """
        if not fact.sure or self._is_prompt:
            return fact
        goes_on = fact.text[:1].islower() or re.match(self._data["goes_on"], fact.said, re.IGNORECASE)
        if not sentence.leads and goes_on:
            return self._unread(fact, "the sentence goes on with another")
        leans = re.match(self._data["leans" if fact.ask else "leans_unasked"], fact.said, re.IGNORECASE)
        if not sentence.section or not leans:
            return fact
        return self._headed(fact, self._below_title(sentence.section), "the sentence leans on its heading")

    def of_answer(self, fact: Fact) -> Fact:
        """A question of the document, with what its heading is about where it has a thing that only that
        explains: `Does the money expire?`.
        """
        if not fact.sure or not re.search(self._data["explained"], fact.ask, re.IGNORECASE):
            return fact
        return self._headed(fact, self._below_title(fact.section), "the question leans on its heading")

    def of_cell(self, fact: Fact) -> Fact:
        """A cell that is asked for by its column's heading, with what the whole table is about; unread where
        that cannot be said.
        """
        if not fact.sure or fact.because != NAMED:
            return fact
        heading = fact.section or self._stem
        return self._headed(fact, heading, "the table is about something that is not said")

    def _headed(self, fact: Fact, heading: str, because: str) -> Fact:
        """The fact with what a heading is about, unless it says so itself; unread where that is not sure."""
        about = self._about(heading)
        if not about:
            return self._unread(fact, because)
        return fact if _is_within(about, fact.ask or fact.claim) else replace(fact, about=about)

    def _below_title(self, section: str) -> str:
        """The heading, where it is not the whole document's."""
        return "" if section == self._title else section

    def _unread(self, fact: Fact, because: str) -> Fact:
        return self._maker.unread(fact.text, fact.line, because, fact.section)

    def _about(self, heading: str) -> str:
        """What stands behind `a question about`; empty where that is no plain noun."""
        said = _NUMBERED.sub("", heading).strip()
        if not re.match(self._data["usable"], said, re.IGNORECASE):
            return ""
        words = re.findall(r"[\w’'-]+", said)
        if set(words[1:]) & set(self._names) or words[0] in self._names:
            return ""
        plain = said.lower()
        if self._rules.has_verb(plain) or self._rules.speaks_to_reader(plain):
            return ""
        parts = plain.split()
        several = set(parts) & self._rules.words["joining"] or is_plural(plain, self._rules)
        if several or parts[0] in self._rules.words["articles"]:
            return plain
        head = head_word(plain, self._rules)
        if is_mass(head, self._rules) or head in self._rules.words["people"]:
            return plain
        return grammar_of(self._rules.language).the(plain)


def _is_within(about: str, question: str) -> bool:
    """Whether each of its words, but for its ending, stands in the question."""
    words = [word for word in re.findall(r"\w+", about.lower()) if len(word) >= _SHORTEST]
    return all(word[: max(_SHORTEST, len(word) - 3)] in question.lower() for word in words)
