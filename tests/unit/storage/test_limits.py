from __future__ import annotations

import pytest

from evalgen.storage.limits import ITEM_BYTES, TooLarge, check_item


def test_names_and_values_count_in_bytes_of_utf_8_and_numbers_by_their_digits() -> None:
    fixed = len("pk") + len("p") + len("sk") + len("s") + len("n") + 3 + len("body")
    room = ITEM_BYTES - fixed
    check_item({"pk": "p", "sk": "s", "n": -123, "body": "x" * room})
    with pytest.raises(TooLarge, match=f"{ITEM_BYTES + 1} bytes"):
        check_item({"pk": "p", "sk": "s", "n": -123, "body": "x" * (room - 1) + "é"})
