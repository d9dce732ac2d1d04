"""Settings that cannot be are refused by name, before anything is asked."""

from __future__ import annotations

import pytest

from evalgen.models.port import Usage
from evalgen.models.prices import price_of
from evalgen.models.settings import model_settings

OPENAI = {"GENERATOR": "openai", "MODEL_ID": "m", "MODEL_API_KEY": "k"}


@pytest.mark.parametrize(
    ("environ", "told"),
    [
        ({"GENERATOR": "gpt"}, "GENERATOR must be one of embedded, bedrock, openai; got 'gpt'"),
        ({"GENERATOR": "bedrock"}, "GENERATOR=bedrock needs MODEL_ID"),
        ({"GENERATOR": "openai", "MODEL_ID": "m"}, "needs MODEL_API_KEY or MODEL_API_KEY_SECRET"),
        ({**OPENAI, "MODEL_BASE_URL": "localhost"}, "MODEL_BASE_URL must begin with http:// or https://"),
        ({**OPENAI, "MODEL_JOB_TOKENS": "many"}, "MODEL_JOB_TOKENS must be a number, 0 or more; got 'many'"),
        ({**OPENAI, "MODEL_JOB_DOLLARS": "3"}, "MODEL_JOB_DOLLARS needs a model with a known price"),
    ],
)
def test_what_cannot_be_is_refused_with_what_is_allowed(environ: dict[str, str], told: str) -> None:
    with pytest.raises(RuntimeError) as refused:
        model_settings(environ)
    assert told in str(refused.value)


def test_no_model_is_used_unless_one_is_named() -> None:
    assert model_settings({}).provider == "embedded"
    assert model_settings({"GENERATOR": "", "MODEL_ID": "m"}).provider == "embedded"


def test_a_key_is_not_shown() -> None:
    assert "secret" not in repr(model_settings({**OPENAI, "MODEL_API_KEY": "secret"}))


def test_the_longest_name_in_a_models_id_has_its_price() -> None:
    used = Usage(1, 1_000_000, 400_000, 100_000)
    mini, large = price_of("gpt-5-mini-2025-08-07"), price_of("gpt-5")
    assert mini and large
    assert (mini.micro_dollars(used), large.micro_dollars(used)) == (360_000, 1_800_000)
    assert price_of("eu.anthropic.claude-haiku-4-5-20251001-v1:0") is not None
    assert price_of("my-own") is None
