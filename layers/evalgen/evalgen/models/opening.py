"""The model of the settings; only the client that is chosen is imported."""

from __future__ import annotations

from evalgen.errors import Permanent
from evalgen.models.port import Model
from evalgen.models.settings import ModelSettings


def open_model(settings: ModelSettings) -> Model:
    """Raises Permanent where it cannot be used as it is set up."""
    if settings.provider == "bedrock":
        from evalgen.models.bedrock import BedrockModel  # noqa: PLC0415 - only the chosen one is imported

        return BedrockModel(settings)
    if settings.provider == "openai":
        from evalgen.models.openai_compatible import OpenAiModel  # noqa: PLC0415 - likewise

        return OpenAiModel(settings, settings.api_key or _secret(settings.api_key_secret))
    raise Permanent("No model is set: GENERATOR is embedded.")


def _secret(arn: str) -> str:
    """A key from Secrets Manager; empty where none is named."""
    if not arn:
        return ""
    from evalgen.storage.aws.clients import client, error_code  # noqa: PLC0415 - likewise

    try:
        found = client("secretsmanager").get_secret_value(SecretId=arn)
    except Exception as error:
        raise Permanent(
            f"The model's key cannot be read from Secrets Manager: {error_code(error)}"
        ) from error
    return str(found.get("SecretString", "")).strip()
