"""The personalities that every project starts with: a table of languages, and manners as data."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import product
from typing import Any

from evalgen.contract.personalities import PersonalityCreate

PLAIN_LANGUAGES = {
    "en": ("English", "American"),
    "es": ("Spanish", "Mexican"),
    "fr": ("French", "Parisian"),
    "de": ("German", "Standard German"),
    "pt": ("Portuguese", "Brazilian"),
    "it": ("Italian", "Standard Italian"),
    "nl": ("Dutch", "Standard Dutch"),
    "hi": ("Hindi", "Standard Hindi"),
    "ja": ("Japanese", "Tokyo"),
    "ko": ("Korean", "Seoul"),
    "zh": ("Chinese", "Mandarin"),
    "ar": ("Arabic", "Modern Standard"),
    "pl": ("Polish", "Standard Polish"),
    "ru": ("Russian", "Moscow"),
    "sv": ("Swedish", "Standard Swedish"),
    "tr": ("Turkish", "Istanbul"),
}
SPECIAL_LANGUAGES = ("en", "es")


@dataclass(frozen=True, slots=True)
class Manner:
    """How a caller behaves. `settings` are voice settings in the contract's keys."""

    name: str
    prompt: str
    voice: str
    traits: tuple[str, ...]
    settings: dict[str, Any] = field(default_factory=dict)


PLAIN_PROMPT = (
    "You speak clearly at an ordinary pace, answer what you are asked, and let the other side finish."
)

PLAIN = tuple(Manner(f"Normal {voice}", PLAIN_PROMPT, voice, ()) for voice in ("Male", "Female"))

MANNERS = (
    Manner(
        "Interrupter",
        "You cut in before sentences are finished, as soon as you think you know where they lead.",
        "Male",
        ("interrupts",),
        {"interruption_level": "high"},
    ),
    Manner(
        "Slow Speaker",
        "You speak slowly and leave long pauses between and inside your sentences.",
        "Female",
        ("slow",),
        {"speed": 0.75, "start_speaking_plan": 1.5},
    ),
    Manner(
        "Background Noise",
        "You call from a busy café: now and then you miss a word and ask for it again.",
        "Male",
        ("noisy",),
        {"background_noise": "cafe", "background_sound_volume": {"base": 0.3, "reduced": 0.2}},
    ),
    Manner(
        "Impatient",
        "You are short of time, give curt answers, and say so when something takes long or is asked twice.",
        "Female",
        ("impatient", "fast"),
        {"speed": 1.15, "interruption_level": "medium"},
    ),
    Manner(
        "Elderly and Hesitant",
        "You are in your eighties, think aloud, search for words, and want things repeated slowly.",
        "Male",
        ("elderly", "hesitant", "slow"),
        {"speed": 0.85, "start_speaking_plan": 1.2},
    ),
    Manner(
        "Bad Line",
        "Your connection drops syllables: you hear parts of sentences only and check what you understood.",
        "Female",
        ("bad_line",),
        {"network_simulation": {"packet_loss_percent": 8, "jitter_ms": 80}},
    ),
)


def seeded_personalities() -> list[PersonalityCreate]:
    """The plain ones of each language first, so that a language's default is its first one."""
    pairs = [*product(PLAIN_LANGUAGES, PLAIN), *product(SPECIAL_LANGUAGES, MANNERS)]
    return [_personality(language, manner) for language, manner in pairs]


def _personality(language: str, manner: Manner) -> PersonalityCreate:
    language_name, accent = PLAIN_LANGUAGES[language]
    return PersonalityCreate.model_validate(
        {
            "name": manner.name if language == "en" else f"{manner.name} ({language_name})",
            "prompt": manner.prompt,
            "language": language,
            "accent": accent,
            "voice_model": "eleven_multilingual_v2",
            "voice_id": f"{language}-{manner.voice.lower()}",
            "background_noise": "off",
            "interruption_level": "none",
            "speed": 1.0,
            "traits": list(manner.traits),
            **manner.settings,
        }
    )
