"""An agent's documents: given inline, by upload and by the worker, listed and deleted."""

from __future__ import annotations

import base64
import json
from typing import Any
from urllib.parse import urlsplit

import pytest

from evalgen.catalog.uploads import Uploads
from evalgen.dead_letters import UNREADABLE, bury
from evalgen.jobs.messages import ExtractMessage
from evalgen.storage import keys
from evalgen.storage.links import BlobLinks
from evalgen.storage.sqlite import SqliteQueue
from local.blob_server import BlobServer
from local.messages import Request
from tests.integration.api.client import AGENTS, BLOBS, FIRST, Api

NOW = 1_800_000_000.0
FILE_KEYS = {
    "id", "agent", "file_url", "file_name", "file_type", "file_size", "created_at", "updated_at"
}  # fmt: skip


def inline(*files: tuple[str, bytes]) -> dict[str, Any]:
    return {
        "files": [{"name": name, "content_base64": base64.b64encode(data).decode()} for name, data in files]
    }


def multipart(*files: tuple[str, bytes], field: str = "files") -> tuple[bytes, dict[str, str]]:
    parts = [
        b'--X\r\nContent-Disposition: form-data; name="%s"; filename="%s"\r\n\r\n%s\r\n'
        % (field.encode(), name.encode(), data)
        for name, data in files
    ]
    return b"".join(parts) + b"--X--\r\n", {"Content-Type": "multipart/form-data; boundary=X"}


def names(api: Api, agent: int) -> list[str]:
    found = api.call("GET", f"{AGENTS}/{agent}/knowledge_base").json
    assert found["count"] == len(found["results"])
    return [file["file_name"] for file in found["results"]]


def fetch(api: Api, url: str, method: str = "GET", body: bytes = b"") -> tuple[int, bytes]:
    """What the embedded stack answers under an address of a blob."""
    server = BlobServer(BlobLinks(BLOBS, "secret"), api.stores.blobs)
    parts = urlsplit(url)
    request = Request(method, f"{parts.path}?{parts.query}", [], body, "127.0.0.1", "HTTP/1.1")
    answer = server.handle(request)
    return answer.status, answer.body


@pytest.mark.parametrize("as_form", [False, True], ids=["json", "multipart"])
def test_documents_are_given_listed_fetched_and_deleted(api: Api, as_form: bool) -> None:
    agent = api.agent()["id"]
    files = ("a.md", b"# A"), ("b.csv", b"x;y")
    if as_form:
        body, headers = multipart(*files)
        given = api.call("POST", f"{AGENTS}/{agent}/upload_knowledge_base/", body, headers=headers)
    else:
        given = api.call("POST", f"{AGENTS}/{agent}/upload_knowledge_base/", inline(*files))
    assert given.status == 201, given.text
    assert [file["file_name"] for file in given.json["results"]] == ["a.md", "b.csv"]
    assert all(file.keys() == FILE_KEYS for file in given.json["results"])
    assert names(api, agent) == ["a.md", "b.csv"]
    assert fetch(api, given.json["results"][0]["file_url"]) == (200, b"# A")
    listed = api.call("GET", f"{AGENTS}/{agent}/knowledge_base", query={"page_size": "1", "page": "2"}).json
    assert [file["file_name"] for file in listed["results"]] == ["b.csv"]
    one = given.json["results"][0]["id"]
    path = f"{AGENTS}/{agent}/delete_knowledge_base/"
    assert api.call("DELETE", path, query={"file_ids": f"{one},99999"}).json == {"deleted_count": 1}
    assert names(api, agent) == ["b.csv"]
    api.call("POST", f"{AGENTS}/{agent}/upload_knowledge_base/", inline(("c.txt", b"c")))
    assert api.call("DELETE", path).json == {"deleted_count": 2}
    assert names(api, agent) == []


def test_a_wrong_document_is_named_and_none_is_stored(api: Api) -> None:
    agent = api.agent()["id"]
    wrong = inline(("ok.txt", b"fine"), ("a.exe", b"x"), ("b.pdf", b"no pdf"), ("c.txt", b""))
    refused = api.call("POST", f"{AGENTS}/{agent}/upload_knowledge_base", wrong)
    assert refused.status == 400
    assert [text.split(":")[0] for text in refused.json["files"]] == ["[1] a.exe", "[2] b.pdf", "[3] c.txt"]
    assert names(api, agent) == []


