"""Files that are context for one generation: from the request, over the worker, to scenarios and coverage."""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Callable
from typing import Any

import pytest

from evalgen.dead_letters import READING_FAILED, bury
from evalgen.jobs.embedded import Embedded
from evalgen.jobs.messages import ContextMessage, PlanMessage
from evalgen.storage import keys
from evalgen.work import work
from tests.integration.api.client import AGENTS, FIRST, GENERATE, V1, Answer, Api
from tests.integration.api.test_knowledge import announce, extracted, fetch, messages, multipart
from tests.unit.catalog.test_documents import pdf

FEES = b"# Fees\n\n| Service | Price |\n|---|---|\n| Oil change | $65 |\n| Tire rotation | $35 |\n"
DESK = "You are Ada, who answers the phone of a garage.\n\nNever give tax advice."
JSON_TYPE = {"Content-Type": "application/json"}


def inline(*files: tuple[str, bytes]) -> list[dict[str, str]]:
    return [{"name": name, "content_base64": base64.b64encode(data).decode()} for name, data in files]


def asked(api: Api, agent: int, **fields: Any) -> Answer:
    return api.call("POST", GENERATE, {"agent_id": agent, "num_scenarios": 4, **fields})


def form(agent: int, *files: tuple[str, bytes], **fields: str) -> tuple[bytes, dict[str, str]]:
    body, headers = multipart(*files, field="generation_files")
    parts = "".join(
        f'--X\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in {"agent_id": str(agent), "num_scenarios": "4", **fields}.items()
    )
    return parts.encode() + body, headers


def worked(api: Api) -> list[str]:
    """The kinds of all messages, each worked off as the worker does."""
    kinds: list[str] = []
    while sent := messages(api):
        for message in sent:
            kinds.append(message["kind"])
            work(api.stores, time.time, Embedded(), message)
    return kinds


def progress(api: Api, job: str) -> Any:
    return api.call("GET", f"{V1}/scenarios/generate-progress", query={"progress_id": job}).json


def coverage(api: Api, job: str) -> Any:
    return api.call("GET", f"{V1}/scenarios/generate-coverage", query={"progress_id": job}).json


def by_json(api: Api, agent: int, *files: tuple[str, bytes]) -> Answer:
    return asked(api, agent, generation_files=inline(*files))


def by_form(api: Api, agent: int, *files: tuple[str, bytes]) -> Answer:
    body, headers = form(agent, *files)
    return api.call("POST", GENERATE, body, headers=headers)


@pytest.mark.parametrize("start", [by_json, by_form], ids=["json", "multipart"])
def test_what_files_say_is_asked_for_and_covered_in_this_run_alone(
    api: Api, start: Callable[..., Answer]
) -> None:
    agent = api.agent(description=DESK)["id"]
    messages(api)
    started = start(api, agent, ("fees.md", FEES), ("prices.pdf", pdf("A tow costs 95 dollars.")))
    assert (started.status, "warnings" in started.json) == (200, False), started.text
    job = started.json["progress_id"]
    assert worked(api) == ["plan", "context", "plan", "context", "plan", "generate"]
    told = progress(api, job)
    sources = [source for one in told["scenarios_list"] for source in one["sources"]]
    assert {"file_name": "fees.md", "line": 5, "text": "| Oil change | $65 |"} in sources
    assert {one["generation_type"] for one in told["scenarios_list"]} == {"workflow"}
    facts = [item for item in coverage(api, job)["items"] if item["about"] == "fact"]
    assert {(item["kind"], item["line"]) for item in facts} == {
        ("fees.md", 5), ("fees.md", 6), ("prices.pdf", 1),
    }  # fmt: skip
    assert {item["status"] for item in facts} >= {"covered"}
    page = api.call("GET", f"{V1}/scenarios/report", query={"progress_id": job})
    assert "fees.md" in page.text

    assert api.call("GET", f"{AGENTS}/{agent}/knowledge_base").json["count"] == 0
    later = asked(api, agent).json["progress_id"]
    worked(api)
    assert not [item for item in coverage(api, later)["items"] if item["about"] == "fact"]


def test_a_file_under_another_name_repeats_no_test_of_an_earlier_run(api: Api) -> None:
    agent = api.agent(description=DESK)["id"]
    first, second = (
        asked(api, agent, generation_files=inline((name, FEES)), generate_expected_outcomes=True).json[
            "progress_id"
        ]
        for name in ("a.md", "b.md")
    )
    worked(api)
    one, other = (
        {test["expected_outcome_prompt"] for test in progress(api, job)["scenarios_list"] if test["sources"]}
        for job in (first, second)
    )
    assert one
    assert not one & other


def test_structured_scenarios_draw_on_files_too(api: Api) -> None:
    agent = api.agent(description=DESK)["id"]
    fields = {"generation_files": inline(("fees.md", FEES)), "simulation_type": "conditional_actions"}
    job = asked(api, agent, **fields).json["progress_id"]
    worked(api)
    about = [one for one in progress(api, job)["scenarios_list"] if one["sources"]]
    assert about
    assert all(one["conditional_actions"]["conditions"][1]["action"] for one in about)


