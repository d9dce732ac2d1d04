"""The request that adds an inbound phone number (ours: the contract only lists them)."""

from __future__ import annotations

import re
from typing import Annotated

from evalgen.contract.fields import Check, Name
from evalgen.contract.problems import shown, wrong
from evalgen.contract.requests import RequestModel

NUMBER = re.compile(r"\+?[0-9]{3,14}")


def _dialled(value: str) -> str:
    if not NUMBER.fullmatch(value):
        raise wrong(f"Must be 3 to 14 digits, with + before a country code; got {shown(value)}.")
    return value


class PhoneNumberCreate(RequestModel):
    """`phone_number_id` is the telephony provider's id; without one it is the number itself."""

    number: Annotated[str, Check(_dialled, {"pattern": f"^{NUMBER.pattern}$"})]
    phone_number_id: Name | None = None
