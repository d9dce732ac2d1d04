from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalgen.errors import Permanent
from evalgen.jobs.messages import GenerateMessage, Message, PlanMessage, ReadMessage, read_message

COUNTS = st.integers(0, 2**40)
MESSAGES = (
    st.builds(ReadMessage, COUNTS, st.text(), COUNTS, COUNTS, COUNTS, COUNTS)
    | st.builds(PlanMessage, COUNTS, st.text(), COUNTS, COUNTS, COUNTS, st.booleans())
    | st.builds(GenerateMessage, COUNTS, st.text(), COUNTS, COUNTS, COUNTS)
)


@given(MESSAGES)
def test_a_message_is_read_as_it_was_sent(message: Message) -> None:
    assert read_message(json.loads(json.dumps(message.body))) == message


@pytest.mark.parametrize(
    "body", [None, [], "plan", {}, {"kind": "plan"}, {"kind": "plan", "project_id": "1", "job_id": "a"}]
)
def test_what_nobody_has_sent_is_permanent(body: object) -> None:
    with pytest.raises(Permanent, match="no message"):
        read_message(body)
