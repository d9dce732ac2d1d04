"""How well prompts are read: the reader against the statements labelled by hand in `tests/reading_labels`.

`python -m benchmarks.reading` prints the shares that are right, by prompt, and then every misreading of the
prompts that the rules were made with.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from evalgen.reading.blocks import blocks_of
from evalgen.reading.lexicon import lexicon_of
from evalgen.reading.limits import Limit
from evalgen.reading.statements import Statement, statements_of

LABELS = Path(__file__).parents[1] / "tests" / "reading_labels"
UNSEEN = LABELS / "unseen"
"""Prompts that nobody looked at while the rules were written; their misreadings are not printed."""

MEASURES = ("kind", "split", "limits", "kept")
_TOOL = re.compile(r"\b[a-z]+(?:_[a-z]+)+\b")
_NO_CONTENT = frozenset(
    ["a", "an", "the", "then", "so", "and", "to", "el", "la", "los", "las", "un", "una", "y", "entonces"]
)


@dataclass(frozen=True, slots=True)
class Label:
    """One sentence of a prompt as a person reads it; `limits` are (side, value, unit)."""

    line: int
    text: str
    kind: str
    trigger: str
    consequence: str
    limits: tuple[tuple[str, float, str], ...]


@dataclass(frozen=True, slots=True)
class Judgement:
    """One thing that the reader got right or not. `measure` is one of MEASURES."""

    prompt: str
    label: Label
    measure: str
    right: bool
    read: str


def judgements(folder: Path = LABELS) -> list[Judgement]:
    """Every label of every prompt in a folder, judged by each measure that applies to it."""
    return [found for path in sorted(folder.glob("*.json")) for found in _of_prompt(path)]


def share(found: Sequence[Judgement], measure: str) -> float:
    """The share that is right, from 0 to 1; 1 where nothing was to be judged."""
    right = [judgement.right for judgement in found if judgement.measure == measure]
    return sum(right) / len(right) if right else 1.0


def _of_prompt(path: Path) -> Iterator[Judgement]:
    document = json.loads(path.read_text("utf-8"))
    prompt = path.with_suffix(".txt").read_text("utf-8")
    tools = dict.fromkeys(_TOOL.findall(prompt))
    lexicon = lexicon_of(document["language"])
    statements = statements_of(blocks_of(prompt, lexicon), tools, lexicon)
    for entry in document["statements"]:
        limits = tuple((limit["side"], limit["value"], limit["unit"]) for limit in entry["limits"])
        label = Label(**{**entry, "limits": limits})
        near = [s for s in statements if s.lines[0] <= label.line <= s.lines[1]]
        read = max(near, key=lambda s: _overlap(s.text, label.text), default=None)
        for measure, right, seen in _judged(label, read, near):
            yield Judgement(path.stem, label, measure, right, seen)


def _judged(
    label: Label, read: Statement | None, near: Sequence[Statement]
) -> Iterator[tuple[str, bool, str]]:
    kept = set(_words(label.text)) <= {
        word for s in near for text in (s.text, *s.section, *s.tools) for word in _words(text)
    }
    yield "kept", kept, " / ".join(s.text for s in near)
    yield "kind", read is not None and read.kind == label.kind, read.kind if read else ""
    if label.kind in {"condition", "order"}:
        right = (
            read is not None
            and same_words(read.trigger, label.trigger)
            and same_words(read.consequence, label.consequence)
        )
        yield "split", right, f"{read.trigger} => {read.consequence}" if read else ""
    for limit in label.limits:
        found = read.limits if read else ()
        yield (
            "limits",
            any(same_limit(f, limit) for f in found),
            ", ".join(f"{f.side} {f.value:g} {f.unit}" for f in found),
        )


def same_words(one: str, other: str) -> bool:
    """Whether two parts of one sentence have the same content words, whatever articles stand between."""
    return _words(one) == _words(other)


def same_limit(limit: Limit, label: tuple[str, float, str]) -> bool:
    """Whether side, value and unit agree; a unit may be singular in one of them."""
    side, value, unit = label
    counted = limit.money if unit == "money" else limit.unit.rstrip("s") == unit.rstrip("s")
    return limit.side == side and limit.value == value and counted


def _words(text: str) -> list[str]:
    return [word for word in re.findall(r"\w+", text.lower()) if word not in _NO_CONTENT]


def _overlap(statement: str, label: str) -> float:
    one, other = set(_words(statement)), set(_words(label))
    return len(one & other) / max(len(one | other), 1)


def table(found: Sequence[Judgement], title: str = "") -> Table:
    """The shares by prompt and over all."""
    shown = Table("prompt", "statements", *MEASURES, title=title or None)
    prompts = list(dict.fromkeys(judgement.prompt for judgement in found))
    for name, names in [*((prompt, {prompt}) for prompt in prompts), ("all", set(prompts))]:
        of_prompt = [judgement for judgement in found if judgement.prompt in names]
        count = sum(judgement.measure == "kind" for judgement in of_prompt)
        shown.add_row(name, str(count), *(f"{share(of_prompt, measure):.3f}" for measure in MEASURES))
    return shown


def main() -> None:
    console = Console(highlight=False)
    found = judgements()
    console.print(table(found), table(judgements(UNSEEN), "unseen"))
    for judgement in sorted((j for j in found if not j.right), key=lambda j: MEASURES.index(j.measure)):
        label = judgement.label
        wanted = {
            "kind": label.kind,
            "split": f"{label.trigger} => {label.consequence}",
            "limits": ", ".join(f"{side} {value:g} {unit}" for side, value, unit in label.limits),
            "kept": "",
        }[judgement.measure]
        console.print(f"{judgement.measure}  {judgement.prompt}.txt:{label.line}  {escape(label.text)}")
        console.print(f"    is   {escape(wanted)}\n    read {escape(judgement.read)}")


if __name__ == "__main__":
    main()
