"""Bodies of proxy events, whatever a client put into them."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest

from evalgen.contract.bodies import MEGABYTE, UploadedFile, idempotency_key, read_body
from evalgen.errors import ClientError, InvalidRequest, PayloadTooLarge, UnsupportedMediaType

FORM = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data; boundary=X"


def event(body: str | bytes, content_type: str | None = "application/json") -> dict[str, Any]:
    binary = isinstance(body, bytes)
    return {
        "headers": {} if content_type is None else {"content-TYPE": content_type},
        "body": base64.b64encode(body).decode() if isinstance(body, bytes) else body,
        "isBase64Encoded": binary,
    }


def part(name: str, value: str, extra: str = "") -> str:
    return f'--X\r\nContent-Disposition: form-data; name="{name}"{extra}\r\n\r\n{value}\r\n'


@pytest.mark.parametrize(
    "content_type",
    [
        "application/json",
        "Application/JSON",
        "application/json; charset=utf-8",
        'application/json;a="b"',
        None,
        "",
    ],
)
def test_json_is_read_whatever_the_case_and_parameters_of_its_media_type(content_type: str | None) -> None:
    assert read_body(event('{"a": [1, "é"]}', content_type)).values == {"a": [1, "é"]}


def test_a_base64_body_is_decoded_first() -> None:
    assert read_body(event('{"a": "é"}'.encode())).values == {"a": "é"}


@pytest.mark.parametrize("body", ["", "  \n"])
def test_an_empty_body_is_an_empty_object(body: str) -> None:
    assert read_body(event(body)).values == {}


def test_json_that_is_sent_as_a_form_is_told_what_to_change() -> None:
    with pytest.raises(InvalidRequest, match="application/json"):
        read_body(event('{"num_scenarios": 5}', "application/x-www-form-urlencoded"))


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ('{"a": 1,}', "line 1, column "),
        ('{"a"\n 1}', "line 2, column 2"),
        ("[1]", "JSON object"),
        ("3", "JSON object"),
        ("null", "JSON object"),
        ('{"a": NaN}', "NaN"),
        ('{"a": -Infinity}', "Infinity"),
        ('{"a": {"b": [1e999]}}', "a.b[0]"),
        ('{"a": ' + "9" * 5000 + "}", "digits"),
        ('{"a": ' + "[" * 70 + "]" * 70 + "}", "64 levels"),
        ('{"a": ' + "[" * 200_000 + "]" * 200_000 + "}", "64 levels"),
        ('{"a": ["x", "\\ud800"]}', "a[1]"),
        ('{"\\udfff": 1}', "surrogate"),
        (b'{"a": "\xff"}', "byte 7"),
        (b"\xef\xbb\xbf{}", "BOM"),
    ],
)
def test_what_is_no_servable_json_is_refused_with_its_place(body: str | bytes, says: str) -> None:
    with pytest.raises(InvalidRequest) as refused:
        read_body(event(body))
    assert list(refused.value.body) == ["non_field_errors"]
    assert says in str(refused.value)


def test_sixty_four_levels_are_allowed() -> None:
    assert read_body(event('{"a": ' + "[" * 63 + "]" * 63 + "}")).values is not None


@pytest.mark.parametrize("content_type", ["text/plain", "application/xml", "application/jsonx", "nonsense"])
def test_other_media_types_are_refused_by_name(content_type: str) -> None:
    with pytest.raises(UnsupportedMediaType, match="application/json"):
        read_body(event("{}", content_type))


def test_the_size_limit_counts_bytes_and_includes_itself() -> None:
    body = json.dumps({"a": "é" * 10}, ensure_ascii=False)
    size = len(body.encode())
    assert read_body(event(body), limit=size).size == size
    with pytest.raises(PayloadTooLarge, match=str(size)):
        read_body(event(body), limit=size - 1)
    with pytest.raises(PayloadTooLarge):
        read_body(event(" " * (MEGABYTE + 1)))


def test_a_urlencoded_form_keeps_order_and_repeats() -> None:
    pairs = read_body(event("tags=b&a=%C3%A9+x&tags=a&empty=", FORM)).pairs
    assert pairs == [("tags", "b"), ("a", "é x"), ("tags", "a"), ("empty", "")]


@pytest.mark.parametrize("body", [b"a=%FF", b"a=\xff", "&".join(["a=1"] * 1001)])
def test_an_unreadable_urlencoded_form_is_refused(body: str | bytes) -> None:
    with pytest.raises(InvalidRequest):
        read_body(event(body, FORM))


def test_a_multipart_form_has_fields_and_files() -> None:
    body = part("tags", "é") + part("f", "data\r\nmore", '; filename="a.txt"') + "--X--\r\n"
    for sent in (body, body.encode()):
        pairs = read_body(event(sent, "Multipart/Form-Data; boundary=X")).pairs
        assert pairs == [("tags", "é"), ("f", UploadedFile("a.txt", b"data\r\nmore"))]


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (part("a", "b") + "--X--\r\n", "multipart/form-data"),
        (part("a", "b") + "--X--\r\n", "multipart/form-data; boundary="),
        (part("a", "b") + "--X--\r\n", "multipart/form-data; boundary=Y"),
        (part("a", "b"), MULTIPART),
        (part("a", "b")[:-10], MULTIPART),
        ("--X\r\n\r\nb\r\n--X--\r\n", MULTIPART),
        ("", MULTIPART),
        (
            part("a", "b", "").encode()
            + b"--X\r\nContent-Disposition: form-data; name=c\r\n\r\n\xff\r\n--X--",
            MULTIPART,
        ),
        (part("a", "b") * 1001 + "--X--\r\n", MULTIPART),
    ],
)
def test_an_unreadable_multipart_form_is_refused(body: str | bytes, content_type: str) -> None:
    with pytest.raises(InvalidRequest) as refused:
        read_body(event(body, content_type))
    assert list(refused.value.body) == ["non_field_errors"]


def test_a_body_marked_as_base64_that_is_none_is_refused() -> None:
    with pytest.raises(InvalidRequest, match="base64"):
        read_body({"headers": None, "body": "{}", "isBase64Encoded": True})


@pytest.mark.parametrize("key", ["", "   ", "k" * 256, "a\nb", "\ud800"])
def test_an_idempotency_key_has_1_to_255_printable_characters(key: str) -> None:
    with pytest.raises(ClientError, match="255"):
        idempotency_key({"headers": {"idempotency-KEY": key}})


def test_an_idempotency_key_is_optional() -> None:
    assert idempotency_key({"headers": None}) is None
    assert idempotency_key({"headers": {"Idempotency-Key": "k" * 255}}) == "k" * 255


@pytest.mark.parametrize("charset", ["latin-1", "ISO-8859-1", "utf-16", "x" * 500])
def test_another_charset_than_utf_8_is_refused_by_name(charset: str) -> None:
    for kind in ("application/json", "application/x-www-form-urlencoded"):
        with pytest.raises(UnsupportedMediaType, match="send UTF-8") as refused:
            read_body(event("{}", f"{kind}; charset={charset}"))
        assert len(str(refused.value)) < 150
    assert read_body(event("{}", "application/json; charset=UTF-8")).values == {}


def test_text_that_has_lost_bytes_on_the_way_is_not_stored_in_silence() -> None:
    lost = b'{"name": "Gr\xf6\xdfe"}'.decode("utf-8", "replace")
    with pytest.raises(InvalidRequest, match="send UTF-8"):
        read_body(event(lost))
    assert read_body(event(r'{"name": "\ufffd"}')).values == {"name": "\ufffd"}


def test_a_multipart_form_is_read_no_further_than_its_fields_may_go(monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[object] = []
    monkeypatch.setattr("evalgen.contract.bodies._pair", taken.append)
    with pytest.raises(InvalidRequest, match="more than 1000 fields"):
        read_body(event(part("a", "b") * 5000, MULTIPART))
    assert taken == []
