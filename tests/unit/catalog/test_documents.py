"""Documents become text, or a reason that names what is wrong."""

from __future__ import annotations

import base64
import io
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter

from evalgen.contract.files import MEDIA_TYPES
from evalgen.extraction import Unreadable, text_of
from evalgen.extraction import pdf as pdf_module
from evalgen.extraction.confined import Bounds, Confined
from evalgen.extraction.documents import (
    BY_THE_WORKER,
    WITHIN_A_REQUEST,
    BadDocumentError,
    Extracted,
    decode_base64,
)
from evalgen.extraction.documents import extract as extract_confined


def extract(name: str, data: bytes) -> Extracted:
    return extract_confined(name, data, Confined(WITHIN_A_REQUEST))


def pdf(text: str, pages: int = 1) -> bytes:
    """A PDF of some pages, on each of which `text` is drawn."""
    stream = f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET".encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b"3 0 R " * pages, pages),
        (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R"
            b" /Resources << /Font << /F1 5 0 R >> >> >>"
        ),
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out = io.BytesIO(b"%PDF-1.4\n")
    out.seek(0, io.SEEK_END)
    places = []
    for number, content in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, content))
    start = out.tell()
    out.write(b"xref\n0 6\n0000000000 65535 f \n")
    out.writelines(b"%010d 00000 n \n" % place for place in places)
    out.write(b"trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % start)
    return out.getvalue()


def encrypted(data: bytes, password: str) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    writer.encrypt(password, owner_password="owner", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


XML = '<?xml version="1.0" encoding="ISO-8859-1"?><a>é</a>'


@pytest.mark.parametrize(
    ("name", "data", "text"),
    [
        ("a.txt", "Größe".encode(), "Größe"),
        ("A.TXT", b"\xef\xbb\xbfBOM", "BOM"),
        ("a.b.md", b"# T", "# T"),
        ("a.csv", b"a;b", "a;b"),
        ("a.json", b'{"a": 1}', '{"a": 1}'),
        ("a.xml", b"<a>x</a>", "<a>x</a>"),
        ("a.xml", b'\xef\xbb\xbf<?xml version="1.0" encoding="ISO-8859-1"?><a>\xc3\xa9</a>', XML),
    ],
)
def test_text_files_are_taken_as_they_are(name: str, data: bytes, text: str) -> None:
    found = extract(name, data)
    assert (found.file_name, found.data, found.text) == (name, data, text)
    assert found.media_type in MEDIA_TYPES.values()


@pytest.mark.parametrize("data", [pdf("Open at nine."), encrypted(pdf("Open at nine."), "")])
def test_the_text_of_a_pdf_is_read_also_if_its_password_is_empty(data: bytes) -> None:
    assert extract("a.pdf", data).text.strip() == "Open at nine."


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("a.odt", b"x", ".pdf"),
        ("pdf", b"x", ".pdf"),
        ("a.txt", b"", "empty"),
        ("a.txt", b" \n", "no text"),
        ("a.txt", b"\xff\xfe", "UTF-8"),
        ("a.csv", b"a\0b", "NUL"),
        ("a.json", b"{", "JSON"),
        ("a.json", b"[" * 100_000, "JSON"),
        ("a.xml", b"<a>\n <b>x</a>", "not valid XML .mismatched tag at line 2, column 8"),
        ("a.xml", b"fees: 5", "not valid XML"),
        ("a.xml", b"<a>&fee;</a>", "undefined entity"),
        ("a.xml", b'<!DOCTYPE a [<!ENTITY e "x">]><a>&e;</a>', "declares a document type"),
        ("a.xml", b"<a>" * 100_000, "nested too deep"),
        ("a.pdf", b"not a pdf", "cannot be read"),
        ("a.pdf", pdf("x")[:200], "cannot be read"),
        ("a.pdf", pdf(""), "no text"),
        ("a.pdf", encrypted(pdf("x"), "secret"), "encrypted"),
        ("a.txt", b"x" * 3_000_001, "3000000"),
    ],
)
def test_what_cannot_be_used_says_why(name: str, data: bytes, says: str) -> None:
    with pytest.raises(BadDocumentError, match=says):
        extract(name, data)


@given(st.binary(max_size=300))
def test_no_bytes_make_the_pdf_reader_raise_anything_else(data: bytes) -> None:
    broken = pdf("Text")[: 100 + len(data)] + data
    with suppress(Unreadable):
        assert text_of("pdf", broken).strip()


def test_a_pdf_is_read_no_further_than_there_may_be_text(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[object] = []

    def page_text(page: object) -> str:
        read.append(page)
        return "Open at nine."

    monkeypatch.setattr(pdf_module, "_page_text", page_text)
    monkeypatch.setattr(pdf_module, "MOST_CHARACTERS", 30)
    with pytest.raises(Unreadable, match="more than 30 characters"):
        text_of("pdf", pdf("Open at nine.", pages=50))
    assert len(read) == 3


def test_a_pdf_is_read_no_further_than_there_may_be_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_module, "MOST_PAGES", 4)
    assert text_of("pdf", pdf("x", pages=4)).split() == ["x"] * 4
    with pytest.raises(Unreadable, match="more than 4 pages"):
        text_of("pdf", pdf("x", pages=5))


@pytest.mark.parametrize(("bounds", "hint"), [(WITHIN_A_REQUEST, True), (BY_THE_WORKER, False)])
def test_a_pdf_that_takes_too_long_is_refused_and_uploads_are_pointed_to(bounds: Bounds, hint: bool) -> None:
    spent = Confined(bounds)
    spent._left_s = 0.0
    with pytest.raises(BadDocumentError, match=f"takes more than {bounds.seconds} s") as error:
        extract_confined("a.pdf", pdf("x"), spent)
    assert ("uploads" in str(error.value)) == hint


def test_text_of_too_many_bytes_is_not_decoded() -> None:
    with pytest.raises(BadDocumentError, match="12000001 bytes"):
        extract("a.txt", b"\xff" * 12_000_001)


@pytest.mark.parametrize("prefix", ["", "data:text/plain;base64,", "data:;base64,"])
def test_base64_may_have_a_data_uri_prefix_and_line_breaks(prefix: str) -> None:
    assert decode_base64(prefix + base64.encodebytes(b"x" * 100).decode()) == b"x" * 100


@pytest.mark.parametrize("content", ["é", "a", "a-_=", "%%%"])
def test_what_is_no_base64_is_refused(content: str) -> None:
    with pytest.raises(BadDocumentError, match="base64"):
        decode_base64(content)
