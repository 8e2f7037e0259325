"""`sources check` and `sources add` on the bundled sample sites, over HTTP; and a source by YAML alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from svod.extract.reader import read_many
from svod.fetch import ClientSettings, MemoryPoliteness
from svod.fetch.check import check, probe, propose_yaml
from svod.runtime.sites import SampleSites
from svod.sources import load_source, load_sources

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
