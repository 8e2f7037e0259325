"""Fits the weights of the signs of a partner's role (`lexicon/roles.yml`) on the open annotated reports.

    python -m tests.eval.role_weights [--write]

The sentences and reports of tests/extract with a role count as reports of their own. Prints the share of
right roles in-sample and on reports left out in turn; with `--write` puts the weights into the lexicon.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import Any
from unittest.mock import patch

from tests.extract.test_partners import TITLE, WHOLE, cases
from tests.extract.test_reports import CASES

from svod.extract.layout.prose import read_prose
from svod.extract.layout.segments import segment
from svod.extract.partners.partner_roles import ROLES
from svod.extract.partners.partners import read_partners
from svod.extract.projects.projects import read_projects
from svod.extract.reader import read_many
from svod.language.document import analyse
from svod.models import PartnerMention, ReportText

from .scorer import FLOORS, pair, reports, similar
from .weighing import OPEN, Fit, Sample

FIT = Fit("roles", ROLES, penalty=10.0, least=6)


class Noted:
    """In place of the weighing: keeps the signs, and gives their number for a role."""

    def __init__(self) -> None:
        self.signs: list[frozenset[str]] = []

    def __call__(self, signs: frozenset[str]) -> Any:
        self.signs.append(signs)
        return len(self.signs) - 1


def samples() -> list[Sample]:
    """The signs and the annotated role of each partner that is found in an open report."""
    noted = Noted()
    found: list[Sample] = []
    with patch("svod.extract.partners.partners.weighed", noted):
        for report in reports(OPEN):
            (facts,) = read_many([ReportText(text=report.text)])
            pairs, _, _ = pair(
                report.gold.get("partners") or [],
                [{"name": p.name, "signs": p.role} for p in facts.partners],
                lambda g, p: similar(g["name"], p["name"], FLOORS["partners"]),
                lambda g, p: 0,
            )
            found += [(report.number, noted.signs[p["signs"]], ROLES.index(g["role"])) for g, p in pairs]
    return found


def of_tests(times: int = 4) -> list[Sample]:
    """The signs of the partners of the tests' sentences and reports, each counted `times`: what is told
    without a page around it, and what must hold.
    """
    sentences = [(f"{TITLE}\n\n{text}", {name: role for name, _, role in rows}) for text, rows in cases()]
    pages = [(text, {name: role or "-" for name, role in roles.items()}) for text, roles in WHOLE]
    pages += [(text, dict(_roles(lines))) for _, text, lines in CASES]
    found: list[Sample] = []
    for n, (text, expected) in enumerate([*sentences, *pages]):
        noted = Noted()
        with patch("svod.extract.partners.partners.weighed", noted):
            read = (
                _of_sentence(text) if n < len(sentences) else read_many([ReportText(text=text)])[0].partners
            )
        for partner in read:
            role: Any = expected.get(partner.name, "?")
            if role != "?":
                signs = noted.signs[int(partner.role or 0)]
                found += [(-n - 1, signs, ROLES.index(None if role == "-" else role))] * times
    return found


def _of_sentence(text: str) -> tuple[PartnerMention, ...]:
    (doc,) = analyse([text])
    prose = read_prose(doc, segment(doc))
    return read_partners(prose, read_projects(prose, None), None)


def _roles(lines: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Name and role of the lines «O name | type | role»."""
    for line in lines:
        if line.startswith("O "):
            name, _, role = line[2:].split(" | ")
            yield name, role if role != "None" else "-"


def main() -> None:
    FIT.run([*samples(), *of_tests()], write="--write" in sys.argv)


if __name__ == "__main__":
    main()