def test_everything_wrong_with_files_comes_in_one_answer_with_the_rest(api: Api) -> None:
    agent = api.agent(description=DESK)["id"]
    wrong = [
        ("a.exe", b"x"), ("b.docx", b"x"), ("c.txt", b""), ("d.pdf", b"no pdf"), ("e.json", b"x"),
        ("f.csv", b"\xff\xfe"), ("g.xml", b" \n"), ("h.xml", b"<a>"), ("ok.md", FEES),
    ]  # fmt: skip
    refused = asked(api, agent, num_scenarios=500, generation_files=inline(*wrong), generation_file_ids=[7])
    assert refused.status == 400
    assert refused.json.keys() == {"num_scenarios", "generation_files", "generation_file_ids"}
    assert refused.json["generation_files"] == [
        "[0] a.exe: the name must end in one of .pdf, .txt, .json, .csv, .xml, .md.",
        "[1] b.docx: the name must end in one of .pdf, .txt, .json, .csv, .xml, .md.",
        "[2] c.txt: the file is empty.",
        "[3] d.pdf: the file cannot be read as a PDF: it does not begin as one.",
        "[4] e.json: the file is not valid JSON (Expecting value at line 1, column 1).",
        "[5] f.csv: the file is not UTF-8 text (byte 0).",
        "[6] g.xml: the file holds no text.",
        "[7] h.xml: the file is not valid XML (no element found at line 1, column 4).",
    ]
    assert refused.json["generation_file_ids"] == ["This agent has no upload 7."]


def test_a_field_for_files_in_which_none_was_chosen_is_none_and_a_file_needs_its_name(api: Api) -> None:
    agent = api.agent(description=DESK)["id"]
    assert by_form(api, agent, ("", b"")).status == 200
    assert by_form(api, agent, ("", b""), ("fees.md", FEES)).status == 200
    for name in ("", "  "):
        refused = by_form(api, agent, ("fees.md", FEES), (name, b"x"))
        assert (refused.status, refused.json) == (
            400,
            {"generation_files": ["[1]: The part must have its file's name, as filename."]},
        )


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"generation_files": "x"}, 'Must be a list; got "x".'),
        ({"generation_files": None}, "Must be a list; got null."),
        ({"generation_file_ids": None}, "Must be a list; got null."),
        ({"generation_files": [{"name": "a.txt"}]}, "[0].content_base64: Required."),
        ({"generation_files": [{"name": "a.txt", "content_base64": "?"}]}, "content_base64 is not base64."),
        ({"generation_files": inline(("a.txt", b"a")) * 11}, "Must have at most 10 items; got 11."),
        ({"generation_file_ids": [1] * 11}, "Must have at most 10 items; got 11."),
        (
            {"generation_files": inline(("a.txt", b"a")) * 9, "generation_file_ids": [1, 2, 1]},
            "With generation_files there are 11; at most 10 are allowed.",
        ),
        (
            {"generation_files": inline(("a.txt", b"a")), "scenario_type": "knowledge_base"},
            "Only with workflow",
        ),
        ({"generation_file_ids": [1], "scenario_type": "knowledge_base"}, "Only with workflow"),
    ],
)
def test_files_of_the_wrong_form_number_or_type_of_scenario_are_named(
    api: Api, fields: dict[str, Any], told: str
) -> None:
    refused = asked(api, api.agent()["id"], **fields)
    assert refused.status == 400
    assert told in str(refused.json[list(fields)[-1] if told.startswith("With") else next(iter(fields))])


def test_a_part_without_a_file_name_is_no_file(api: Api) -> None:
    body, headers = form(api.agent()["id"], generation_files="text")
    refused = api.call("POST", GENERATE, body, headers=headers)
    assert (refused.status, list(refused.json)) == (400, ["generation_files"])


@pytest.mark.parametrize("start", [by_json, by_form], ids=["json", "multipart"])
def test_three_megabytes_come_in_the_request_and_above_it_the_way_is_told(
    api: Api, start: Callable[..., Answer]
) -> None:
    agent = api.agent()["id"]
    large = b"word " * 314_572
    assert start(api, agent, ("a.txt", large), ("b.txt", large)).status == 200
    refused = start(api, agent, ("a.txt", large), ("b.txt", large + b"x" * 10))
    assert refused.status == 413
    assert "generation_file_ids" in refused.json["detail"]
    assert "knowledge_base/uploads" in refused.json["detail"]
    messages(api)


def test_a_body_has_one_megabyte_besides_its_files(api: Api) -> None:
    body, headers = form(api.agent()["id"], ("a.txt", b"a"), extra_instructions="x" * 1_048_577)
    refused = api.call("POST", GENERATE, body, headers=headers)
    assert (refused.status, "Without files" in refused.json["detail"]) == (413, True)


