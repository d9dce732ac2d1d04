"""Every key of the table and every name of a blob is made here; the project is part of each.

The exceptions are the two ways into a project, the hash of an API key and the list of projects, the list of
jobs to look after, which is read across projects by time, and the pace of models, which all projects share.
Ids are padded so that their text order is their numeric order; a job's scenarios lie in one range.
"""

from __future__ import annotations

import hashlib

from evalgen.storage.ports import Key

ID_DIGITS = 12
PROJECTS = "PROJECTS"
SLOT = "SLOT#"
AGENT_JOB = "JOB#"
AGENT_PLAN = "PLAN#"
WATCHED = "WATCHED"
API_KEY = "KEY"


def padded(number: int) -> str:
    return f"{number:0{ID_DIGITS}d}"


def api_key(sha256_hex: str) -> Key:
    return Key(f"KEY#{sha256_hex}", "KEY")


def api_key_of(project_id: int, sha256_hex: str) -> Key:
    """Says that the project has this key."""
    return Key(entities(project_id, API_KEY), sha256_hex)


def project(project_id: int) -> Key:
    return Key(PROJECTS, padded(project_id))


def defaults(project_id: int) -> Key:
    """What the project's jobs get where a request names nothing."""
    return Key(f"P#{project_id}", "DEFAULTS")


def sequence(project_id: int) -> Key:
    """The counter from which all of a project's ids are reserved."""
    return Key(f"P#{project_id}", "SEQUENCE")


def entities(project_id: int, kind: str) -> str:
    """The partition of a project's things of one kind: AGENT, SCENARIO, PROFILE, PERSONALITY, METRIC …"""
    return f"P#{project_id}#{kind}"


def entity(project_id: int, kind: str, entity_id: int) -> Key:
    return Key(entities(project_id, kind), padded(entity_id))


def labelled(project_id: int, kind: str, label: str) -> str:
    """The partition with the ids of a project's things of a kind that have a label, however long."""
    return f"{entities(project_id, kind)}#WITH#{hashlib.sha256(label.encode()).hexdigest()}"


def uses(project_id: int) -> str:
    """The partition that lists which scenarios use which profile."""
    return f"P#{project_id}#USES"


def use(project_id: int, profile_id: int, scenario_id: int) -> Key:
    return Key(uses(project_id), f"{padded(profile_id)}#{padded(scenario_id)}")


def assistant(project_id: int, assistant_id: str) -> Key:
    """Points from a provider's agent id to ours."""
    return Key(entities(project_id, "ASSISTANT"), assistant_id)


def job(project_id: int, job_id: str) -> Key:
    return Key(f"P#{project_id}#JOB#{job_id}", "JOB")


def job_input(project_id: int, job_id: str) -> Key:
    """The job's request where it is small: the neighbour of the job's own item, to be read together."""
    return Key(job(project_id, job_id).pk, "INPUT")


def slot(project_id: int, job_id: str, index: int) -> Key:
    """The guard that makes a slot count once; it stays for as long as its job."""
    return Key(job(project_id, job_id).pk, f"{SLOT}{index:04d}")


def job_report(project_id: int, job_id: str) -> Key:
    """What the plan covers, kept out of the job's own item, which every chunk rewrites."""
    return Key(job(project_id, job_id).pk, "REPORT")


def job_end(project_id: int, job_id: str) -> Key:
    """Who tells of the job's end, and whether that is done."""
    return Key(job(project_id, job_id).pk, "END")


def job_question(project_id: int, job_id: str, digest: str) -> Key:
    """A question that a worker is asking a model."""
    return Key(job(project_id, job_id).pk, f"ASK#{digest}")


def model_month(project_id: int, month: str) -> Key:
    """What a project has used of models in a month, such as 2026-11."""
    return Key(f"P#{project_id}#MODELS", month)


def model_rest(model: str) -> Key:
    """Until when a model takes no calls, whoever's."""
    return Key(f"MODEL#{model}", "REST")


