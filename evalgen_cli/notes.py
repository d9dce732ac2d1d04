"""What is told of an agent's files before anything is made of them."""

from __future__ import annotations

from rich.text import Text

from evalgen.importing.imported import Imported


def notes_told(found: Imported) -> Text:
    """What the files are, and what of them has no place here and matters to scenarios."""
    told = [Text(str(note), style="yellow") for note in found.notes if not note.minor]
    return Text("\n").join([Text(f"Read: {found.format}"), *told])
