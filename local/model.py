"""The model that is asked for on the command line or in the environment, as parameters of the template."""

from __future__ import annotations

import os

from evalgen.models.settings import model_settings, naming

_PARAMETERS = {
    "GENERATOR": "Generator",
    "MODEL_ID": "ModelId",
    "MODEL_BASE_URL": "ModelBaseUrl",
    "MODEL_TIMEOUT_SECONDS": "ModelTimeoutSeconds",
    "MODEL_CALLS_PER_MINUTE": "ModelCallsPerMinute",
    "MODEL_JOB_TOKENS": "ModelJobTokens",
    "MODEL_JOB_DOLLARS": "ModelJobDollars",
    "MODEL_PROJECT_DOLLARS": "ModelProjectDollars",
}
"""A key comes by MODEL_API_KEY, which the workers inherit."""


class NoModel(Exception):
    """The model cannot be used; the text says why, and what is allowed."""


def model_parameters(model: str) -> dict[str, str]:
    """Raises NoModel, also where its settings are incomplete."""
    try:
        environ = naming(model, os.environ)
        model_settings(environ)
    except RuntimeError as error:
        raise NoModel(str(error)) from None
    return {parameter: environ[name] for name, parameter in _PARAMETERS.items() if environ.get(name)}
