"""Looking at a source before it is switched on, and proposing a new one."""

from __future__ import annotations

import csv
from pathlib import Path

from svod.config import DBT_PROJECT, Settings
from svod.errors import ConfigError, FetchError, SourceError
from svod.extract.reader import read_many
from svod.fetch.check import CheckReport, Proposal, probe, propose_yaml
from svod.fetch.check import check as check_source
from svod.sources import parse_source
from svod.steps.ingest import client_settings, find_source

TERRITORIES = DBT_PROJECT / "seeds" / "territory.csv"


def check(settings: Settings, source_id: str) -> CheckReport:
    """Fetch the newest list and three reports, and read them. Writes nothing."""
    source = find_source(settings, source_id)
    return check_source(source, client_settings=client_settings(settings), read=read_many)


def add(
    settings: Settings,
    *,
    url: str,
    source_id: str,
    title: str,
    publisher: str,
    iso: str,
    owner: str,
    timezone: str,
) -> Path:
    """Write the YAML of a new source, paused, as the best way found to read the site. Raises ConfigError."""
    path = settings.sources_dir / f"{source_id}.yml"
    if path.exists():
        raise ConfigError(f"there is a source {source_id} already: {path}")
    oktmo = _oktmo(iso)
    if "://" not in url:
        url = f"http://{url}"  # as people write it; the site itself leads to https where it has that
    text = propose_yaml(
        _best_way(settings, url),
        title=title,
        publisher=publisher,
        oktmo=oktmo,
        iso=iso,
        owner=owner,
        timezone=timezone,
    )
    try:
        parse_source(text, path.name)
    except SourceError as error:
        raise ConfigError(str(error)) from None
    path.write_text(text, encoding="utf-8")
    return path


def _best_way(settings: Settings, url: str) -> Proposal:
    """How the site can be read. Raises ConfigError."""
    if not url.startswith(("http://", "https://")):
        raise ConfigError(f"{url}: only http and https addresses can be probed")
    try:
        proposals = probe(url, client_settings=client_settings(settings))
    except FetchError as error:
        raise ConfigError(f"{url}: {error.outcome}: {error.reason}") from None
    if not proposals:
        raise ConfigError(f"{url}: no feed, list, channel or sitemap was found there")
    return proposals[0]


def _oktmo(iso: str) -> str:
    """The region's OKTMO by its ISO 3166-2 code, from the warehouse's own list of territories."""
    with TERRITORIES.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["iso_3166_2"] == iso:
                return row["oktmo"]
    raise ConfigError(f"no region has the code {iso!r}")
