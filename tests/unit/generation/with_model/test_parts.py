"""A prompt is cut into parts at its own sections, and an edit changes its own part."""

from __future__ import annotations

from dataclasses import replace

from evalgen.generation.read.model import read_agent
from evalgen.generation.with_model.forms import Reading
from evalgen.generation.with_model.parts import LONGEST, parts_of
from evalgen.generation.with_model.reading import Reader
from tests.unit.generation.with_model.reading_kit import AGENT, Careful


def long_prompt(change: str = "") -> str:
    return "\n\n".join(
        f"# Teil {number}\n" + f"Frage im Teil {number} nach der Nummer{change if number == 5 else ''}. " * 40
        for number in range(1, 10)
    )


def test_a_long_prompt_is_read_in_parts_that_end_with_its_sections() -> None:
    prompt = long_prompt()
    parts = list(parts_of(prompt, read_agent(replace(AGENT, description=prompt)).prompt.statements))
    assert "\n".join(part.text for part in parts) == prompt
    assert len(parts) > 3
    assert all(len(part.text) <= LONGEST for part in parts)
    assert [part.section for part in parts] == [
        (part.text.lstrip().splitlines()[0].removeprefix("# "),) for part in parts
    ]
    assert [prompt.split("\n")[part.first - 1] for part in parts] == [p.text.split("\n")[0] for p in parts]


def test_lines_that_are_too_long_by_themselves_are_cut_behind_a_sentence() -> None:
    prompt = "Sage am Ende des Gesprächs immer Auf Wiedersehen. " * 300
    parts = list(parts_of(prompt, read_agent(replace(AGENT, description=prompt)).prompt.statements))
    assert "".join(part.text for part in parts) == prompt
    assert all(len(p.text) <= LONGEST and p.first == 1 and p.text.endswith("Wiedersehen. ") for p in parts)


def test_an_edit_of_one_section_re_reads_its_part_only() -> None:
    model, kept = Careful(), dict[str, Reading]()

    def parts_read(prompt: str) -> int:
        before = len(model.parts)
        Reader(model, read_agent(replace(AGENT, description=prompt)), kept).read(0)
        return len(model.parts) - before

    assert parts_read(long_prompt()) > 3
    assert parts_read(long_prompt()) == 0
    assert parts_read(long_prompt(" und dem Tag")) == 1
    assert "und dem Tag" in model.parts[-1]
