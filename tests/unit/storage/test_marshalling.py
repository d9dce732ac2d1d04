"""Items as DynamoDB answers them."""

from __future__ import annotations

from evalgen.storage.aws.marshalling import unmarshalled


def test_a_large_number_with_an_exponent_is_read_exactly() -> None:
    item = {"pk": {"S": "a"}, "w0": {"N": "1.298072976693667621752349183E+29"}}
    assert unmarshalled(item) == {"pk": "a", "w0": 129807297669366762175234918300}
