"""The federal subjects: their names (the warehouse's own seed) and their places on the tile grid."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

TILES = Path(__file__).parent / "tiles.csv"
NESTED = ("118", "718", "719")  # okrugs inside an oblast: three digits name them, not two


@dataclass(frozen=True, slots=True)
class Territory:
    """A federal subject. `column` and `row` count from 1; `oktmo` has 8 digits."""

    oktmo: str
    iso: str | None
    name_ru: str
    name_en: str
    label_ru: str
    label_en: str
    column: int
    row: int

    def name(self, language: str) -> str:
        return self.name_ru if language == "ru" else self.name_en

    def label(self, language: str) -> str:
        return self.label_ru if language == "ru" else self.label_en


@cache
def load_territories(seed: Path) -> Mapping[str, Territory]:
    """All federal subjects by OKTMO, in the grid's reading order. `seed` is dbt's territory.csv."""
    with seed.open(encoding="utf-8", newline="") as file:
        names = {row["oktmo"]: row for row in csv.DictReader(file) if row["level"] == "region"}
    with TILES.open(encoding="utf-8", newline="") as file:
        tiles = list(csv.DictReader(file))
    return {
        tile["oktmo"]: Territory(
            oktmo=tile["oktmo"],
            iso=names[tile["oktmo"]]["iso_3166_2"] or None,
            name_ru=names[tile["oktmo"]]["name_short_ru"],
            name_en=names[tile["oktmo"]]["name_en"],
            label_ru=tile["label_ru"],
            label_en=tile["label_en"],
            column=int(tile["column"]),
            row=int(tile["row"]),
        )
        for tile in tiles
    }


def subject_of(oktmo: str | None) -> str | None:
    """The federal subject of a municipality's (or a subject's own) OKTMO."""
    if not oktmo or len(oktmo) < 8:
        return None
    head = oktmo[:3] if oktmo.startswith(NESTED) else oktmo[:2]
    return head.ljust(8, "0")
