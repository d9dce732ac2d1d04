"""Files that the vendor's own client sends, or is followed by, against the embedded stack."""

from __future__ import annotations

import base64
import json
import urllib.request
from functools import partial
from typing import Any

import pytest
from cekura import Cekura

from tests.e2e.kit import until
from tests.e2e.vendor import KEY, ended
from tests.integration.api.test_knowledge import multipart

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])


def test_a_large_document_is_sent_beside_the_gateway_and_read_by_the_worker(client: Cekura) -> None:
    agent = client.agents.create(description="You answer the phone.")["id"]
    data = ("Opening hours: 9 to 5.\n" + "😀" * 2_800_000).encode()
    assert len(data) > 11_000_000
    path = f"/test_framework/v2/aiagents/{agent}/knowledge_base/uploads/"
    upload = client._http.request("POST", path, json_body={"file_name": "hours.txt", "file_size": len(data)})
    request = urllib.request.Request(upload["upload"]["url"], data, method="PUT")
    with urllib.request.urlopen(request) as answer:
        assert answer.status == 200
    client._http.request("POST", f"{path}{upload['id']}/complete/")
    until(
        lambda: client._http.request("GET", f"{path}{upload['id']}/")["status"] == "ready",
        "the worker reads the document",
    )
    (file,) = client.agents.get_knowledge_base(agent)["results"]
    assert (file["id"], file["file_size"]) == (upload["id"], len(data))
    with urllib.request.urlopen(file["file_url"]) as answer:
        assert answer.read() == data


def test_files_are_context_for_one_generation(client: Cekura, base: str) -> None:
    """As the client sends everything, as a form, and by the id of an upload."""
    agent = client.agents.create(description="You answer the phone of a garage.")["id"]
    first, second, third = (
        f"# Fees\n\n| Service | Price |\n|---|---|\n| {one} | $65 |\n| {other} | $35 |\n".encode()
        for one, other in (("Oil change", "Tire rotation"), ("Car wash", "Wax"), ("Tow", "Jump start"))
    )
    uploads = f"/test_framework/v2/aiagents/{agent}/knowledge_base/uploads/"
    upload = client._http.request("POST", uploads, json_body={"file_name": "c.md", "file_size": len(third)})
    with urllib.request.urlopen(urllib.request.Request(upload["upload"]["url"], third, method="PUT")):
        pass
    inline = [{"name": "a.md", "content_base64": base64.b64encode(first).decode()}]
    form, headers = multipart(("b.md", second), field="generation_files")
    for name, value in (("agent_id", agent), ("num_scenarios", 2)):
        form = f'--X\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode() + form
    path = f"{base}/test_framework/v1/scenarios/generate-bg"
    posted = urllib.request.Request(path, form, {**headers, "X-CEKURA-API-KEY": KEY})
    with urllib.request.urlopen(posted) as answer:
        job = json.load(answer)["progress_id"]

    def done(job: str) -> dict[str, Any]:
        look = partial(client.scenarios.generate_progress, progress_id=job)
        told: dict[str, Any] = until(lambda: ended(look()), "the job ends")
        return told

    jobs = {
        "a.md": client.scenarios.generate_bg(agent_id=agent, num_scenarios=2, generation_files=inline),
        "b.md": {"progress_id": job},
        "c.md": client.scenarios.generate_bg(
            agent_id=agent, num_scenarios=2, generation_file_ids=[upload["id"]]
        ),
    }
    for name, started in jobs.items():
        progress = done(started["progress_id"])
        files = {source["file_name"] for one in progress["scenarios_list"] for source in one["sources"]}
        assert (progress["status"], files) == ("completed", {name})
    assert client.agents.get_knowledge_base(agent)["count"] == 0
    client.agents.delete(agent)
