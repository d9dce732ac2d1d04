"""What every `Table` does."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evalgen.storage.limits import ITEM_BYTES, TooLarge
from evalgen.storage.ports import (
    ConditionFailed,
    Delete,
    Expect,
    Item,
    Key,
    Put,
    Stores,
    Table,
    TransactionCancelled,
    Update,
    Value,
    Write,
)

COUNTER = Key("P#1", "COUNTER")


@pytest.fixture
def table(stores: Stores) -> Table:
    return stores.table


def item(sk: str, pk: str = "P#1", **attributes: str | int) -> Item:
    return {"pk": pk, "sk": sk, **attributes}


def test_an_item_is_read_as_it_was_put(table: Table) -> None:
    stored = item(
        "a", text="häßlich 漢字 😀", empty="", number=-12, large=10**30, name="reserved word", size=0
    )
    table.write(Put(stored))
    assert table.get(Key("P#1", "a")) == stored


def test_an_item_that_is_not_there_is_none(table: Table) -> None:
    assert table.get(Key("P#1", "a")) is None


def test_a_put_replaces_the_whole_item(table: Table) -> None:
    table.write(Put(item("a", old=1)))
    table.write(Put(item("a", new=2)))
    assert table.get(Key("P#1", "a")) == item("a", new=2)


@pytest.mark.parametrize(
    "make",
    [
        lambda expect: Put(item("a", value=2), expect),
        lambda expect: Update(Key("P#1", "a"), set={"value": 2}, expect=expect),
        lambda expect: Delete(Key("P#1", "a"), expect),
    ],
    ids=["put", "update", "delete"],
)
@pytest.mark.parametrize("there", [True, False], ids=["there", "not there"])
@pytest.mark.parametrize("expect", Expect)
@pytest.mark.parametrize("alone", [True, False], ids=["alone", "in a transaction"])
def test_a_write_happens_exactly_if_its_expectation_is_met(
    table: Table, make: Callable[[Expect], Write], there: bool, expect: Expect, alone: bool
) -> None:
    before = item("a", value=1) if there else None
    if before:
        table.write(Put(before))
    write = make(expect)

    def do(write: Write) -> None:
        if alone:
            table.write(write)
        else:
            table.transact([write])

    met = expect is Expect.ANYTHING or there == (expect is Expect.PRESENT)
    if met:
        do(write)
        assert table.get(write.key) == (None if isinstance(write, Delete) else item("a", value=2))
    else:
        with pytest.raises(ConditionFailed if alone else TransactionCancelled):
            do(write)
        assert table.get(write.key) == before


@pytest.mark.parametrize("alone", [True, False], ids=["alone", "in a transaction"])
@pytest.mark.parametrize(
    ("stored", "met"),
    [
        ({"revision": 3, "name": "x"}, True),
        ({"revision": 3, "name": "y"}, False),
        ({"revision": 4, "name": "x"}, False),
        ({"name": "x"}, False),
        (None, False),
    ],
)
@pytest.mark.parametrize(
    "make",
    [
        lambda where: Put(item("a", revision=4), where=where),
        lambda where: Update(Key("P#1", "a"), set={"revision": 4}, where=where),
        lambda where: Update(Key("P#1", "a"), add={"revision": 1}, where=where),
    ],
    ids=["put", "set", "add"],
)
def test_a_write_happens_only_where_the_stored_item_has_these_values(
    table: Table,
    make: Callable[[dict[str, Value]], Put | Update],
    stored: dict[str, str | int] | None,
    met: bool,
    alone: bool,
) -> None:
    before: Item | None = None if stored is None else {**item("a"), **stored}
    if before:
        table.write(Put(before))
    put = make({"revision": 3, "name": "x"})
    if met:
        table.write(put) if alone else table.transact([put])
        assert table.get(put.key) == (
            item("a", revision=4) if isinstance(put, Put) else item("a", revision=4, name="x")
        )
    else:
        with pytest.raises(ConditionFailed if alone else TransactionCancelled):
            table.write(put) if alone else table.transact([put])
        assert table.get(put.key) == before


def test_an_update_adds_to_what_is_there_and_answers_with_the_item_after_it(table: Table) -> None:
    table.write(Put(item("a", count=3, kept="x", changed="old")))
    after = table.write(
        Update(Key("P#1", "a"), add={"count": 4, "other": -2}, set={"changed": "new", "status": "n"})
    )
    assert after == item("a", count=7, other=-2, kept="x", changed="new", status="n")
    assert table.get(Key("P#1", "a")) == after


def test_numbers_of_thirty_eight_digits_are_added_exactly(table: Table) -> None:
    key, amounts = Key("p", "s"), (1 << 125, 1, -(1 << 125), 1 << 113, 1 << 60, -1)
    for amount in amounts:
        table.transact([Update(key, add={"n": amount}, expect=Expect.ANYTHING)])
    assert (table.get(key) or {})["n"] == sum(amounts)


def test_an_update_of_nothing_that_expects_nothing_makes_the_item(table: Table) -> None:
    assert table.write(Update(COUNTER, add={"last": 5}, expect=Expect.ANYTHING)) == item("COUNTER", last=5)


def test_a_transaction_does_all_its_writes(table: Table) -> None:
    table.write(Put(item("gone")))
    table.write(Put(item("counter", n=1)))
    table.transact(
        [
            Put(item("new", pk="P#2"), Expect.ABSENT),
            Update(Key("P#1", "counter"), add={"n": 2}),
            Delete(Key("P#1", "gone"), Expect.PRESENT),
        ]
    )
    assert table.get(Key("P#2", "new")) == item("new", pk="P#2")
    assert table.get(Key("P#1", "counter")) == item("counter", n=3)
    assert table.get(Key("P#1", "gone")) is None


def test_a_cancelled_transaction_writes_nothing_and_names_every_position(table: Table) -> None:
    table.write(Put(item("there")))
    writes: list[Write] = [
        Put(item("a")),
        Put(item("there"), Expect.ABSENT),
        Update(Key("P#1", "missing"), add={"n": 1}),
        Put(item("b"), Expect.ABSENT),
        Delete(Key("P#1", "missing too"), Expect.PRESENT),
    ]
    with pytest.raises(TransactionCancelled) as cancelled:
        table.transact(writes)
    assert cancelled.value.failed == (1, 2, 4)
    assert table.query("P#1").items == [item("there")]


@pytest.mark.parametrize(
    "writes",
    [[], [Put(item(f"{n:03}")) for n in range(101)], [Put(item("a")), Delete(Key("P#1", "a"))]],
    ids=["empty", "101 writes", "one item twice"],
)
def test_a_transaction_that_none_may_make_is_refused(table: Table, writes: list[Write]) -> None:
    with pytest.raises(ValueError, match="transaction"):
        table.transact(writes)
    assert table.query("P#1").items == []


def test_a_hundred_writes_are_one_transaction(table: Table) -> None:
    table.transact([Put(item(f"{n:03}"), Expect.ABSENT) for n in range(100)])
    assert len(table.query("P#1").items) == 100


def test_an_item_of_nearly_400_kb_is_taken_and_a_larger_one_refused(table: Table) -> None:
    table.write(Put(item("a", body="x" * 400_000)))
    for write in (Put(item("a", body="x" * ITEM_BYTES)), Put(item("a", body="é" * (ITEM_BYTES // 2)))):
        with pytest.raises(TooLarge, match="409600"):
            table.write(write)
        with pytest.raises(TooLarge):
            table.transact([Put(item("other")), write])
    assert table.get(Key("P#1", "other")) is None


def test_an_update_that_makes_an_item_too_large_is_refused(table: Table) -> None:
    table.write(Put(item("a", body="x" * 300_000)))
    with pytest.raises(TooLarge):
        table.write(Update(Key("P#1", "a"), set={"more": "x" * 200_000}))
    assert table.get(Key("P#1", "a")) == item("a", body="x" * 300_000)


@pytest.mark.parametrize("key", [Key("P#1", ""), Key("", "a"), Key("P#1", "x" * 1025), Key("p" * 2049, "a")])
def test_keys_that_dynamodb_does_not_take_are_refused(table: Table, key: Key) -> None:
    with pytest.raises(TooLarge, match="allowed"):
        table.write(Put(dict(key._asdict())))
    with pytest.raises(TooLarge, match="allowed"):
        table.get(key)


def test_a_query_answers_one_partition_in_key_order(table: Table) -> None:
    for sk in ("b", "a", "c"):
        table.write(Put(item(sk)))
        table.write(Put(item(sk, pk="P#10")))
    assert [found["sk"] for found in table.query("P#1").items] == ["a", "b", "c"]
    assert [found["sk"] for found in table.query("P#1", descending=True).items] == ["c", "b", "a"]
    assert table.query("P#2").items == []


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [("b", "c", ["b", "c"]), ("bb", "cz", ["c"]), ("", "b", ["a", "b"]), ("d", "z", [])],
)
def test_a_range_holds_both_its_ends(table: Table, first: str, last: str, expected: list[str]) -> None:
    table.transact([Put(item(sk)) for sk in "abc"])
    for descending in (False, True):
        found = table.query("P#1", first=first, last=last, descending=descending).items
        assert [one["sk"] for one in found] == (expected[::-1] if descending else expected)


@pytest.mark.parametrize("descending", [False, True], ids=["up", "down"])
@pytest.mark.parametrize("limit", [1, 2, 3, 6, 7])
def test_pages_follow_their_cursor_to_the_end_and_only_the_last_has_none(
    table: Table, limit: int, descending: bool
) -> None:
    names = ["a", "b", "c", "d", "e", "f"]
    table.transact([Put(item(sk)) for sk in ("A", *names, "z")])
    seen: list[str] = []
    after = None
    while True:
        page = table.query("P#1", first="a", last="f", after=after, limit=limit, descending=descending)
        seen += [str(found["sk"]) for found in page.items]
        after = page.after
        if after is None:
            break
        assert len(page.items) == limit
    assert seen == (names[::-1] if descending else names)
    assert len(page.items) == (len(names) - 1) % limit + 1


def test_a_page_of_more_than_a_megabyte_is_whole(table: Table) -> None:
    for n in range(5):
        table.write(Put(item(str(n), body="x" * 300_000)))
    assert [found["sk"] for found in table.query("P#1").items] == list("01234")


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    derandomize=True,
)
@given(
    st.sets(
        st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=4),
        min_size=1,
        max_size=8,
    )
)
def test_keys_of_any_script_come_in_the_order_of_their_bytes(table: Table, names: set[str]) -> None:
    partition = "P#" + "|".join(sorted(names))
    table.transact([Put(item(sk, pk=partition)) for sk in names])
    found = [str(one["sk"]) for one in table.query(partition).items]
    assert found == sorted(names, key=str.encode)
    for sk in names:
        assert table.get(Key(partition, sk)) == item(sk, pk=partition)
