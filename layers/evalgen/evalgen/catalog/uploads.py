"""Documents that are too large for a request's body: sent to the bucket, read by the worker.

An upload has the id that its document gets. `waiting` becomes `extracting` by `complete`, and then `ready`,
or `failed` with the reason in `error`.
"""

from __future__ import annotations

from typing import Any

from evalgen.catalog.agent_parts import new_document
from evalgen.catalog.agents import Agents
from evalgen.clock import Clock, iso
from evalgen.contract.knowledge import UploadCreate
from evalgen.errors import InvalidRequest, NotFound
from evalgen.extraction.confined import Confined
from evalgen.extraction.documents import BY_THE_WORKER, BadDocumentError
from evalgen.jobs.messages import ExtractMessage
from evalgen.storage import keys
from evalgen.storage.entities import Entities, body_of, reserve_ids
from evalgen.storage.kinds import AGENT, UPLOAD
from evalgen.storage.ports import Item, Stores

ADDRESS_SECONDS = 3600
OPEN = ("waiting", "extracting")


class Uploads:
    def __init__(self, stores: Stores, clock: Clock) -> None:
        self._stores = stores
        self._clock = clock
        self._uploads = Entities(stores.table, UPLOAD)
        self._agents = Agents(stores, clock)

    def create(self, project_id: int, agent_id: int, request: UploadCreate) -> dict[str, Any]:
        """The upload, with the address to send the file to. Raises NotFound without such an agent."""
        Entities(self._stores.table, AGENT).get(project_id, agent_id)
        now = iso(self._clock())
        body: dict[str, Any] = {
            "id": reserve_ids(self._stores.table, project_id, 1)[0],
            "agent": agent_id,
            "file_name": request.file_name,
            "file_size": request.file_size,
            "status": "waiting",
            "error": "",
            "created_at": now,
            "updated_at": now,
        }
        self._uploads.add(project_id, body, now, agent_id=agent_id)
        name = keys.upload_body(project_id, body["id"])
        url = self._stores.blobs.upload_url(name, request.file_size, ADDRESS_SECONDS)
        return {**body, "upload": {"method": "PUT", "url": url, "expires_in": ADDRESS_SECONDS}}

    def read(self, project_id: int, agent_id: int, upload_id: int) -> dict[str, Any]:
        """Raises NotFound."""
        return body_of(self._item(project_id, agent_id, upload_id))

    def complete(self, project_id: int, agent_id: int, upload_id: int) -> dict[str, Any]:
        """Have the file read, which the client says it has sent; saying so again does no harm.

        Raises NotFound, and InvalidRequest if the file is not there or not as large as announced.
        """
        item = self._item(project_id, agent_id, upload_id)
        body = body_of(item)
        if body["status"] not in OPEN:
            return body
        size = self._stores.blobs.size(keys.upload_body(project_id, upload_id))
        if size != body["file_size"]:
            sent = "no file" if size is None else f"a file of {size} bytes"
            text = f"Must be the size of the file that was sent, {body['file_size']} bytes; there is {sent}."
            raise InvalidRequest({"file_size": [text]})
        body = self._turn(project_id, item, "extracting")
        self._stores.queue.send([ExtractMessage(project_id, upload_id).body])
        return body

    def extract(self, message: ExtractMessage) -> None:
        """Give the document to its agent, or say why not. Doing so again changes nothing."""
        project_id, upload_id = message.project_id, message.upload_id
        item = self._uploads.find(project_id, upload_id)
        if item is None or body_of(item)["status"] != "extracting":
            return
        body, name = body_of(item), keys.upload_body(project_id, upload_id)
        data = self._stores.blobs.get(name)
        if data is None:
            self._turn(project_id, item, "failed", "The file is no longer stored; upload it again.")
            return
        try:
            document = new_document(upload_id, body["file_name"], data, Confined(BY_THE_WORKER))
            self._agents.add_documents(project_id, body["agent"], [document])
        except BadDocumentError as error:
            self._turn(project_id, item, "failed", f"{body['file_name']}: {error}.")
        except InvalidRequest as error:
            self._turn(project_id, item, "failed", " ".join(error.fields["files"]))
        except NotFound:
            self._turn(project_id, item, "failed", "The agent was deleted.")
        else:
            self._turn(project_id, item, "ready")
        self._stores.blobs.delete(name)

    def fail(self, project_id: int, upload_id: int, error: str) -> None:
        """End an upload that is still open."""
        item = self._uploads.find(project_id, upload_id)
        if item is not None and body_of(item)["status"] in OPEN:
            self._turn(project_id, item, "failed", error)

    def _item(self, project_id: int, agent_id: int, upload_id: int) -> Item:
        item = self._uploads.get(project_id, upload_id)
        if item["agent_id"] != agent_id:
            raise NotFound(f"Agent {agent_id} has no upload {upload_id}.")
        return item

    def _turn(self, project_id: int, item: Item, status: str, error: str = "") -> dict[str, Any]:
        turned = {"status": status, "error": error}
        now = iso(self._clock())
        return self._uploads.change(project_id, int(item["id"]), lambda body: {**body, **turned}, now)
