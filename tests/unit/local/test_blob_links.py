"""An address of a blob is worth what was signed, and nothing else makes the server stumble."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

from hypothesis import given
from hypothesis import strategies as st

from evalgen.storage.links import BlobLinks, Grant

LINKS = BlobLinks("http://127.0.0.1/_blobs", "secret", lambda: 1000.0)
ADDRESS = urlsplit(LINKS.upload("projects/1/a", 5, 60))
WHOLE = Grant("projects/1/a", 5, "")
ODD = st.text(max_size=20) | st.sampled_from(
    ["²", "٣", "9" * 5000, "-1", "1e3", "é", "\udcff", "%ff", "&", "=", ";", "signature=", "\0"]
)


def test_a_signed_address_is_granted() -> None:
    assert LINKS.granted("PUT", ADDRESS.path, ADDRESS.query) == WHOLE


@given(name=st.sampled_from(["size", "expires", "signature", "file_name"]), value=ODD)
def test_one_with_odd_parameters_is_refused_without_a_failure(name: str, value: str) -> None:
    odd = quote(value, safe="", errors="surrogatepass")
    for query in (f"{ADDRESS.query}&{name}={odd}", f"{ADDRESS.query}&{name}={value}", odd, value):
        assert LINKS.granted("PUT", ADDRESS.path, query) in (None, WHOLE)
    assert LINKS.granted("PUT", f"/_blobs/{odd}", ADDRESS.query) is None


def test_a_parameter_changed_after_signing_is_worth_nothing() -> None:
    for more in ("size=6", "file_name=b", "expires=9999", "signature=é", "size=²", "expires=" + "9" * 5000):
        assert LINKS.granted("PUT", ADDRESS.path, f"{ADDRESS.query}&{more}") is None
