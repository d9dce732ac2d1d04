"""A model endpoint on 127.0.0.1 that answers as a test tells it: Converse and chat completions.

It counts as a provider would: tokens are characters / 4, and the material is read from the cache where it has
been sent with the same schema before.
"""

from __future__ import annotations

import json
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class Asked:
    """One request, whichever protocol it came by."""

    number: int
    form: str
    schema: dict[str, Any]
    material: str
    task: str
    as_tool: bool = False


@dataclass(frozen=True)
class Reply:
    """What is sent back; `body` as it stands where there is one, broken off after `torn` bytes."""

    text: str = ""
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    body: str | None = None
    torn: int | None = None
    stop: str = ""
    message: str = "busy"


Script = Callable[[Asked], Reply]


@dataclass
class ScriptedModel:
    """`script` answers each request; `wait_s` is how long each takes; `tokens` are by form."""

    script: Script
    wait_s: float = 0.0
    asked: list[Asked] = field(default_factory=list)
    tokens: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    url: str = ""
    _seen: set[tuple[str, str]] = field(default_factory=set)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def count(self, asked: Asked, text: str) -> dict[str, int]:
        with self._lock:
            key = (asked.form, asked.material)
            cached = len(asked.material) // 4 if key in self._seen else 0
            self._seen.add(key)
            taken, made = (len(asked.material) + len(asked.task)) // 4, len(text) // 4
            used = {"input": taken, "cached": cached, "output": made}
            self.tokens[asked.form].update(used)
            return used

    def next(self, **parts: Any) -> Asked:
        with self._lock:
            asked = Asked(len(self.asked), **parts)
            self.asked.append(asked)
            return asked


@contextmanager
def serving(model: ScriptedModel) -> Iterator[ScriptedModel]:
    handler = type("Handler", (_Handler,), {"model": model})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    model.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield model
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    model: ScriptedModel
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: Any) -> None:
        pass

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers.get("Content-Length", 0))))
        converse = self.path.endswith("/converse")
        asked = self.model.next(**(_of_converse(body) if converse else _of_chat(body)))
        if self.model.wait_s:
            time.sleep(self.model.wait_s)
        reply = self.model.script(asked)
        used = self.model.count(asked, reply.text)
        if reply.body is not None:
            text = reply.body
        elif reply.status != 200:
            text = json.dumps({"message": reply.message, "error": {"message": reply.message}})
        else:
            text = json.dumps(_converse(asked, reply, used) if converse else _chat(reply, used))
        self._send(reply, text.encode())

    def _send(self, reply: Reply, data: bytes) -> None:
        self.send_response(reply.status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        for name, value in reply.headers:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data if reply.torn is None else data[: reply.torn])
        if reply.torn is not None:
            self.close_connection = True


def _of_converse(body: dict[str, Any]) -> dict[str, Any]:
    form = body.get("outputConfig", {}).get("textFormat", {}).get("structure", {}).get("jsonSchema")
    tool = body["toolConfig"]["tools"][0]["toolSpec"] if "toolConfig" in body else None
    return {
        "form": tool["name"] if tool else form["name"],
        "schema": tool["inputSchema"]["json"] if tool else json.loads(form["schema"]),
        "material": body["system"][0]["text"],
        "task": body["messages"][0]["content"][0]["text"],
        "as_tool": tool is not None,
    }


def _of_chat(body: dict[str, Any]) -> dict[str, Any]:
    system, user = body["messages"]
    form = body["response_format"]["json_schema"]
    return {
        "form": form["name"],
        "schema": form["schema"],
        "material": system["content"],
        "task": user["content"],
    }


def _converse(asked: Asked, reply: Reply, used: dict[str, int]) -> dict[str, Any]:
    content: list[dict[str, Any]] = [{"text": reply.text}]
    if asked.as_tool:
        content = [{"toolUse": {"toolUseId": "t", "name": asked.form, "input": json.loads(reply.text)}}]
    return {
        "output": {"message": {"role": "assistant", "content": content}},
        "stopReason": reply.stop or ("tool_use" if asked.as_tool else "end_turn"),
        "usage": {
            "inputTokens": used["input"] - used["cached"],
            "outputTokens": used["output"],
            "totalTokens": used["input"] + used["output"],
            "cacheReadInputTokens": used["cached"],
            "cacheWriteInputTokens": 0,
        },
        "metrics": {"latencyMs": 1},
    }


def _chat(reply: Reply, used: dict[str, int]) -> dict[str, Any]:
    refused = reply.stop == "refusal"
    message = {"role": "assistant", "content": None if refused else reply.text}
    if refused:
        message["refusal"] = reply.text
    return {
        "id": "c",
        "object": "chat.completion",
        "created": 1,
        "model": "scripted",
        "choices": [{"index": 0, "message": message, "finish_reason": reply.stop or "stop"}],
        "usage": {
            "prompt_tokens": used["input"],
            "completion_tokens": used["output"],
            "total_tokens": used["input"] + used["output"],
            "prompt_tokens_details": {"cached_tokens": used["cached"]},
        },
    }
