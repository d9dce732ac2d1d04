"""Whether a text is XML that can be read, found without building anything of it."""

from __future__ import annotations

from xml.parsers import expat

DEEPEST = 200
"""Of elements within elements."""


class _UnusableError(Exception):
    pass


def problem_of_xml(text: str) -> str:
    """Why the text cannot be read as XML; empty where it can."""
    depth = 0

    def opened(*_: object) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            raise _UnusableError("it is nested too deep")

    def closed(_: str) -> None:
        nonlocal depth
        depth -= 1

    def declares_a_type(*_: object) -> None:
        raise _UnusableError("it declares a document type")

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = opened, closed
    parser.StartDoctypeDeclHandler = declares_a_type
    try:
        parser.Parse(text, True)
    except expat.ExpatError as error:
        place = f"line {error.lineno}, column {error.offset + 1}"
        return f"the file is not valid XML ({expat.errors.messages[error.code]} at {place})"
    except _UnusableError as error:
        return f"the file is not usable XML ({error})"
    return ""
