"""The page about the vendor's client says what is so."""

from __future__ import annotations

from checks.vendor_client import LATER, PAGE, SERVED, operations, page


def test_the_page_is_what_the_installed_client_makes_it() -> None:
    assert PAGE.read_text() == page(), "run PYTHONPATH=layers/evalgen python -m checks.vendor_client"


def test_every_operation_of_the_client_is_found_and_the_housekeeping_is_served() -> None:
    found = operations()
    assert len(found) > 200
    by_name = {(one.resource, one.name): one.status for one in found}
    for name in ("create", "duplicate", "delete_bulk", "bulk_update", "get_tags", "add_tags", "move_folder"):
        assert by_name["scenarios", name] == SERVED
    for name in ("replace", "short_list", "duplicate", "history", "edit_history", "restore"):
        assert by_name["agents", name] == SERVED
    assert by_name["scenarios", "improve_instructions"] == LATER
