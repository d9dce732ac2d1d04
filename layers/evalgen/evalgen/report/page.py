"""The page: a template with its style and its script inside, allowed by their hashes and nothing else."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup, escape

from evalgen.exports.exported import Scenario, agent_variables, caller_variables, text_of
from evalgen.generation.write.placeholders import REFERENCE, key_in, value_of
from evalgen.report.calls import calls_of
from evalgen.report.lines import LEGEND
from evalgen.report.reported import Reported
from evalgen.report.view import View, family_of, view_of

KINDS = {
    "case": "what holds under a condition",
    "ban": "a prohibition",
    "order": "an order",
    "task": "what people call for",
    "manner": "how to speak",
    "fact": "a fact",
    "identity": "who the agent is",
}
"""Kinds of statements in words; the others need none."""


def report_page(reported: Reported) -> str:
    """One HTML document that loads nothing and may be opened from anywhere."""
    view = view_of(reported)
    return _template().render(
        view=view,
        reported=reported,
        legend=LEGEND,
        data=_data(view),
        style=_part("report.css"),
        script=_part("report.js"),
        policy=policy(),
    )


def policy() -> str:
    """The page's Content-Security-Policy: its own style and script, and no request to anybody."""
    style, script = (_digest(_part(name)) for name in ("report.css", "report.js"))
    return (
        f"default-src 'none'; style-src '{style}'; script-src '{script}'; base-uri 'none'; form-action 'none'"
    )


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("evalgen.report", "page"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    environment.filters |= {
        "calls": calls_of,
        "family": family_of,
        "known": caller_variables,
        "told": agent_variables,
        "text": text_of,
        "json": _json,
        "filled": _filled,
        "steps": _steps,
        "words": lambda name: str(name).replace("_", " "),
    }
    return environment.get_template("report.html")


def _data(view: View) -> dict[str, Any]:
    """What the script needs beside the document, in few bytes: the statements by numbers, and their words."""
    kinds = sorted({one.kind for one in view.said})
    whys = sorted({one.why for one in view.said})
    return {
        "kinds": [KINDS.get(kind, "") for kind in kinds],
        "whys": whys,
        "said": [
            [one.first, one.last, kinds.index(one.kind), one.status, whys.index(one.why), one.scenarios]
            for one in view.said
        ],
    }


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)


def _steps(scenario: Scenario) -> Iterator[str]:
    """The instructions line by line, without their numbers."""
    for line in str(scenario["instructions"]).splitlines():
        number, dot, rest = line.partition(". ")
        yield rest if dot and number.isdigit() else line


def _filled(text: str, scenario: Scenario) -> Markup:
    """The text with the profile's values in it, each marked with the key that it stands for."""
    values = {**agent_variables(scenario), **caller_variables(scenario)}
    shown, end = Markup(), 0
    for match in REFERENCE.finditer(text):
        value = value_of(match, values)
        said = match[0] if value is None else text_of(value)
        shown += escape(text[end : match.start()])
        shown += Markup('<var title="{}">{}</var>').format(key_in(match), said)
        end = match.end()
    return shown + escape(text[end:])


@cache
def _part(name: str) -> Markup:
    text = files("evalgen.report").joinpath("page", name).read_text("utf-8")
    return Markup(text)  # noqa: S704 - a file of ours


def _digest(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
