"""JSON texts in items, compressed where DynamoDB would charge for more than one unit: a third of the bytes.

Imports nothing but the standard library.
"""

from __future__ import annotations

import base64
import zlib

PLAIN_BYTES = 1024


def packed(text: str) -> str:
    """`text` is JSON of an object."""
    data = text.encode()
    return text if len(data) <= PLAIN_BYTES else base64.b64encode(zlib.compress(data)).decode()


def unpacked(text: str) -> str:
    """What was packed, or was written before there was packing."""
    return text if text.startswith("{") else zlib.decompress(base64.b64decode(text)).decode()
