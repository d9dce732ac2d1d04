"""The text of a PDF: `python -m evalgen.catalog.pdf SECONDS MEGABYTES CHARACTERS`, from input to output.

What cannot be used ends with the exit code REFUSED and the reason, in words for the user.
"""

from __future__ import annotations

import io
import sys

from evalgen.catalog.confined import MEGABYTE, NO_MEMORY, REFUSED, confine

MAX_PAGES = 5_000
MAX_STREAM = 32 * MEGABYTE
"""Bytes that one compressed part may become."""


class UnusablePdf(Exception):
    """The text says why."""


def text_of_pdf(data: bytes, most_characters: int) -> str:
    """The pages one below the other. Raises UnusablePdf, also as soon as there are more characters."""
    from pypdf import PdfReader  # noqa: PLC0415 - costs a tenth of a second, and memory before it is bounded

    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnusablePdf("the PDF is encrypted; upload it without a password")
        pages: list[str] = []
        characters = 0
        for page in reader.pages:
            pages.append(page.extract_text())
            characters += len(pages[-1]) + 1
            if len(pages) > MAX_PAGES:
                raise UnusablePdf(f"the PDF has more than {MAX_PAGES} pages; split it")
            if characters > most_characters:
                raise UnusablePdf(f"the file holds more than {most_characters} characters of text; split it")
    except (UnusablePdf, MemoryError):
        raise
    except Exception:  # noqa: BLE001 - a broken PDF makes pypdf raise nearly anything
        raise UnusablePdf("the file cannot be read as a PDF") from None
    return "\n".join(pages).encode("utf-8", "replace").decode()


def main(seconds: int, megabytes: int, most_characters: int) -> int:
    confine(seconds, megabytes)
    try:
        text = text_of_pdf(sys.stdin.buffer.read(), most_characters)
    except UnusablePdf as error:
        sys.stdout.buffer.write(str(error).encode())
        return REFUSED
    except MemoryError:
        return NO_MEMORY
    sys.stdout.buffer.write(text.encode())
    return 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
