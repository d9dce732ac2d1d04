"""Agents that were read last are kept for their next jobs, whatever those ask for."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from functools import lru_cache

from evalgen.generation.definition import AgentDefinition
from evalgen.generation.read.model import AgentModel, read_agent

KEPT_AGENTS = 2
"""What an agent of the largest size leaves in memory fits a worker twice."""

_models: dict[str, AgentModel] = {}


def kept_model(agent: AgentDefinition) -> AgentModel:
    """What `read_agent` makes of the definition, the same object for one with the same content."""
    content = hashlib.sha256(repr(agent).encode("utf-8", "surrogatepass")).hexdigest()
    model = _models.pop(content, None) or read_agent(agent)
    _models[content] = model
    for oldest in list(_models)[:-KEPT_AGENTS]:
        del _models[oldest]
    return model


@lru_cache(maxsize=2 * KEPT_AGENTS)
def in_language(model: AgentModel, language: str) -> AgentModel:
    """The agent as it speaks to callers of that language."""
    return replace(model, definition=replace(model.definition, language=language))
