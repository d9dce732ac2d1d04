"""Values in words: a day, an hour, an entry that somebody points to."""

from __future__ import annotations

import re
from datetime import datetime
from functools import cache
from typing import Any

from num2words import num2words

from evalgen.generation.values import kind_of
from evalgen.reading.tool_names import spoken
from evalgen.writing.phrases import Phrases

MOST_FIELDS, MOST_FIELD_WORDS = 2, 6
_SKIP = re.compile(
    r"^(?:status|type|kind|notes?|description|created|updated|currency|duration"
    r"|estado|tipo|notas?|descripcion|moneda|duracion)",
    re.IGNORECASE,
)
_TELLING = re.compile(
    r"name|title|product|model|service|plan|room|make|tariff|treatment|item"
    r"|nombre|titulo|modelo|servicio|habitacion|tarifa|tratamiento|articulo",
    re.IGNORECASE,
)
_OWN_NAME = re.compile(r"make|model|title|modelo|marca|titulo", re.IGNORECASE)
_CODE = re.compile(r"^(?=.*\d)[\w-]+$")
_PERSON = re.compile(
    r"^(?:Dr|Dra|Mr|Mrs|Ms|Sr|Sra)\.? |doctor|provider|agent|driver|technician|stylist|with"
    r"|^(?:dentista|medico|tecnico|conductor|peluquer[oa])$",
    re.IGNORECASE,
)
_HOUR = re.compile(r"\d\d:\d\d")


def spoken_day(text: str, phrases: Phrases) -> str:
    """`2026-07-08` as `July 8` in the language's way."""
    day, times = datetime.fromisoformat(text[:10]), phrases.times
    return times.day.format(month=times.months[day.month - 1], day=day.day, year=day.year)


@cache
def _number(value: int, language: str) -> str:
    return str(num2words(value, lang=language))


def spoken_hour(text: str, phrases: Phrases) -> str:
    """`14:15` as `two fifteen PM`, or as it is where the language counts to 24."""
    hour, minute, times = int(text[:2]), int(text[3:5]), phrases.times
    form = times.past if minute >= 10 else times.just_past if minute else times.on_the_hour
    words = times.words
    return form.format(
        clock=text[:5],
        hour=_number(hour % 12 or 12, phrases.language) if words else hour,
        minute=_number(minute, phrases.language) if words else minute,
        half=times.morning if hour < 12 else times.afternoon,
    )


def described(item: dict[str, Any], noun: str, phrases: Phrases) -> str:
    """An entry of an answer by what sets it apart for a listener: `the nine AM slot with Dr. Lee`.

    A `time` among its values stands for a moment whose day is clear already.
    """
    forms = phrases.entries
    parts = {"hour": "", "when": "", "kind": "", "rest": ""}
    amounts: list[str] = []
    used, named = 0, False
    for key, value in sorted(item.items(), key=lambda entry: not _TELLING.search(entry[0])):
        kind, text = kind_of(key, value), str(value)
        if kind == "datetime":
            parts["hour"] = forms.hour.format(hour=spoken_hour(text[11:], phrases))
            parts["when"] = forms.day.format(day=spoken_day(text, phrases))
        elif kind == "date" and not parts["when"]:
            parts["when"] = forms.day.format(day=spoken_day(text, phrases))
        elif kind == "time" and _HOUR.match(text):
            parts["hour"] = forms.hour_alone.format(hour=spoken_hour(text, phrases))
        elif used == MOST_FIELDS or _SKIP.match(key) or len(text.split()) > MOST_FIELD_WORDS:
            continue
        elif kind in ("money", "number"):
            amounts.append(forms.amount.format(key=spoken(key, phrases.lexicon), value=value))
        elif kind in ("text", "name") and not _CODE.match(text):
            if _PERSON.match(text) or _PERSON.match(key):
                parts["rest"] += forms.person.first(text)
                used += 1
            elif kind == "text" and not parts["kind"]:
                parts["kind"] = (forms.name if text[:1].isupper() else forms.kind).format(value=text)
                named = named or (text[:1].isupper() and _OWN_NAME.search(key) is not None)
                used += 1
    if not any(parts.values()):
        parts["rest"] = amounts[0] if amounts else ""
    nouns = phrases.lexicon.nouns
    named = named or parts["kind"].split()[-1:] == [noun]
    form = forms.named if named else forms.one
    text = form.format(noun=noun, the_noun=nouns.the(noun), **parts)
    return " ".join(text.split()).replace(" ,", ",")


def plain(value: Any, phrases: Phrases) -> str:
    """A value as an outcome states it."""
    text, kind = str(value), kind_of("", value)
    if kind == "datetime":
        hour = spoken_hour(text[11:], phrases)
        return phrases.times.moment.format(day=spoken_day(text, phrases), hour=hour)
    return phrases.times.date.format(day=spoken_day(text, phrases)) if kind == "date" else text
