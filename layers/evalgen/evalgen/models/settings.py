"""Which model is used, from the environment; standard library only, so that every function may look."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from evalgen.models.prices import price_of

Provider = Literal["embedded", "bedrock", "openai"]
TIMEOUT_S = 110
"""A worker has more than twice as long: an answer that needs longer was asked for too much at once."""


@dataclass(frozen=True, slots=True)
class ModelSettings:
    """`job_tokens`, `job_dollars` and `project_dollars` (a month) are ceilings, 0 is none.

    `calls_a_minute` is shared by all workers, 0: any number. `api_key_secret` is the ARN of a secret.
    """

    provider: Provider = "embedded"
    model_id: str = ""
    base_url: str = ""
    api_key: str = ""
    api_key_secret: str = ""
    timeout_s: float = TIMEOUT_S
    calls_a_minute: int = 0
    job_tokens: int = 0
    job_dollars: float = 0
    project_dollars: float = 0

    def __repr__(self) -> str:
        return f"ModelSettings({self.provider}, {self.model_id})"


def model_settings(environ: Mapping[str, str]) -> ModelSettings:
    """Raises RuntimeError for what cannot be, naming the variable and what is allowed."""
    provider = environ.get("GENERATOR") or "embedded"
    if provider not in get_args(Provider):
        raise RuntimeError(f"GENERATOR must be one of {', '.join(get_args(Provider))}; got {provider!r}")
    if provider == "embedded":
        return ModelSettings()
    model_id = environ.get("MODEL_ID", "")
    if not model_id:
        raise RuntimeError(f"GENERATOR={provider} needs MODEL_ID, the name of the model")
    base_url = environ.get("MODEL_BASE_URL", "")
    if base_url and not base_url.startswith(("http://", "https://")):
        raise RuntimeError(f"MODEL_BASE_URL must begin with http:// or https://; got {base_url!r}")
    key, secret = environ.get("MODEL_API_KEY", ""), environ.get("MODEL_API_KEY_SECRET", "")
    if provider == "openai" and not (key or secret or base_url):
        raise RuntimeError(
            "GENERATOR=openai needs MODEL_API_KEY or MODEL_API_KEY_SECRET, "
            "or the MODEL_BASE_URL of a server that asks for no key"
        )
    for name in ("MODEL_JOB_DOLLARS", "MODEL_PROJECT_DOLLARS"):
        if _number(environ, name) and price_of(model_id) is None:
            raise RuntimeError(f"{name} needs a model with a known price, which {model_id!r} has not")
    return ModelSettings(
        "bedrock" if provider == "bedrock" else "openai",
        model_id,
        base_url,
        key,
        secret,
        _number(environ, "MODEL_TIMEOUT_SECONDS", TIMEOUT_S) or TIMEOUT_S,
        int(_number(environ, "MODEL_CALLS_PER_MINUTE")),
        int(_number(environ, "MODEL_JOB_TOKENS")),
        _number(environ, "MODEL_JOB_DOLLARS"),
        _number(environ, "MODEL_PROJECT_DOLLARS"),
    )


def naming(model: str, environ: Mapping[str, str]) -> dict[str, str]:
    """The environment with the model that a command line names: `bedrock:<id>` or `openai:<id>`, or nothing.

    Raises RuntimeError.
    """
    if not model:
        return dict(environ)
    provider, colon, name = model.partition(":")
    if not colon or not name:
        raise RuntimeError(f"the model must be bedrock:<id> or openai:<id>; got {model!r}")
    return {**environ, "GENERATOR": provider, "MODEL_ID": name}


def _number(environ: Mapping[str, str], name: str, unset: float = 0) -> float:
    text = environ.get(name) or str(unset)
    try:
        value = float(text)
    except ValueError:
        value = -1
    if not 0 <= value < 1e12:
        raise RuntimeError(f"{name} must be a number, 0 or more; got {text!r}")
    return value
