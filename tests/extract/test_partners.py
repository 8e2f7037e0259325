"""Organisations as marked text (organisations.txt): a sentence, then a line
for every organisation, `= name | type | role`.

A role of `?` is not looked at, `-` is none. A sentence without such lines names no partner. Adding a case
is adding lines.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from svod.extract.partners import read_partners
from svod.extract.projects import read_projects
from svod.extract.segments import segment
from svod.language.document import analyse

CASES = (Path(__file__).parent / "organisations.txt").read_text(encoding="utf-8")


TITLE = "Новости одного дня"  # a sentence alone would be taken for the title


def _cases() -> list[tuple[str, list[tuple[str, str, str]]]]:
    made = []
    for block in CASES.strip().split("\n\n"):
        text, *rows = block.split("\n")
        made.append((text, [tuple(c.strip() for c in row[1:].split(" | ")) for row in rows]))
    return made


@pytest.mark.parametrize(("text", "expected"), _cases(), ids=lambda v: v[:40] if isinstance(v, str) else "")
def test_organisations_of_a_sentence(text: str, expected: list[tuple[str, str, str]]) -> None:
    text = f"{TITLE}\n\n{text}"
    (doc,) = analyse([text])
    layout = segment(doc)
    found = read_partners(doc, layout, read_projects(doc, layout, None), None)
    assert [(p.name, p.type) for p in found] == [(name, kind) for name, kind, _ in expected]
    for partner, (_, _, role) in zip(found, expected, strict=True):
        assert text[partner.evidence.start : partner.evidence.end] == partner.evidence.quote
        assert role == "?" or (partner.role or "-") == role
