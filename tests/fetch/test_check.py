"""`sources check` and `sources add` on the bundled sample sites, over HTTP; and a source by YAML alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from svod.config import Settings
from svod.errors import ConfigError
from svod.extract.reader import read_many
from svod.fetch import ClientSettings, MemoryPoliteness
from svod.fetch.check import check, probe, propose_yaml
from svod.runtime.sites import SampleSites
from svod.sources import load_source, load_sources
from svod.steps.sources import add

REGISTRY = Path(__file__).resolve().parents[2] / "dags" / "sources"
SAMPLES = sorted(p.stem for p in REGISTRY.glob("*.yml") if ".example/" in p.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def settings() -> Iterator[ClientSettings]:
    sites = SampleSites()
    sites.start()
    yield ClientSettings(hosts=sites.hosts)
    sites.stop()


def polite() -> MemoryPoliteness:
    return MemoryPoliteness(sleep=lambda seconds: None)


def test_there_are_five_sample_sites() -> None:
    assert len(SAMPLES) >= 5


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_site_shows_three_reports_with_their_facts(name: str, settings: ClientSettings) -> None:
    source = load_sources(REGISTRY)[0][name]
    report = check(source, client_settings=settings, read=read_many, politeness=polite())
    assert report.problem == ""
    assert len(report.samples) == 3
    assert report.found >= 3
    for sample in report.samples:
        assert sample.facts is not None, sample.problem
        assert sample.facts.published is not None
        assert all(
            sample.text[m.evidence.start : m.evidence.end] == m.evidence.quote for m in sample.facts.metrics
        )
    assert any(sample.facts and sample.facts.projects for sample in report.samples)


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("http://vk-wall.example/nadezhda_ukhta", "rss"),
        ("http://kolyma-sotsium.example/obshchestvo/sotsium/", "listing"),
        ("http://dobro43.example/news/", "listing"),
        ("http://vestnik-dobra.example/", "wordpress"),
    ],
)
def test_a_site_is_probed_and_its_proposal_works(
    url: str, kind: str, settings: ClientSettings, tmp_path: Path
) -> None:
    best = probe(url, client_settings=settings, politeness=polite())[0]
    assert best.kind == kind
    path = tmp_path / "proposed.yml"
    text = propose_yaml(
        best, title="Т", publisher="П", oktmo="25000000", iso="RU-IRK", owner="data", timezone="Asia/Irkutsk"
    )
    path.write_text(text, encoding="utf-8")
    source = load_source(path)
    assert source.paused
    assert source.verified == "never"
    report = check(source, client_settings=settings, read=read_many, politeness=polite())
    assert report.problem == ""
    assert report.samples


def test_a_site_that_is_down_is_a_problem_and_no_exception(settings: ClientSettings) -> None:
    source = load_sources(REGISTRY)[0][SAMPLES[0]]
    away = replace(settings, hosts=dict.fromkeys(settings.hosts, "127.0.0.1:1"), retries=0)
    report = check(source, client_settings=away, read=read_many, politeness=polite())
    assert report.problem.startswith("error: ")
    assert not report.samples


def add_site(settings: ClientSettings, folder: Path, url: str, timezone: str = "Europe/Moscow") -> Path:
    return add(
        Settings(sources_dir=folder, hosts=dict(settings.hosts)),
        url=url,
        source_id="new_site",
        title="Новости",
        publisher="Организация",
        iso="RU-KIR",
        owner="data",
        timezone=timezone,
    )


def test_an_address_is_taken_as_people_write_it(
    settings: ClientSettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("svod.fetch.check.MemoryPoliteness", polite)
    source = load_source(add_site(settings, tmp_path, "dobro43.example/news/"))
    assert source.urls == ("http://dobro43.example/news/",)
    with pytest.raises(ConfigError, match="there is a source new_site already"):
        add_site(settings, tmp_path, "dobro43.example/news/")


@pytest.mark.parametrize(
    ("url", "timezone", "reason"),
    [
        ("ftp://dobro43.example/news/", "Europe/Moscow", "only http and https"),
        ("http://dobro43.example/none/", "Europe/Moscow", "status_404"),
        ("dobro43.example/news/", "Mars", "no such time zone"),
    ],
)
def test_what_cannot_be_a_source_is_said_and_nothing_is_written(
    settings: ClientSettings,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    url: str,
    timezone: str,
    reason: str,
) -> None:
    monkeypatch.setattr("svod.fetch.check.MemoryPoliteness", polite)
    with pytest.raises(ConfigError, match=reason):
        add_site(settings, tmp_path, url, timezone)
    assert not list(tmp_path.iterdir())
