"""An agent in the files of a request."""

from __future__ import annotations

from evalgen.catalog.documents import BadDocumentError, decode_base64
from evalgen.contract.knowledge import AgentImport
from evalgen.errors import InvalidRequest
from evalgen.importing.imported import Imported
from evalgen.importing.reading import imported
from evalgen.importing.source import BadInput, SourceFile


def read_import(request: AgentImport) -> Imported:
    """Raises InvalidRequest for `files`, with every problem."""
    files, problems = [], []
    for index, file in enumerate(request.files):
        try:
            files.append(SourceFile(file.name, decode_base64(file.content_base64)))
        except BadDocumentError as error:
            problems.append(f"[{index}] {file.name}: {error}.")
    if problems:
        raise InvalidRequest({"files": problems})
    try:
        return imported(files)
    except BadInput as error:
        raise InvalidRequest({"files": error.problems}) from None
