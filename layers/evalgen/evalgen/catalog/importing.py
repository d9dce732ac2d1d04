"""An agent in the files of a request."""

from __future__ import annotations

from evalgen.contract.knowledge import AgentImport
from evalgen.errors import InvalidRequest
from evalgen.extraction.documents import read_sent, sent_of
from evalgen.importing.imported import Imported
from evalgen.importing.reading import imported
from evalgen.importing.source import BadInput, SourceFile


def read_import(request: AgentImport) -> Imported:
    """Raises InvalidRequest for `files`, with every problem."""
    problems: list[str] = []
    files = read_sent(sent_of(request.files), SourceFile, problems)
    if problems:
        raise InvalidRequest({"files": problems})
    try:
        return imported(files)
    except BadInput as error:
        raise InvalidRequest({"files": error.problems}) from None
