"""The words that names differ in without meaning another thing: read once, from the files beside this one."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from svod.config import DBT_PROJECT
from svod.language.morph import forms

WORDS = Path(__file__).parent / "words.yml"
REGIONS = Path(__file__).parents[2] / "extract" / "lexicon" / "regions.yml"
PROGRAMMES = DBT_PROJECT / "seeds" / "federal_programme.csv"


@dataclass(frozen=True)
class Lexicon:
    """See words.yml for what each field holds; phrases are tuples of lemmas."""

    abbreviations: Mapping[str, str]
    prefixes: Mapping[str, str]
    compounds: frozenset[str]
    legal_forms: frozenset[str]
    legal_phrases: tuple[tuple[str, ...], ...]
    legal_levels: frozenset[str]
    optional: frozenset[str]
    optional_beside_proper_name: frozenset[str]
    optional_in_branch: frozenset[str]
    optional_in_partner: frozenset[str]
    implied: tuple[tuple[tuple[str, ...], frozenset[str]], ...]
    optional_after: Mapping[str, str]
    branches: frozenset[str]
    branch_levels: frozenset[str]
    nationwide: frozenset[str]
    universities: frozenset[str]
    project_heads: frozenset[str]
    project_prefixes: tuple[tuple[str, ...], ...]
    numbers: Mapping[str, str]
    kind_groups: tuple[tuple[str, ...], ...]
    federal: tuple[str, ...]
    federal_programmes: tuple[tuple[str, str], ...]


@cache
def lexicon() -> Lexicon:
    raw = _words()
    return Lexicon(
        abbreviations=raw["abbreviations"],
        prefixes=raw["prefixes"],
        compounds=frozenset(raw["compounds"]),
        legal_forms=frozenset(" ".join(raw["legal_forms"]).split()),
        legal_phrases=_phrases(raw["legal_phrases"]),
        legal_levels=frozenset(raw["legal_levels"]),
        optional=frozenset(raw["optional"]),
        optional_beside_proper_name=frozenset(raw["optional_beside_proper_name"]),
        optional_in_branch=frozenset(raw["optional_in_branch"]),
        optional_in_partner=frozenset(raw["optional_in_partner"]),
        implied=tuple((tuple(phrase.split()), frozenset(words)) for phrase, words in raw["implied"].items()),
        optional_after=raw["optional_after"],
        branches=frozenset(raw["branches"]),
        branch_levels=frozenset(raw["branch_levels"]),
        nationwide=frozenset(raw["nationwide"]),
        universities=frozenset(raw["universities"]),
        project_heads=frozenset(raw["project_heads"]),
        project_prefixes=_phrases(raw["project_prefixes"]),
        numbers=raw["numbers"],
        kind_groups=tuple(tuple(group) for group in raw["kind_groups"]),
        federal=tuple(raw["federal"]),
        federal_programmes=_programmes(),
    )


@cache
def region_patterns() -> Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]:
    """Lemmas of each written form of a region, longest first, by five letters of the first lemma."""
    regions = yaml.safe_load(REGIONS.read_text(encoding="utf-8"))
    found: dict[tuple[str, ...], str] = {}
    for iso, region in regions.items():
        for form in [region["name"], *region["names"]]:
            found.setdefault(_lemmas(form), iso)
    for form in _words()["no_region_forms"]:
        found.pop(_lemmas(form), None)
    for iso, written in _words()["region_forms"].items():
        found.update({_lemmas(form): iso for form in written})
    by_stem: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
    for pattern, iso in sorted(found.items(), key=lambda item: -len(item[0])):
        by_stem[pattern[0][:5]].append((pattern, iso))
    return {stem: tuple(patterns) for stem, patterns in by_stem.items()}


@cache
def _words() -> dict[str, Any]:
    raw: dict[str, Any] = yaml.safe_load(WORDS.read_text(encoding="utf-8"))
    return raw


def _phrases(phrases: list[str]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(phrase.split()) for phrase in phrases)


def _lemmas(text: str) -> tuple[str, ...]:
    words = "".join(c if c.isalnum() else " " for c in text).split()
    return tuple(forms(word)[0].lemma.replace("ё", "е") for word in words)


def _programmes() -> tuple[tuple[str, str], ...]:
    with PROGRAMMES.open(encoding="utf-8", newline="") as lines:
        return tuple((row["name"], row["kind"]) for row in csv.DictReader(lines))