@pytest.mark.parametrize("body", [{}, {"files": []}, {"files": [{"name": "a.txt"}]}, {"files": "x"}])
def test_files_are_needed(api: Api, body: dict[str, Any]) -> None:
    refused = api.call("POST", f"{AGENTS}/{api.agent()['id']}/upload_knowledge_base", body)
    assert (refused.status, list(refused.json)) == (400, ["files"])


def test_files_in_a_field_of_another_name_are_none(api: Api) -> None:
    body, headers = multipart(("a.txt", b"a"), field="other")
    refused = api.call("POST", f"{AGENTS}/{api.agent()['id']}/upload_knowledge_base", body, headers=headers)
    assert (refused.status, list(refused.json)) == (400, ["files"])


def test_three_megabytes_come_inline_and_no_more(api: Api) -> None:
    agent = api.agent()["id"]
    body, headers = multipart(("a.txt", b"word " * 629_145))
    path = f"{AGENTS}/{agent}/upload_knowledge_base"
    assert api.call("POST", path, body, headers=headers).status == 400  # over three million characters
    body, headers = multipart(*((f"{n}.txt", b"word " * 209_715) for n in range(3)))
    assert api.call("POST", path, body, headers=headers).status == 201
    body, headers = multipart(("a.txt", b"x" * (3 * 1024 * 1024 + 1)))
    assert api.call("POST", path, body, headers=headers).status == 413
    body, headers = multipart(*((f"{n}.txt", b"word " * 209_715) for n in range(2)))
    refused = api.call("POST", path, body, headers=headers)
    assert refused.json == {
        "files": ["The agent's documents would have 5242875 characters of text; at most 5000000 are allowed."]
    }


def announce(api: Api, agent: int, name: str = "big.txt", size: int = 6) -> dict[str, Any]:
    made = api.call(
        "POST", f"{AGENTS}/{agent}/knowledge_base/uploads/", {"file_name": name, "file_size": size}
    )
    assert made.status == 201, made.text
    upload: dict[str, Any] = made.json
    return upload


def messages(api: Api) -> list[Any]:
    """All that wait in the queue, which are then gone."""
    queue = api.stores.queue
    assert isinstance(queue, SqliteQueue)
    found = queue.receive(1000, 60)
    for message in found:
        queue.delete(message.receipt)
    return [json.loads(message.body) for message in found]


def test_an_upload_goes_from_waiting_over_extracting_to_ready(api: Api) -> None:
    agent = api.agent()["id"]
    upload = announce(api, agent)
    path = f"{AGENTS}/{agent}/knowledge_base/uploads/{upload['id']}"
    assert (upload["status"], upload["upload"]["method"]) == ("waiting", "PUT")
    early = api.call("POST", f"{path}/complete/")
    assert (early.status, list(early.json)) == (400, ["file_size"])
    assert fetch(api, upload["upload"]["url"], "PUT", b"toolong")[0] == 403
    assert fetch(api, upload["upload"]["url"], "PUT", b"Fact 1")[0] == 200
    messages(api)
    for _ in range(2):
        told = api.call("POST", f"{path}/complete/")
        assert (told.status, told.json["status"]) == (202, "extracting")
    sent = messages(api)
    assert sent == [{"kind": "extract", "project_id": FIRST, "upload_id": upload["id"]}] * 2
    uploads = Uploads(api.stores, lambda: NOW)
    for _ in sent:
        uploads.extract(ExtractMessage(FIRST, upload["id"]))
    assert api.call("GET", path).json["status"] == "ready"
    (file,) = api.call("GET", f"{AGENTS}/{agent}/knowledge_base").json["results"]
    assert (file["id"], file["file_name"], file["file_size"]) == (upload["id"], "big.txt", 6)
    assert fetch(api, file["file_url"]) == (200, b"Fact 1")
    assert api.stores.blobs.get(keys.upload_body(FIRST, upload["id"])) is None
    assert api.call("POST", f"{path}/complete/").json["status"] == "ready"


