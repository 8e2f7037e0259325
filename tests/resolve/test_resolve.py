"""Resolving on the real tables: what it writes, what it leaves alone, and how people overrule it."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest

import svod.resolve
from svod.resolve import name_key, resolve
from svod.resolve.compare import Verdict, compare
from svod.resolve.identifiers import checked
from svod.resolve.names import Name, analyse_name
from svod.resolve.store import StoredName
from svod.warehouse import ROLES, migrate

PASSWORD = "transformer-word"
FUND = "Фонд поддержки детей, находящихся в трудной жизненной ситуации"


@dataclass
class Names:
    """Puts names into raw as readings would: one report a name."""

    conn: psycopg.Connection
    dsn: str
    reports: int = 0

    def __call__(self, table: str, name: str, kind: str, region: str) -> None:
        self.reports += 1
        key = f"{self.reports:04}"
        at = {"version_id": key, "extractor_version": "1", "extraction_run_id": "e"}
        read = {"url": "u", "media_type": "text/html", "published_basis": "none", "seen_at": "2026-01-01"}
        text = {"sha256_text": key, "body_sha256": "0", "clean_text": name}
        seen = {"url": "u", "first_seen_at": "2026-01-01"}
        fact = {"fact": "region", "value": region, "value_public": region}
        span = {"start_char": 0, "end_char": len(name), "quote": name, "quote_public": name, "rule_id": "r"}
        self._insert("raw.document", document_id=key, source_id="s", run_id="r", natural_key=key, **seen)
        self._insert("raw.document_version", version_id=key, document_id=key, run_id="r", **text, **read)
        self._insert("raw.report_fact", report_fact_id=key, **at, **fact)
        own = {f"{table}_id": key, "kind" if table == "project_mention" else "type": kind}
        self._insert(f"raw.{table}", **own, **at, name=name, name_public=name, confidence=1, **span)

    def project(self, name: str, region: str = "RU-KEM", kind: str = "project") -> None:
        self("project_mention", name, kind, region)

    def partner(self, name: str, region: str = "RU-KEM", kind: str = "ngo") -> None:
        self("partner_mention", name, kind, region)

    def _insert(self, table: str, **row: Any) -> None:
        columns, marks = ", ".join(row), ", ".join(["%s"] * len(row))
        self.conn.execute(f"insert into {table} ({columns}) values ({marks})", list(row.values()))

    def ids(self, name: str) -> set[str]:
        rows = self.conn.execute("select canonical_id from ops.canonical_name where name = %s", (name,))
        return {row[0] for row in rows}

    def judge(self, left: tuple[str, str, str], right: tuple[str, str, str], verdict: str, by: str) -> None:
        a, b = sorted(name_key("project", StoredName(*name, 0)) for name in (left, right))
        pair = {"entity_kind": "project", "left_key": a, "right_key": b}
        self._insert("ops.judgement", **pair, verdict=verdict, decided_by=by, reason="test")


@pytest.fixture
def names(make_database: Callable[[], str]) -> Iterator[Names]:
    owner = make_database()
    migrate(owner, {"transformer": PASSWORD})
    parts = psycopg.conninfo.conninfo_to_dict(owner) | {"user": ROLES["transformer"], "password": PASSWORD}
    with psycopg.connect(owner, autocommit=True) as conn:
        conn.execute(
            "insert into ops.promotion (extractor_version, reason, promoted_by) values ('1', '', '')"
        )
        conn.execute(
            "insert into raw.extraction_run values ('e', 's', 'r', '1', '0', '2026-01-01', 0, 0, 0, 0)"
        )
        yield Names(conn, psycopg.conninfo.make_conninfo(**parts))


def test_a_project_of_five_hundred_names_is_one_and_others_stay_apart(names: Names) -> None:
    known = [(f"Лад {number}", "project", "RU-KEM") for number in range(500)]
    for name, kind, region in [*known, ("Лад 500", "project", "RU-KEM")]:
        names.project(name, region, kind)
    for other in known[1:]:
        names.judge(known[0], other, "positive", "analyst")
    for _ in range(2):
        counts = resolve(names.dsn)
        assert (counts.projects, counts.project_names) == (2, 501)
        assert len({owner for name, _, _ in known for owner in names.ids(name)}) == 1
        assert names.ids("Лад 500").isdisjoint(names.ids("Лад 0"))


def test_names_of_one_thing_get_one_id(names: Names) -> None:
    names.project("Шаг навстречу")
    names.project("#ШагНавстречу")
    names.project("Шаг навстречу", "RU-TOM")
    names.partner(FUND, "RU-AST", "foundation")
    names.partner(FUND, "RU-SMO", "foundation")
    counts = resolve(names.dsn)
    assert (counts.projects, counts.project_names, counts.partners, counts.partner_names) == (2, 3, 1, 2)
    assert names.ids("#ШагНавстречу") < names.ids("Шаг навстречу")
    assert len(names.ids(FUND)) == 1


def test_running_twice_is_running_once(names: Names) -> None:
    names.project("Шаг навстречу")
    names.project("Шагу навстречу")
    first = resolve(names.dsn)
    tables = ("ops.canonical", "ops.canonical_name", "ops.judgement")
    before = [names.conn.execute(f"select t::text from {t} t order by 1").fetchall() for t in tables]
    assert resolve(names.dsn) == first
    assert [names.conn.execute(f"select t::text from {t} t order by 1").fetchall() for t in tables] == before


def test_only_new_names_are_compared(names: Names, monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[tuple[str, str]] = []

    def seen(left: Name, right: Name) -> Verdict:
        compared.append((left.text, right.text))
        return compare(left, right)

    monkeypatch.setattr(svod.resolve, "compare", seen)
    for name in ("Тёплый дом", "Тёплый дом для всех", "Тёплый дворик", "Дом тепла"):
        names.project(name)
    resolve(names.dsn)
    assert compared
    compared.clear()
    names.project("Тёплый дом")
    resolve(names.dsn)
    assert compared == []
    names.project("Тёплые дома")
    resolve(names.dsn)
    assert compared
    assert all("Тёплые дома" in pair for pair in compared)
    compared.clear()
    monkeypatch.setattr(svod.resolve, "rules_digest", lambda: "other rules")
    resolve(names.dsn)
    assert any("Тёплые дома" not in pair for pair in compared), "other rules compare all names anew"


def test_in_parts_or_at_once_names_are_grouped_alike(names: Names) -> None:
    with (Path(__file__).parent / "pairs.csv").open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row["entity_kind"] == "project"]
    texts = [row[side] for side in ("left_name", "right_name") for row in rows][:160]
    for number, text in enumerate(texts):
        names.project(text)
        if number % 40 == 39:
            resolve(names.dsn)
    grouped = "select array_agg(name order by name) from ops.canonical_name group by canonical_id order by 1"
    in_parts = names.conn.execute(grouped).fetchall()
    names.conn.execute("delete from ops.canonical_name; delete from ops.canonical; delete from ops.judgement")
    resolve(names.dsn)
    assert names.conn.execute(grouped).fetchall() == in_parts


def test_an_id_outlives_new_names_and_a_merge(names: Names) -> None:
    names.project("Тёплый дом")
    names.project("Дом тепла")
    resolve(names.dsn)
    old, other = names.ids("Тёплый дом"), names.ids("Дом тепла")
    names.project("Теплый дом")
    resolve(names.dsn)
    assert names.ids("Теплый дом") == names.ids("Тёплый дом") == old
    left, right = ("Тёплый дом", "project", "RU-KEM"), ("Дом тепла", "project", "RU-KEM")
    names.judge(left, right, "positive", "a person")
    assert resolve(names.dsn).merged == 1
    assert names.ids("Тёплый дом") == names.ids("Дом тепла")
    kept = names.conn.execute("select count(*) from ops.canonical where merged_into is not null").fetchone()
    assert kept == (1,)
    names.judge(left, right, "negative", "a person")
    resolve(names.dsn)
    assert (names.ids("Тёплый дом"), names.ids("Дом тепла")) == (old, other)


def test_new_names_do_not_loosen_what_was_joined(names: Names) -> None:
    """Whichever name comes to be the first of those written alike, all stay one."""
    for number in range(12):
        names.project("Тёплый дом" + "." * number)
        assert resolve(names.dsn).projects == 1
    rows = names.conn.execute("select distinct canonical_id from ops.canonical_name").fetchall()
    assert len(rows) == 1


def test_a_person_keeps_apart_what_a_rule_would_join(names: Names) -> None:
    names.project("Первые сто дней")
    names.project("Первые 100 дней")
    names.judge(
        ("Первые сто дней", "project", "RU-KEM"),
        ("Первые 100 дней", "project", "RU-KEM"),
        "negative",
        "a person",
    )
    assert resolve(names.dsn).projects == 2


def test_likeness_is_left_to_people(names: Names) -> None:
    names.project("Система долговременного ухода")
    names.project("Системы долговременного ухода")
    counts = resolve(names.dsn)
    assert (counts.projects, counts.unsure) == (2, 1)
    row = names.conn.execute("select verdict, decided_by from ops.judgement").fetchone()
    assert row == ("unsure", "rule")


def test_a_project_with_500_aliases_is_one(names: Names) -> None:
    words = ["Тёплый дом", "Теплый дом", "«Тёплый дом»", "Тёплого дома", "#ТёплыйДом"]
    for number in range(100):
        for word in words:
            names.project(f"{word}{' ' * (number % 7)}{'.' * (number // 7)}")
    counts = resolve(names.dsn)
    assert counts.project_names > 400
    assert counts.projects == 1


def test_sql_in_a_name_is_a_name(names: Names) -> None:
    names.project("'; drop table ops.canonical; --")
    names.project("%s {} $1")
    names.project("…")
    assert resolve(names.dsn).projects == 3


def test_identifiers_with_a_wrong_checksum_stay_out(names: Names) -> None:
    names.partner("Фонд «Свой порог»", "RU-BEL", "foundation")
    for source, inn in (("good", "7707083893"), ("bad", "7707083894")):
        names.conn.execute(
            "insert into raw.source (source_version_id, source_id, title, kind, urls, publisher_name,"
            " publisher_inn, territory_iso, config, seen_at) values (%s, %s, '', 'vk', '{https://vk.com/wall}',"
            " 'Фонд «Свой порог»', %s, 'RU-BEL', '{}', now())",
            (source, source, inn),
        )
    resolve(names.dsn)
    rows = names.conn.execute("select scheme, identifier from ops.partner_identifier order by 1").fetchall()
    assert rows == [("RU-INN", "7707083893"), ("VK", "https://vk.com/wall")]


@pytest.mark.parametrize(
    ("scheme", "stated", "kept"),
    [
        ("RU-INN", "7707083893", "7707083893"),
        ("RU-INN", "77 0708 3893", "7707083893"),
        ("RU-INN", "7707083890", None),
        ("RU-INN", "", None),
        ("RU-OGRN", "1022200525819", "1022200525819"),
        ("RU-OGRN", "1022500001328", None),
    ],
)
def test_checked(scheme: str, stated: str, kept: str | None) -> None:
    assert checked(scheme, stated) == kept


@pytest.mark.parametrize(
    "text", ["", " ", "…", "«»", "1", "а", "№ 4", "😀", "\u00a0", "A" * 10_000, "и " * 5_000]
)
def test_any_text_can_be_a_name(text: str) -> None:
    for kind in ("project", "partner"):
        assert analyse_name(kind, text, "project", "RU-KEM").text == text
