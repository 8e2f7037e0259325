"""What a source's YAML may say, and how loudly it is refused otherwise."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import get_args

import pytest

from svod.errors import SourceError
from svod.sources import load_source, load_sources
from svod.sources.schema import Kind, Selectors

GOOD = """\
title: Новости министерства
publisher:
  name: Министерство социального развития
  inn: "7707083893"
  ogrn: "1027700132195"
territory: {oktmo: "47000000", iso: RU-MUR}
kind: rss
urls: [https://example.org/rss]
schedule: {cron: "0 6 * * *", timezone: Europe/Moscow}
politeness: {delay: 3, daily_cap: 200}
owner: data-team
licence: CC-BY-4.0
verified: never
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "good.yml").write_text(GOOD, encoding="utf-8")
    return tmp_path


def refused(folder: Path, text: str | bytes, name: str = "bad") -> str:
    path = folder / f"{name}.yml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    with pytest.raises(SourceError) as error:
        load_source(path)
    return str(error.value)


def test_a_source_has_the_name_of_its_file_and_defaults(folder: Path) -> None:
    source = load_source(folder / "good.yml")
    assert source.id == "good"
    assert source.politeness.delay == 3
    assert source.expected.silence_days == 30
    assert not source.may_be_empty
    assert source.verified == "never"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("owner: data-team", "owner: data-team\nonwer: x", "bad.yml: onwer: unknown key"),
        ("delay: 3", "dealy: 3", "bad.yml: politeness.dealy: unknown key"),
        ("delay: 3", "delay: -1", "bad.yml: politeness.delay: "),
        ("kind: rss", "kind: rsss", "bad.yml: kind: "),
        ("owner: data-team", "owner: ''", "bad.yml: owner: "),
        ("owner: data-team\n", "", "bad.yml: owner: "),
        ('inn: "7707083893"', 'inn: "7707083894"', "bad.yml: publisher.inn: "),
        ('ogrn: "1027700132195"', 'ogrn: "1027700132196"', "bad.yml: publisher.ogrn: "),
        ('oktmo: "47000000"', 'oktmo: "4700"', "bad.yml: territory.oktmo: "),
        ("iso: RU-MUR", "iso: Murmansk", "bad.yml: territory.iso: "),
        ("Europe/Moscow", "Europe/Mosccow", "bad.yml: schedule.timezone: "),
        ('"0 6 * * *"', '"0 6 * *"', "bad.yml: schedule.cron: "),
        ('"0 6 * * *"', '"0 26 * * *"', "bad.yml: schedule.cron: "),
        ("urls: [https://example.org/rss]", "urls: []", "kind rss needs urls"),
        ("https://example.org/rss", "ftp://example.org/rss", "http:// or https://"),
        ("https://example.org/rss", "'https://'", "no host"),
        ("kind: rss", "kind: vk", "vk"),
        ("verified: never", "verified: yesterday", "bad.yml: verified"),
        ("title: Новости министерства", "title: Раз\ntitle: Два", "given twice"),
        ("title: Новости министерства", "id: other\ntitle: Раз", "must be the file's name"),
        ("title: Новости министерства", "title: !!python/object/apply:os.getcwd []", "not readable as YAML"),
    ],
)
def test_a_mistake_is_refused_by_file_and_key(folder: Path, old: str, new: str, said: str) -> None:
    assert old in GOOD
    assert said in refused(folder, GOOD.replace(old, new))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "a mapping of keys"),
        (b"- a\n- b\n", "a mapping of keys"),
        (b"title: [unclosed", "not readable as YAML"),
        ("title: Новости".encode("cp1251"), "not readable as YAML"),
        (b"a: 1\n" * 60_000, "larger than"),
        (b"title: " + b"[" * 5_000, "not readable as YAML"),
        (b"\x00\x01\x02", "not readable as YAML"),
    ],
)
def test_what_is_no_yaml_of_a_source_is_refused(folder: Path, content: bytes, said: str) -> None:
    assert said in refused(folder, content)


def test_one_bad_file_fails_itself_alone(folder: Path) -> None:
    (folder / "bad.yml").write_text(GOOD + "nonsense: 1\n", encoding="utf-8")
    (folder / "worse.yml").write_bytes(b"\xff\xfe\x00")
    (folder / "Upper.yml").write_text(GOOD, encoding="utf-8")
    (folder / "good.yaml").write_text(GOOD, encoding="utf-8")
    sources, errors = load_sources(folder)
    assert set(errors) == {"bad", "worse", "Upper", "good"}
    assert set(sources) <= {"good"}
    assert "nonsense" in str(errors["bad"])


def test_a_folder_of_good_files_loads_whole(folder: Path) -> None:
    (folder / "another.yml").write_text(GOOD, encoding="utf-8")
    sources, errors = load_sources(folder)
    assert not errors
    assert sorted(sources) == ["another", "good"]


# --- the registry itself ---

REGISTRY = Path(__file__).resolve().parents[2] / "dags" / "sources"


def test_every_source_of_the_registry_loads() -> None:
    sources, errors = load_sources(REGISTRY)
    assert not errors
    assert len(sources) >= 20


def test_nothing_about_a_real_source_is_unfounded() -> None:
    """Until someone with a network has looked: a citation, never verified, paused, no selector."""
    real = [s for s in load_sources(REGISTRY)[0].values() if s.citation]
    assert len(real) >= 15
    for source in real:
        assert source.paused, source.id
        if source.verified == "never":
            assert source.selectors == Selectors(), source.id
        assert source.publisher.inn is None, source.id
    regions = {s.territory.iso for s in real}
    assert {"RU-KEM", "RU-AST", "RU-MUR", "RU-SMO", "RU-NVS"} <= regions


def test_the_catalogue_covers_the_country_and_cites() -> None:
    with (REGISTRY / "catalogue.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) >= 60
    assert len({r["federal_district"] for r in rows}) == 8
    assert len({r["address"] for r in rows}) == len(rows)
    for row in rows:
        assert row["citation"], row
        assert row["address"].startswith(("http://", "https://")), row
        assert row["kind"] in get_args(Kind), row
        assert row["publisher"], row
