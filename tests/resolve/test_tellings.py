"""Copies that are found day by day are those that would be found all at once."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

import psycopg
import pytest

from svod.resolve.copies import Telling, find_copies
from svod.resolve.tellings import CopyCounts, update_copies
from svod.warehouse import keys, migrate

from .test_copies import DATA, PAIRS, other_telling

TEXTS = [*(story.strip() for story in DATA["stories"].values()), *map(other_telling, PAIRS)]
DAYS = 5
START = date(2024, 3, 1)


@dataclass
class Press:
    """Reports that appear, change and go; `texts`: what is in force."""

    conn: psycopg.Connection
    texts: dict[str, Telling] = field(default_factory=dict)
    moment: int = 0

    def publish(self, document: str, text: str, published: date | None) -> None:
        version = keys.version_id(document, keys.key("text", text))
        self.conn.execute(
            "insert into raw.document values (%s, 's', 'r', %s, 'u', now()) on conflict do nothing",
            (document, document),
        )
        self.conn.execute(
            "insert into raw.document_version (version_id, document_id, run_id, sha256_text, body_sha256,"
            " clean_text, url, media_type, published_on, published_basis, seen_at)"
            " values (%s, %s, 'r', %s, '0', %s, 'u', 'text/html', %s, 'page', now()) on conflict do nothing",
            (version, document, version, text, published),
        )
        stored = self.conn.execute(
            "select published_on from raw.document_version where version_id = %s", (version,)
        ).fetchone()
        assert stored is not None
        self.texts[document] = Telling(document, text, stored[0])
        self._event(document, version, "changed")

    def withdraw(self, document: str) -> None:
        del self.texts[document]
        self._event(document, None, "withdrawn")

    def _event(self, document: str, version: str | None, kind: str) -> None:
        self.moment += 1
        self.conn.execute(
            "insert into raw.document_event (document_event_id, document_id, version_id, run_id, kind,"
            " occurred_at) values (%s, %s, %s, 'r', %s, now() + make_interval(secs => %s))",
            (str(self.moment), document, version, kind, self.moment),
        )

    def compare(self) -> CopyCounts:
        with self.conn.transaction():
            return update_copies(self.conn)

    def found(self) -> list[tuple[str, str, str, float]]:
        return self.conn.execute(
            "select document_id, original_id, rule, alike from ops.telling"
            " where original_id is not null order by 1"
        ).fetchall()

    def wanted(self) -> list[tuple[str, str, str, float]]:
        copies = find_copies(list(self.texts.values()))
        return [(c.report_id, c.original_id, c.rule, c.alike) for c in copies]


@pytest.fixture
def press(make_database: Callable[[], str]) -> Iterator[Press]:
    dsn = make_database()
    migrate(dsn, {})
    with psycopg.connect(dsn, autocommit=True) as conn:
        yield Press(conn)


@pytest.mark.parametrize("seed", [1, 2])
def test_day_by_day_is_all_at_once(press: Press, seed: int) -> None:
    rng = random.Random(seed)
    most = 0
    for _ in range(DAYS):
        for _ in range(12):
            known = sorted(press.texts)
            document = rng.choice(known) if known and rng.random() < 0.3 else f"d{press.moment:03}"
            if document in press.texts and rng.random() < 0.5:
                press.withdraw(document)
            else:
                published = rng.choice((None, START + timedelta(days=rng.randrange(30))))
                press.publish(document, rng.choice(TEXTS), published)
        press.compare()
        wanted = press.wanted()
        assert press.found() == wanted
        most = max(most, len(wanted))
    assert most >= 10


def test_only_what_changed_is_compared(press: Press) -> None:
    for number, text in enumerate(DATA["stories"].values()):
        press.publish(f"story {number}", text, START)
    assert press.compare().compared == len(DATA["stories"])
    assert press.compare().compared == 0
    press.publish("news", "Приём граждан в среду с девяти до восемнадцати.", START)
    assert press.compare().compared == 1
    press.publish("reprint", next(iter(DATA["stories"].values())), START + timedelta(days=1))
    counts = press.compare()
    assert (counts.compared < len(DATA["stories"]), counts.copies) == (True, 1)
