"""What is tried: for each kind, a random input and what the function does with it."""

from __future__ import annotations

import io
import json
import zlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random
from typing import Any

from evalgen.contract.agents import MAX_DESCRIPTION_BYTES, AgentCreate, small_enough
from evalgen.contract.bodies import FILES_BODY_LIMIT, MEGABYTE
from evalgen.contract.generate import GenerateRequest
from evalgen.contract.requests import read_request
from evalgen.contract.tool_schemas import usable_schema
from evalgen.errors import ClientError, Permanent
from evalgen.exports.exported import Exported
from evalgen.exports.table import COLUMNS, as_csv
from evalgen.exports.workbook import as_xlsx
from evalgen.extraction.confined import Confined
from evalgen.extraction.documents import (
    BY_THE_WORKER,
    MAX_TEXT_CHARACTERS,
    MAX_TEXT_TOGETHER,
    BadDocumentError,
    extract,
)
from evalgen.generation import embedded
from evalgen.generation.brief import Brief, Personality
from evalgen.generation.definition import AgentDefinition, Document
from evalgen.generation.schemas import NoSchema, validator_of
from fuzz.texts import WORDS, size_up_to, text, value

REFUSALS = (ClientError, BadDocumentError, NoSchema, Permanent)
"""What an input may be answered with; anything else that is raised is a find."""


LONGEST_ANSWER = 100_000


@dataclass(frozen=True, slots=True)
class Kind:
    """`function`: whose time and memory it takes, by its name in the template. `attempt` answers a size."""

    function: str
    attempt: Callable[[Random], int]


def prompt(random: Random) -> int:
    described = text(random, size_up_to(random, MAX_DESCRIPTION_BYTES))
    attack: Any = {"scenario_type": "red_teaming_voice", "attack_type": "data_leak"}
    brief = Brief(20, "seed", (Personality(1, "Plain", "en"),), **random.choice([{}, attack]))
    embedded.plan_job(AgentDefinition("Desk", random.choice(["en", "es"]), described), brief)
    return len(described)


def document(random: Random) -> int:
    name = random.choice(["a.txt", "a.md", "a.csv", "a.json", "a.xml", "a.pdf"])
    content = text(random, size_up_to(random, MAX_TEXT_CHARACTERS))
    data = pdf(random, content[:20_000]) if name == "a.pdf" else content.encode("utf-8", "replace")
    if name == "a.json":
        data = json.dumps(value(random, 6)).encode()
    found = extract(name, data, Confined(BY_THE_WORKER))
    brief = Brief(20, "s", (Personality(1, "P", "en"),), scenario_type="knowledge_base", knowledge_base=(1,))
    embedded.plan_job(
        AgentDefinition("Desk", "en", "You answer.", documents=(Document(1, name, found.text),)), brief
    )
    return len(data)


def pdf(random: Random, content: str) -> bytes:
    """Some pages with the text, compressed or not, and now and then a piece of it broken."""
    drawn = "".join(f"({line[:200]}) Tj " for line in content.replace("\\", "").split("\n"))
    stream = f"BT /F1 12 Tf {drawn} ET".encode("latin-1", "replace")
    flate = random.random() < 0.5
    stream = zlib.compress(stream) if flate else stream
    pages = random.choice([1, 1, 5, 50])
    kids = b"3 0 R " * pages
    out = io.BytesIO(b"%PDF-1.4\n")
    out.seek(0, io.SEEK_END)
    filtered = b"/Filter /FlateDecode " if flate else b""
    for number, body in enumerate(
        (
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, pages),
            b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
            b"<< /Length %d %s>>\nstream\n%s\nendstream" % (len(stream), filtered, stream),
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        ),
        1,
    ):
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    out.write(b"trailer\n<< /Size 6 /Root 1 0 R >>\n%%EOF\n")
    data = bytearray(out.getvalue())
    for _ in range(random.choice([0, 0, 1, 20])):
        data[random.randrange(len(data))] = random.randrange(256)
    return bytes(data)


