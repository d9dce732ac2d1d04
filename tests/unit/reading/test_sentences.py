"""Blocks break into sentences where one ends, and nowhere else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalgen.reading.sentences import sentences_of


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Ask first. Then book.", ["Ask first.", "Then book."]),
        ("Is it so? Ask! Wait… Then go.", ["Is it so?", "Ask!", "Wait…", "Then go."]),
        ("Ask Dr. Lee. Then go.", ["Ask Dr. Lee.", "Then go."]),
        ("Use a code, e.g. No. 5 or Mr. Bell. Go.", ["Use a code, e.g. No. 5 or Mr. Bell.", "Go."]),
        ("The U.S. Office opens late. Go.", ["The U.S. Office opens late.", "Go."]),
        ("It costs 5.50 dollars. Ask.", ["It costs 5.50 dollars.", "Ask."]),
        ("See example.com. Go.", ["See example.com.", "Go."]),
        ("Torn strap? Send it back. Then wait.", ["Torn strap? Send it back.", "Then wait."]),
        ("Torn strap? Red one? Send it back.", ["Torn strap?", "Red one? Send it back."]),
        ("Do this; then that.", ["Do this", "then that."]),
        ('Say "One moment. I look." and wait. Go.', ['Say "One moment. I look." and wait.', "Go."]),
        ("Say “Hi. There.” and wait. Go.", ["Say “Hi. There.” and wait.", "Go."]),
        ("Use it (see A. Or B.) now. Go.", ["Use it (see A. Or B.) now.", "Go."]),
        ("It is 5 cm; 6 is long. {{x}} is known.", ["It is 5 cm", "6 is long.", "{{x}} is known."]),
        ("¿Qué día? Pregúntalo. Espera.", ["¿Qué día?", "Pregúntalo.", "Espera."]),
        ("Pregunte a la Sra. Ruiz. Espere.", ["Pregunte a la Sra. Ruiz.", "Espere."]),
        ("   ", []),
        ("", []),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, sentences: list[str]) -> None:
    assert list(sentences_of(text)) == sentences


@given(st.text(st.sampled_from('ab A.B!?;"“”()1 …'), max_size=60))
def test_nothing_but_space_and_semicolons_is_lost_between_sentences(text: str) -> None:
    def bare(part: str) -> str:
        return "".join(c for c in part if not c.isspace() and c != ";")

    assert bare("".join(sentences_of(text))) == bare(text)