def test_an_upload_is_read_for_a_generation_by_its_id_and_becomes_no_document(api: Api) -> None:
    agent = api.agent(description=DESK)["id"]
    upload = announce(api, agent, "fees.md", len(FEES))
    one = upload["id"]
    early = asked(api, agent, generation_file_ids=[one])
    (told,) = early.json["generation_file_ids"]
    assert told.startswith(f"Upload {one}, fees.md: there is no file of {len(FEES)} bytes: send it")
    fetch(api, upload["upload"]["url"], "PUT", FEES)
    messages(api)
    for _ in range(2):
        job = asked(api, agent, generation_file_ids=[one, one]).json["progress_id"]
        worked(api)
        assert {item["kind"] for item in coverage(api, job)["items"] if item["about"] == "fact"} == {
            "fees.md"
        }
    assert api.call("GET", f"{AGENTS}/{agent}/knowledge_base").json["count"] == 0


def test_an_upload_that_cannot_be_used_is_named_with_the_reason(api: Api) -> None:
    agent, other = api.agent()["id"], api.agent()["id"]
    others, document = announce(api, other)["id"], announce(api, agent, "a.docx")["id"]
    complete = announce(api, agent, "a.txt", 1)
    assert extracted(api, agent, complete, b"a")["status"] == "ready"
    big = [announce(api, agent, f"{n}.txt", 30 * 1024 * 1024)["id"] for n in range(2)]
    refused = asked(api, agent, generation_file_ids=[others, document, complete["id"], *big])
    told = refused.json["generation_file_ids"]
    assert told[0] == f"This agent has no upload {others}."
    assert "a.docx: the name must end in one of" in told[1]
    assert "a.txt: it was said to be complete" in told[2]
    assert told[-1].startswith(f"With generation_files there are {60 * 1024 * 1024 + 7} bytes; at most")


def test_files_that_cannot_be_read_end_the_job_with_all_the_reasons(api: Api) -> None:
    agent = api.agent(description=DESK)["id"]
    upload = announce(api, agent, "late.txt", 1)
    fetch(api, upload["upload"]["url"], "PUT", b"a")
    files = inline(("broken.pdf", b"%PDF-1.4 broken"), ("ok.md", FEES))
    job = asked(api, agent, generation_files=files, generation_file_ids=[upload["id"]]).json["progress_id"]
    api.stores.blobs.delete(keys.upload_body(FIRST, upload["id"]))
    worked(api)
    told = progress(api, job)
    assert (told["status"], told["failed_scenarios"]) == ("failed", 4)
    (reason,) = {failure["reason"] for failure in told["failures"]}
    assert reason.startswith("generation_files: [0] broken.pdf: the file cannot be read as a PDF")
    assert f"upload {upload['id']}, late.txt: the file is no longer stored; upload it again." in reason


def test_too_much_text_together_ends_the_job(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("evalgen.jobs.context.MAX_TEXT_TOGETHER", 10)
    job = by_json(api, api.agent()["id"], ("fees.md", FEES)).json["progress_id"]
    worked(api)
    (reason,) = {failure["reason"] for failure in progress(api, job)["failures"]}
    assert reason.endswith(f"{len(FEES)} characters of text; at most 10 are allowed.")


def test_the_same_file_read_again_changes_nothing(api: Api) -> None:
    job = by_json(api, api.agent(description=DESK)["id"], ("fees.md", FEES)).json["progress_id"]
    again = ContextMessage(FIRST, job, 0, 4).body
    assert again == {"kind": "context", "project_id": FIRST, "job_id": job, "file": 0, "size": 4}
    for message in (again, PlanMessage(FIRST, job, 4).body, again, {**again, "file": 9}):
        work(api.stores, time.time, Embedded(), message)
    worked(api)
    before = progress(api, job)
    work(api.stores, time.time, Embedded(), again)
    assert (messages(api), progress(api, job)) == ([], before)
    assert before["completed_scenarios"] == 4


def test_a_dead_letter_of_a_file_ends_its_job(api: Api) -> None:
    job = by_json(api, api.agent()["id"], ("fees.md", FEES)).json["progress_id"]
    bury(api.stores, time.time, ContextMessage(FIRST, job, 0, 4).body)
    assert {failure["reason"] for failure in progress(api, job)["failures"]} == {READING_FAILED}
    worked(api)
    told = progress(api, job)
    assert (told["failed_scenarios"], told["completed_scenarios"]) == (4, 0)


def test_an_idempotency_key_knows_the_files(api: Api) -> None:
    agent = api.agent()["id"]
    headers = {"Idempotency-Key": "files", **JSON_TYPE}

    def send(*files: tuple[str, bytes]) -> Answer:
        body = {"agent_id": agent, "num_scenarios": 1, "generation_files": inline(*files)}
        return api.call("POST", GENERATE, json.dumps(body).encode(), headers=headers)

    first = send(("fees.md", FEES))
    assert send(("fees.md", FEES)).json == first.json
    assert send(("fees.md", FEES + b" ")).status == 409
    messages(api)
