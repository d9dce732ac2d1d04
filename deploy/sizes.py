"""How large what was built is, as Lambda counts it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Size:
    """Bytes of all files, and of the archive that is uploaded."""

    name: str
    unzipped: int
    zipped: int


def sizes(folders: Iterable[Path]) -> Iterator[Size]:
    for folder in folders:
        files = [path for path in folder.rglob("*") if path.is_file()]
        archive = io.BytesIO()
        with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as zipped:
            for path in files:
                zipped.write(path, path.relative_to(folder))
        yield Size(folder.name, sum(path.stat().st_size for path in files), len(archive.getvalue()))
