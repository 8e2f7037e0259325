"""Whatever is declared, and whatever happened on the way, the sentence comes out whole."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from svod.extract.files.charset import decode
from svod.extract.files.text import clean_text

CASES = yaml.safe_load((Path(__file__).parent / "cases_encodings.yml").read_text(encoding="utf-8"))
SENTENCE = "Проведено 120 занятий для 45 семей, в том числе 12 выездных"
TEXT = (
    f"<p>{SENTENCE}. Волонтёры помогли пожилым жителям района с ремонтом, а специалисты центра обучили "
    "родственников уходу за больными. Работу продолжат в следующем году.</p>"
)


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 14


def mishap(kind: str | None, body: bytes) -> bytes:
    if kind == "encoded_twice":
        return body.decode("utf-8").encode("utf-8").decode("cp1251", "ignore").encode("utf-8")
    if kind == "stray_bytes":
        return body.replace(b"</p>", b"\xe0\xff\x98</p>")
    if kind == "cut_in_a_letter":
        return body[: body.index("году".encode()) + 1]
    if kind == "surrogates":
        return body.replace(b"</p>", b"\xed\xa0\xbd</p>")
    if kind == "null_bytes":
        return body.replace(b"</p>", b"\x00\x00</p>")
    return body


@pytest.mark.parametrize("case", CASES, ids=[c["id"] for c in CASES])
@pytest.mark.parametrize("media_type", ["text/html", "text/plain"])
def test_encodings(case: dict[str, Any], media_type: str) -> None:
    meta = f'<meta charset="{case["meta"]}">' if "meta" in case else ""
    page = f"<html><head>{meta}<title>Новости района</title></head><body>{TEXT}</body></html>"
    text = page if media_type == "text/html" else SENTENCE + ". " + TEXT
    body = mishap(case.get("do"), text.encode(case["bytes"]))
    clean = clean_text(body, media_type, case.get("header")).text
    assert SENTENCE in clean
    assert "\x00" not in clean
    clean.encode("utf-8")  # no lone surrogate: a database could not keep it


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=2_000), st.sampled_from([None, "utf-8", "cp1251", "nonsense", "utf-7", "idna"]))
def test_any_bytes_decode_to_something_that_can_be_kept(body: bytes, declared: str | None) -> None:
    text, encoding = decode(body, declared)
    assert isinstance(text, str)
    assert encoding
    text.encode("utf-8", "surrogatepass")
