"""Files as text: pure functions from bytes to lines, with tables as rows of Markdown.

Each format has a module that is imported when a file of it is read. Nothing here bounds time or memory: what
runs it does.
"""

from __future__ import annotations

from evalgen.extraction.unreadable import Unreadable

__all__ = ["ENDINGS", "Unreadable", "text_of"]

ENDINGS = {
    "pdf": "a PDF",
    "docx": "a Word document",
    "xlsx": "a workbook",
    "html": "a web page",
    "htm": "a web page",
}
"""Formats that have to be extracted, with what their files are called; all others are text already."""


def text_of(ending: str, data: bytes) -> str:
    """The text of a file, by its name's ending in small letters. Raises Unreadable, and MemoryError only."""
    try:
        match ending:
            case "pdf":
                from evalgen.extraction.pdf import pdf_text as read  # noqa: PLC0415
            case "docx":
                from evalgen.extraction.docx import docx_text as read  # noqa: PLC0415
            case "xlsx":
                from evalgen.extraction.xlsx import xlsx_text as read  # noqa: PLC0415
            case "html" | "htm":
                from evalgen.extraction.html import html_text as read  # noqa: PLC0415
            case _:
                raise Unreadable(f"files that end in .{ending} are not extracted")
        return read(data).encode("utf-8", "replace").decode()
    except (Unreadable, MemoryError):
        raise
    except Exception as error:  # noqa: BLE001 - a broken file makes readers raise nearly anything
        raise Unreadable(f"the file cannot be read as {ENDINGS[ending]} ({type(error).__name__})") from None