def body(random: Random) -> int:
    fields: dict[str, Any] = {"name": "Desk", "description": text(random, size_up_to(random, 10_000))}
    for name in random.sample(["mock_tools", "dynamic_variables", "tags", "personalities", "provider"], 3):
        fields[name] = random.choice([value(random), many(random)])
    sent = json.dumps(fields)
    if random.random() < 0.2:
        place = random.randrange(len(sent))
        sent = sent[:place] + random.choice('[]{}",:\\0') + sent[place + 1 :]
    event = {"headers": {}, "body": sent[:FILES_BODY_LIMIT]}
    for model in (AgentCreate, GenerateRequest):
        try:
            request = read_request(model, event, limit=FILES_BODY_LIMIT)
            if isinstance(request, AgentCreate):
                small_enough(request)
        except ClientError as error:
            if len(json.dumps(error.body)) > LONGEST_ANSWER:
                raise ValueError("the answer to a wrong body is too long") from error
    return len(sent)


def many(random: Random) -> list[Any]:
    """One thing as often as fits a body."""
    one = value(random, 2)
    return [one] * size_up_to(random, MEGABYTE // (len(json.dumps(one)) + 2) + 1)


LARGEST = (
    "If the caller asks for the {a} of case {n}, transfer them to desk {n}.",
    "Never tell the caller the {a} of case {n}.",
    "The {a} {b} costs {n} dollars for the {c} {d} in area {n}.",
)


def limit(random: Random) -> int:
    """As much of one kind of sentence as an agent may hold, as its prompt or as its documents."""
    line, of_documents = random.choice(LARGEST), random.random() < 0.3
    most = MAX_TEXT_TOGETHER if of_documents else MAX_DESCRIPTION_BYTES
    words = [dict(zip("abcd", random.choices(WORDS, k=4), strict=True)) for _ in range(most // len(line))]
    said = "\n".join(line.format(**each, n=number) for number, each in enumerate(words))[:most]
    brief = Brief(100, "seed", (Personality(1, "Plain", "en"),))
    if not of_documents:
        embedded.plan_job(AgentDefinition("Desk", "en", said), brief)
        return len(said)
    halves = [said[: most // 2], said[most // 2 :]]
    documents = tuple(Document(number, f"{number}.txt", half) for number, half in enumerate(halves, 1))
    asked = replace(brief, scenario_type="knowledge_base", knowledge_base=(1, 2))
    embedded.plan_job(AgentDefinition("Desk", "en", "You answer.", documents=documents), asked)
    return len(said)


def schema(random: Random) -> int:
    parts: dict[str, Any] = {
        f"p{n}": {
            "type": random.choice(["string", "integer", "array", "object", ["string", "null"], "banana"]),
            "pattern": text(random, random.randint(1, 30)),
            "format": random.choice(["email", "date", "uri", "ipv6", "regex", "none"]),
            "enum": value(random, 1),
            "items": {"$ref": "#"},
        }
        for n in range(size_up_to(random, 1_500))
    }
    keep = random.sample(["type", "pattern", "format", "enum", "items"], random.randint(1, 3))
    properties = {name: {key: one[key] for key in keep} for name, one in parts.items()}
    whole = {"type": "object", "properties": properties, "required": list(properties)[:3]}
    try:
        usable_schema(whole)
    except Exception as error:
        if type(error).__name__ != "PydanticCustomError":
            raise
    problem = validator_of(whole)
    for _ in range(20):
        problem({name: value(random, 2) for name in list(properties)[:50]})
    return len(json.dumps(whole))


def suite(random: Random) -> int:
    scenarios = [
        {
            **{column: value(random, 1) for column in COLUMNS},
            "test_profile_data": {
                "information": {
                    "main_agent_variables": {"a": value(random, 2)},
                    "testing_agent_variables": {"b": value(random, 2)},
                }
            },
            "instructions": text(random, size_up_to(random, 20_000)),
        }
        for _ in range(random.randint(1, 200))
    ]
    size = len(as_csv(Exported(scenarios)))
    as_xlsx(Exported(scenarios))
    return size


ON_DEMAND = {"limits": Kind("WorkerFunction", limit)}
"""Takes some seconds for each input: tried where it is asked for."""

KINDS = {
    "prompts": Kind("WorkerFunction", prompt),
    "documents": Kind("WorkerFunction", document),
    "bodies": Kind("AgentsFunction", body),
    "schemas": Kind("WorkerFunction", schema),
    "suites": Kind("SuitesFunction", suite),
}
