"""Disguises of a line that is sent in writing, each under the name of its slot."""

from __future__ import annotations

import base64
import codecs

_ALIKE = str.maketrans("aceopxyACEOPX", "асеорхуАСЕОРХ")
_UNSEEN = "\u200b"


def disguises(line: str) -> dict[str, str]:
    """Base64 and ROT13, look-alike letters, invisible characters inside of words, and the two halves."""
    words = line.split()
    middle = (len(words) + 1) // 2
    return {
        "base64": base64.b64encode(line.encode()).decode(),
        "rot13": codecs.encode(line, "rot13"),
        "homoglyph": line.translate(_ALIKE),
        "zero_width": " ".join(_UNSEEN.join(word) for word in words),
        "half_a": " ".join(words[:middle]),
        "half_b": " ".join(words[middle:]),
    }
