"""The reader against the statements labelled by hand in `tests/reading_labels`; `-s` prints the table."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import get_args

import pytest
from rich.console import Console

from benchmarks.reading import LABELS, UNSEEN, Judgement, judgements, same_limit, same_words, share, table
from evalgen.reading.kinds import Kind
from evalgen.reading.limits import Limit

FLOORS = {
    LABELS: {"kind": 0.987, "split": 0.986, "limits": 0.99, "kept": 1.0},
    UNSEEN: {"kind": 0.77, "split": 0.77, "limits": 0.88, "kept": 1.0},
}
MEASURED = [(folder, measure) for folder, floors in FLOORS.items() for measure in floors]
PROMPTS = sorted(LABELS.rglob("*.txt"))
NO_SENTENCE = re.compile(r"#.*|\[[^\]]*\]|</?\w[^>]*>|[A-Z ]+")


@pytest.fixture(scope="module")
def found() -> dict[Path, list[Judgement]]:
    judged = {folder: judgements(folder) for folder in FLOORS}
    Console(width=100).print(*(table(of_folder, folder.name) for folder, of_folder in judged.items()))
    return judged


@pytest.mark.parametrize(("folder", "measure"), MEASURED, ids=lambda part: getattr(part, "name", part))
def test_the_reader_is_right_about_no_smaller_share_than_before(
    found: dict[Path, list[Judgement]], folder: Path, measure: str
) -> None:
    assert share(found[folder], measure) >= FLOORS[folder][measure]


def test_the_set_has_six_hundred_statements_of_twenty_prompts_in_two_languages() -> None:
    documents = [json.loads(path.with_suffix(".json").read_text("utf-8")) for path in PROMPTS]
    assert sum(len(document["statements"]) for document in documents) >= 600
    assert len(PROMPTS) >= 20
    assert sum(document["language"] == "es" for document in documents) >= 4


@pytest.mark.parametrize("path", PROMPTS, ids=lambda path: path.stem)
def test_every_sentence_of_a_prompt_is_labelled_at_its_line(path: Path) -> None:
    lines = path.read_text("utf-8").splitlines()
    labels = json.loads(path.with_suffix(".json").read_text("utf-8"))["statements"]
    labelled = {word for label in labels for word in _words(label["text"])}
    for line in lines:
        if not NO_SENTENCE.fullmatch(line.strip()):
            assert set(_words(re.sub(r"<[^>]*>|^\s*(?:\d[\d.]*|[a-z]\.)\s", "", line))) <= labelled, line
    for label in labels:
        assert _words(label["text"])[0] in _words(lines[label["line"] - 1])
        assert label["kind"] in get_args(Kind)
        assert (label["trigger"] != "") == (label["kind"] in {"condition", "order"})
        for part in ("trigger", "consequence"):
            assert set(_words(label[part])) <= set(_words(label["text"]))


def test_parts_of_sentences_agree_whatever_articles_and_marks_stand_between() -> None:
    assert same_words("the caller has no card,", "Caller has no card")
    assert not same_words("the caller has a card", "the caller has no card")


def test_limits_agree_in_side_value_and_unit() -> None:
    read = Limit("at_most", 2.0, "day", False, "within 2 day")
    assert same_limit(read, ("at_most", 2.0, "days"))
    assert not same_limit(read, ("at_least", 2.0, "days"))
    assert not same_limit(read, ("at_most", 3.0, "days"))
    assert not same_limit(read, ("at_most", 2.0, "money"))


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())