def model_minute(model: str, minute: int) -> Key:
    """The calls of a model in one minute since 1970, of all projects: its limits are the account's."""
    return Key(f"MODEL#{model}", f"MINUTE#{padded(minute)}")


def quota(project_id: int, day: str) -> Key:
    """What a project has asked for on a day, such as 2026-11-28."""
    return Key(f"P#{project_id}#QUOTA", day)


def watched(due: str, project_id: int, job_id: str) -> Key:
    """A job that has not been seen to end, by the time at which it is to be looked at: first comes first."""
    return Key(WATCHED, f"{due}#{project_id}#{job_id}")


def agent_job(project_id: int, agent_id: int, created_at: str, job_id: str) -> Key:
    """The jobs of one agent that have not been seen to end, in order of creation."""
    return Key(f"P#{project_id}#AGENT#{agent_id}", f"{AGENT_JOB}{created_at}#{job_id}")


def agent_plan(project_id: int, agent_id: int, number: int) -> Key:
    """The plans made for one agent, numbered in the order of their adoption."""
    return Key(f"P#{project_id}#AGENT#{agent_id}", f"{AGENT_PLAN}{padded(number)}")


def agent_version(project_id: int, agent_id: int, revision: int) -> Key:
    """What an agent was after a change; the partition has all versions in their order."""
    return Key(f"P#{project_id}#AGENT#{agent_id}#VERSIONS", padded(revision))


def agent_alive(project_id: int, agent_id: int) -> Key:
    """There until the agent is deleted; no job is made for it without."""
    return Key(f"P#{project_id}#ALIVE#{agent_id}", "ALIVE")


def transcript(project_id: int, progress_id: str) -> Key:
    """What was made of a transcript."""
    return Key(f"P#{project_id}#TRANSCRIPTS", progress_id)


def folder(project_id: int, path_sha256_hex: str) -> Key:
    """A folder under the hash of its path in small letters: no two differ in capitals alone."""
    return Key(entities(project_id, "FOLDER"), path_sha256_hex)


def idempotency(project_id: int, idempotency_key: str) -> Key:
    return Key(f"P#{project_id}#IDEMPOTENCY", idempotency_key)


def agent_body(project_id: int, sha256_hex: str) -> str:
    return f"projects/{project_id}/agents/{sha256_hex}.json"


def document_body(project_id: int, sha256_hex: str) -> str:
    return f"projects/{project_id}/documents/{sha256_hex}"


def upload_body(project_id: int, upload_id: int) -> str:
    """A document that is being uploaded; what lies under `uploads/` does not last."""
    return f"uploads/{project_id}/{upload_id}"


def export_body(project_id: int, export_id: str) -> str:
    """A file to be fetched once; what lies under `exports/` does not last."""
    return f"exports/{project_id}/{export_id}"


def job_request(project_id: int, job_id: str) -> str:
    """The job's request where it is large.

    All blobs of jobs lie under `jobs/`; they last for as long as their job is kept.
    """
    return f"jobs/{project_id}/{job_id}/request.json"


def job_file(project_id: int, job_id: str, number: int) -> str:
    """A file that came with the job's request."""
    return f"jobs/{project_id}/{job_id}/files/{number}"


def job_file_text(project_id: int, job_id: str, number: int) -> str:
    """What was read of the job's file with that number."""
    return f"jobs/{project_id}/{job_id}/files/{number}.json"


def job_plans(project_id: int, job_id: str, plan: str) -> str:
    """`plan` is the digest of all the job's plans: of two that were made, only one is the job's."""
    return f"jobs/{project_id}/{job_id}/plans-{plan}.zip"


def reading(project_id: int, name: str) -> str:
    """What a model has read of a part of a prompt; it lasts as long as a job of the same day."""
    return f"jobs/{project_id}/readings/{name}.json"


def job_answer(project_id: int, job_id: str, question: str) -> str:
    """What a model answered the question with that digest."""
    return f"jobs/{project_id}/{job_id}/answers/{question}.json"
