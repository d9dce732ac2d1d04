"""A text that a regular expression accepts: the common part of ECMA 262, made without a random source.

What is not understood gives an empty text. The caller checks each text by the schema, so that a construct
which is read too simply (a look-ahead) costs a value and never makes a wrong one.
"""

from __future__ import annotations

import string
from collections.abc import Callable
from dataclasses import dataclass

LONGEST = 60
MOST = 3
"""How often an open-ended repetition is played."""
_CLASSES = {
    "d": string.digits,
    "w": string.ascii_lowercase + string.digits,
    "s": " ",
    "D": string.ascii_letters,
    "W": "-",
    "S": string.ascii_lowercase,
}
_PROPERTIES = {"L": string.ascii_lowercase, "Lu": string.ascii_uppercase, "Ll": string.ascii_lowercase}
_PROPERTIES |= {"N": string.digits, "Nd": string.digits, "Letter": string.ascii_lowercase}
Pick = Callable[[int], int]


class _NotRead(Exception):
    """A construct that is not played."""


def text_for(pattern: str, pick: Pick) -> str:
    """`pick(n)` answers a number below n; the same numbers give the same text. Empty where none is made."""
    try:
        return _Reader(pattern, pick).alternatives()
    except (_NotRead, IndexError, ValueError, RecursionError):
        return ""


@dataclass
class _Reader:
    pattern: str
    pick: Pick
    at: int = 0

    def alternatives(self) -> str:
        found = [self._sequence()]
        while self._next("|"):
            found.append(self._sequence())
        return next((text for text in found if text), "")

    def _sequence(self) -> str:
        text = ""
        while self.at < len(self.pattern) and self.pattern[self.at] not in "|)":
            start = self.at
            one = self._atom()
            end = self.at
            for number in range(self._times()):
                if number == 0:
                    text += one
                else:
                    after, self.at = self.at, start
                    text += self._atom()
                    self.at = after
            self.at = max(self.at, end)
        return text

    def _atom(self) -> str:
        char = self.pattern[self.at]
        self.at += 1
        if char in "^$":
            return ""
        if char == "(":
            return self._group()
        if char == "[":
            return self._one_of(self._set())
        if char == "\\":
            return self._one_of(self._escaped())
        return self._one_of(string.ascii_lowercase) if char == "." else char

    def _group(self) -> str:
        silent = False
        if self._next("?"):
            if self._next("=") or self._next("!") or self._next("<=") or self._next("<!"):
                silent = True
            elif self._next("<") or self._next("P<"):
                self.at = self.pattern.index(">", self.at) + 1
            elif not self._next(":"):
                raise _NotRead
        text = self.alternatives()
        if not self._next(")"):
            raise _NotRead
        return "" if silent else text

    def _set(self) -> str:
        negated, chars = self._next("^"), ""
        while not self._next("]"):
            one = self._set_part()
            if len(one) == 1 and self.pattern[self.at] == "-" and self.pattern[self.at + 1] != "]":
                self.at += 1
                last = self._set_part()
                chars += "".join(chr(code) for code in range(ord(one), min(ord(last), ord(one) + 200) + 1))
            else:
                chars += one
        if negated:
            return "".join(c for c in string.ascii_lowercase + string.digits + " " if c not in chars)
        return chars

    def _set_part(self) -> str:
        char = self.pattern[self.at]
        self.at += 1
        return self._escaped() if char == "\\" else char

    def _escaped(self) -> str:
        char = self.pattern[self.at]
        self.at += 1
        if char in "pP" and self._next("{"):
            end = self.pattern.index("}", self.at)
            name, self.at = self.pattern[self.at : end], end + 1
            if name not in _PROPERTIES or char == "P":
                raise _NotRead
            return _PROPERTIES[name]
        if char in "bB":
            return ""
        if char.isdigit():
            raise _NotRead
        return _CLASSES.get(char, {"t": "\t", "n": "\n"}.get(char, char))

    def _one_of(self, chars: str) -> str:
        preferred = [c for c in chars if c.isalnum()] or list(chars)
        upper = [c for c in preferred if c.isupper() or c.isdigit()]
        kept = upper if upper and any(c.isupper() for c in upper) and len(preferred) > 26 else preferred
        return kept[self.pick(len(kept))] if kept else ""

    def _times(self) -> int:
        least, most = 1, 1
        if self._next("?"):
            least, most = 1, 1
        elif self._next("*") or self._next("+"):
            least, most = 1, MOST
        elif self.at < len(self.pattern) and self.pattern[self.at] == "{":
            end = self.pattern.index("}", self.at)
            low, _, high = self.pattern[self.at + 1 : end].partition(",")
            self.at = end + 1
            least = int(low or 0)
            if least > LONGEST:
                raise _NotRead
            return min(max(least, MOST), int(high)) if high else max(least, 1) if _ else least
        else:
            return 1
        self._next("?")
        return max(least, most)

    def _next(self, text: str) -> bool:
        if self.pattern.startswith(text, self.at):
            self.at += len(text)
            return True
        return False