def extracted(api: Api, agent: int, upload: dict[str, Any], data: bytes) -> dict[str, Any]:
    fetch(api, upload["upload"]["url"], "PUT", data)
    path = f"{AGENTS}/{agent}/knowledge_base/uploads/{upload['id']}"
    assert api.call("POST", f"{path}/complete").status == 202
    Uploads(api.stores, lambda: NOW).extract(ExtractMessage(FIRST, upload["id"]))
    status: dict[str, Any] = api.call("GET", path).json
    return status


def test_the_status_says_what_went_wrong(api: Api) -> None:
    agent = api.agent()["id"]
    broken = extracted(api, agent, announce(api, agent, "a.pdf", 6), b"no pdf")
    assert broken["status"] == "failed"
    assert broken["error"].startswith("a.pdf: the file cannot be read as a PDF")
    assert names(api, agent) == []


def test_an_upload_for_an_agent_that_went_meanwhile_fails(api: Api) -> None:
    agent = api.agent()["id"]
    upload = announce(api, agent, size=1)
    fetch(api, upload["upload"]["url"], "PUT", b"x")
    api.call("POST", f"{AGENTS}/{agent}/knowledge_base/uploads/{upload['id']}/complete")
    assert api.call("DELETE", f"{AGENTS}/{agent}").status == 204
    uploads = Uploads(api.stores, lambda: NOW)
    uploads.extract(ExtractMessage(FIRST, upload["id"]))
    assert uploads.read(FIRST, agent, upload["id"])["error"] == "The agent was deleted."


def test_a_dead_letter_ends_an_upload(api: Api) -> None:
    agent = api.agent()["id"]
    upload = announce(api, agent, size=1)
    bury(api.stores, lambda: NOW, ExtractMessage(FIRST, upload["id"]).body)
    path = f"{AGENTS}/{agent}/knowledge_base/uploads/{upload['id']}"
    assert api.call("GET", path).json["error"] == UNREADABLE


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"file_name": "a.exe", "file_size": 1}, "file_name"),
        ({"file_name": "a.txt", "file_size": 0}, "file_size"),
        ({"file_name": "a.txt", "file_size": 50 * 1024 * 1024 + 1}, "file_size"),
        ({"file_name": "a.txt"}, "file_size"),
    ],
)
def test_a_wrong_announcement_is_named(api: Api, body: dict[str, Any], field: str) -> None:
    refused = api.call("POST", f"{AGENTS}/{api.agent()['id']}/knowledge_base/uploads", body)
    assert (refused.status, list(refused.json)) == (400, [field])


def test_an_address_of_a_blob_is_for_one_thing_and_for_some_time(api: Api) -> None:
    upload = announce(api, api.agent()["id"])
    url = upload["upload"]["url"]
    name = keys.upload_body(FIRST, upload["id"])
    late = BlobLinks(BLOBS, "secret", lambda: NOW * 2)
    parts = urlsplit(url)
    assert fetch(api, url, "GET")[0] == 403
    assert fetch(api, url.replace(name, f"{name}0"), "PUT", b"Fact 1")[0] == 403
    assert fetch(api, url.replace("size=6", "size=7"), "PUT", b"Fact 12")[0] == 403
    assert BlobLinks(BLOBS, "other").granted("PUT", parts.path, parts.query) is None
    assert late.granted("PUT", parts.path, parts.query) is None


def test_documents_given_at_once_are_all_there(api: Api) -> None:
    """A change that was made from an older state than the stored one is made again."""
    agent = api.agent()["id"]
    table = api.stores.table
    original = table.transact
    path = f"{AGENTS}/{agent}/upload_knowledge_base"
    others = iter([("b.txt", b"b")])

    def racing(writes: Any) -> None:
        for other in others:
            assert api.call("POST", path, inline(other)).status == 201
        original(writes)

    catalog = api.module("agents").catalog()
    shared = catalog._stores.table
    with pytest.MonkeyPatch.context() as patch:
        original = shared.transact
        patch.setattr(shared, "transact", racing)
        assert api.call("POST", path, inline(("a.txt", b"a"))).status == 201
    assert sorted(names(api, agent)) == ["a.txt", "b.txt"]
