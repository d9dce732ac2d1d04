"""One plausible value for a parameter and a person, in the shape of its schema."""

from __future__ import annotations

import hashlib
import re
from typing import Any

from evalgen.generation.schemas import pattern_of
from evalgen.generation.values import kind_of, moment_of, plain, words_of
from evalgen.reading.lexicon import Lexicon

DAYS = ("2026-09-14", "2026-09-17", "2026-09-22", "2026-09-25")
_PHONES = ("+15550100142", "+15550100267", "+15550100383", "+15550100495", "+15550100999")
_BIRTHS = ("1984-03-17", "1991-10-02", "1968-06-25", "1976-01-09", "1959-12-30")
PEOPLE = len(_PHONES) - 1
"""Persons are counted from 0; number PEOPLE is the stranger whom no tool knows."""


def person_of(person: int, lexicon: Lexicon) -> tuple[str, str, str, str]:
    """Name, phone, email and date of birth."""
    name = (*lexicon.invented.people, lexicon.invented.stranger)[person]
    return name, _PHONES[person], f"{'.'.join(plain(name).split())}@example.com", _BIRTHS[person]


def digest(text: str, length: int) -> int:
    """A number from the first `length` hexadecimal digits of the text's SHA-256."""
    return int(hashlib.sha256(text.encode()).hexdigest()[:length], 16)


def invented_value(name: str, schema: Any, person: int, lexicon: Lexicon) -> Any:
    """What the person has under the name; what is no schema is read as an empty one."""
    schema = schema if isinstance(schema, dict) else {}
    choices, declared = schema.get("enum"), schema.get("type")
    if isinstance(choices, list) and choices:
        return choices[person % len(choices)]
    if declared == "boolean":
        return person % 2 == 0
    if declared == "array":
        return [invented_value(name, schema.get("items"), person, lexicon)]
    if declared == "object":
        inner = schema.get("properties")
        known = inner if isinstance(inner, dict) else {}
        return {key: invented_value(key, value, person, lexicon) for key, value in known.items()}
    if declared in ("integer", "number"):
        low, high = schema.get("minimum"), schema.get("maximum")
        number = (int(low) if isinstance(low, int | float) else 1) + person
        return min(number, int(high)) if isinstance(high, int | float) else number
    text, pattern = _text(name, schema, person, lexicon), pattern_of(schema)
    if pattern is None or pattern.search(text):
        return text
    return _shaped(pattern.pattern, digest(f"{name}{person}", 8))


def _text(name: str, schema: dict[str, Any], person: int, lexicon: Lexicon) -> str:
    hint = f"{schema.get('format', '')} {schema.get('description', '')}".lower()
    kind, moment = kind_of(name, ""), moment_of(name, schema)
    number = digest(f"{name}{person}", 8)
    if kind in ("name", "phone", "email", "birth_date"):
        known = dict(zip(("name", "phone", "email", "birth_date"), person_of(person, lexicon), strict=True))
        short = kind == "phone" and lexicon.patterns.local_number.search(hint)
        return known[kind][-10:] if short else known[kind]
    if length := lexicon.patterns.digits.search(hint):
        count = lexicon.numbers.get(length["count"], 0) or int(length["count"])
        return f"{number % 10**count:0{count}d}"
    if moment:
        day, hour = DAYS[person % len(DAYS)], f"{9 + person * 2:02d}:30"
        return {"datetime": f"{day}T{hour}:00", "date": day, "time": hour}[moment]
    if kind == "id":
        return f"{'-'.join(words_of(name)[:1])[:4].upper()}-{number % 9000 + 1000}"
    if example := lexicon.patterns.example.search(hint):
        return example["x"].rstrip(".").strip()
    return lexicon.invented.texts[person % len(lexicon.invented.texts)]


MOST_REPEATS = 64


def _shaped(pattern: str, digits: int) -> str:
    """A text for simple patterns such as `^[A-Z]{2}-\\d{6}$`; other patterns are met as far as they go."""
    out = []
    for charset, low in re.findall(r"(\\d|\[[^\]]+\]|[\w -])(?:\{(\d+)(?:,\d*)?\})?", pattern.strip("^$")):
        for place in range(min(int(low or 1), MOST_REPEATS)):
            spin = digits // 10 ** (place % 8)
            if charset == "\\d" or charset.startswith("[0-9"):
                out.append(str(spin % 10))
            elif charset.startswith("["):
                letter = "ABCDEFGHJKLMNPRSTUVWXYZ"[spin % 23]
                out.append(letter if "A" in charset else letter.lower())
            else:
                out.append(charset)
    return "".join(out)
