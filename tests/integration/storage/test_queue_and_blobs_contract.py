"""What every `Queue` and every `Blobs` does."""

from __future__ import annotations

from pathlib import Path

import pytest

from evalgen.storage.folder import FolderBlobs
from evalgen.storage.limits import TooLarge
from tests.integration.storage.adapters import Opened


def test_every_message_sent_is_received_once(opened: Opened) -> None:
    messages = [{"n": n, "text": "ä😀", "padding": "x" * 20_000} for n in range(35)]
    opened.stores.queue.send(messages)
    received = opened.receive()
    assert sorted(received, key=lambda message: int(message["n"])) == messages
    assert opened.receive() == []


def test_sending_nothing_is_nothing(opened: Opened) -> None:
    opened.stores.queue.send([])
    assert opened.receive() == []


def test_a_delayed_message_is_not_there_yet(opened: Opened) -> None:
    opened.stores.queue.send([{"n": 1}], delay_s=900)
    opened.stores.queue.send([{"n": 2}])
    assert opened.receive() == [{"n": 2}]


def test_a_delay_beyond_a_quarter_of_an_hour_is_refused(opened: Opened) -> None:
    with pytest.raises(ValueError, match="900"):
        opened.stores.queue.send([{"n": 1}], delay_s=901)


def test_a_message_that_no_queue_takes_is_refused_with_all_that_came_with_it(opened: Opened) -> None:
    with pytest.raises(TooLarge):
        opened.stores.queue.send([{"n": 1}, {"text": "x" * 300_000}])
    assert opened.receive() == []


def test_a_blob_is_read_as_it_was_put(opened: Opened) -> None:
    blobs = opened.stores.blobs
    blobs.put("projects/1/agents/a.json", b"\x00\xff one")
    blobs.put("projects/1/agents/a.json", b"\x00\xff two")
    blobs.put("projects/1/empty", b"")
    assert blobs.get("projects/1/agents/a.json") == b"\x00\xff two"
    assert blobs.get("projects/1/empty") == b""


def test_a_blob_that_is_not_there_is_none(opened: Opened) -> None:
    assert opened.stores.blobs.get("projects/1/missing") is None


def test_a_deleted_blob_is_gone_and_deleting_it_again_is_nothing(opened: Opened) -> None:
    blobs = opened.stores.blobs
    blobs.put("projects/1/a", b"1")
    blobs.delete("projects/1/a")
    blobs.delete("projects/1/a")
    assert blobs.get("projects/1/a") is None


def test_the_size_of_a_blob_is_known(opened: Opened) -> None:
    opened.stores.blobs.put("projects/1/a", b"12345")
    assert opened.stores.blobs.size("projects/1/a") == 5
    assert opened.stores.blobs.size("projects/1/missing") is None


def test_addresses_name_their_blob_and_are_signed(opened: Opened) -> None:
    upload = opened.stores.blobs.upload_url("uploads/1/2", 50, 60)
    download = opened.stores.blobs.download_url("projects/1/é", 'a "b".txt', 60)
    assert "/uploads/1/2?" in upload
    assert "/projects/1/%C3%A9?" in download
    assert "ignature=" in upload
    assert "ignature=" in download
    assert "a%2520%2522b%2522.txt" in download or "a+%22b%22.txt" in download
    assert "checksum" not in upload.lower()


def test_addresses_that_nobody_serves_are_not_given(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="EVALGEN_BLOBS_URL"):
        FolderBlobs(tmp_path).upload_url("a", 1, 1)
