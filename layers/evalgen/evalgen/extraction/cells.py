"""A cell's value as a workbook shows it, by its number format."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

_CURRENCY = re.compile(r"\[\$([^\]-]*)(?:-[^\]]*)?\]")
_LITERAL = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|\[[^\]]*\]')
_PLAIN = re.compile(r"^(?P<before>[^0#?]*)(?P<digits>[0#?,]*[0#?](?:\.[0#?]+)?)(?P<after>[^0#?]*)$")
_KEPT = {"0": "\ue000", "#": "\ue001", "?": "\ue002", ".": "\ue003", ",": "\ue004", "%": "\ue005"}
"""Signs of a format that stand in a literal there, so that they are not taken for places of digits."""


def shown(value: Any, number_format: str) -> str:
    """Empty for no value; dates as ISO 8601, whatever the format, since 3/4 is two days."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.isoformat("minutes")
    if isinstance(value, timedelta):
        minutes = int(value.total_seconds() // 60)
        return f"{minutes // 60}:{minutes % 60:02}"
    if isinstance(value, int | float):
        return _number(value, number_format or "General")
    return " ".join(str(value).split())


def _number(value: float, number_format: str) -> str:
    section = _section(number_format, value)
    if section.strip().lower() in ("general", "@", ""):
        return _general(value)
    literal = _CURRENCY.sub(lambda m: _kept(m[1]), section)
    literal = _LITERAL.sub(lambda m: _kept(m[1] or m[2] or ""), literal)
    if (match := _PLAIN.match(literal)) and not re.search(r"[eE][+-]", literal):
        text = match["before"] + _digits(value, match["digits"], "%" in literal) + match["after"]
    elif (
        re.search(r"[0#]", literal)
        and "." not in literal
        and "/" not in literal
        and float(value).is_integer()
    ):
        text = _mask(literal, str(abs(int(value))))
    else:
        return _general(value)
    return _unkept(text).strip()


def _section(number_format: str, value: float) -> str:
    """The part of the format for this value, by its sign or its condition."""
    sections = number_format.split(";")
    condition = re.match(r"^\[(<=?|>=?|=)(\d+)\]", sections[0])
    if condition and len(sections) > 1:
        bound = float(condition[2])
        holds = {
            "<": value < bound,
            "<=": value <= bound,
            ">": value > bound,
            ">=": value >= bound,
            "=": value == bound,
        }
        return sections[0] if holds[condition[1]] else sections[1]
    return sections[0]


def _digits(value: float, places: str, percent: bool) -> str:
    whole, _, decimals = places.partition(".")
    number = Decimal(str(value)) * (100 if percent else 1)
    rounded = number.quantize(Decimal(1).scaleb(-len(decimals)), ROUND_HALF_UP)
    text = f"{abs(rounded):,f}" if "," in whole else f"{abs(rounded):f}"
    front, _, back = text.partition(".")
    least = whole.count("0")
    back = back.rstrip("0").ljust(decimals.count("0"), "0") if "#" in decimals else back
    front = front.rjust(least, "0") if "," not in whole else front
    return f"{'-' if rounded < 0 else ''}{front}{'.' if back else ''}{back}"


def _mask(literal: str, digits: str) -> str:
    """Digits put into the places of the format from the right: 00000-0000, ###-####."""
    out: list[str] = []
    left = list(digits)
    for sign in reversed(literal):
        if sign in "0#?":
            out.append(left.pop() if left else "0" if sign == "0" else "")
        else:
            out.append(sign)
    return "".join([*left, *reversed(out)])


def _general(value: float) -> str:
    if float(value).is_integer() and abs(value) < 1e15:
        return str(int(value))
    return f"{value:.10g}"


def _kept(text: str) -> str:
    return "".join(_KEPT.get(sign, sign) for sign in text)


def _unkept(text: str) -> str:
    for sign, kept in _KEPT.items():
        text = text.replace(kept, sign)
    return text
