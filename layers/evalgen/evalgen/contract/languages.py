"""The languages that the contract knows: ISO 639-1 codes, and `multi` for agents that speak several."""

from __future__ import annotations

from typing import Literal, get_args

Language = Literal[
    "af", "ar", "bn", "bg", "zh", "cs", "da", "nl", "en", "et", "fi", "fr", "de", "el", "gu", "hi", "he",
    "hu", "id", "it", "ja", "kn", "ko", "ms", "ml", "mr", "multi", "no", "pl", "pa", "pt", "ro", "ru", "sk",
    "es", "sv", "th", "tr", "tl", "ta", "te", "uk", "vi",
]  # fmt: skip

LANGUAGES: tuple[str, ...] = get_args(Language)
