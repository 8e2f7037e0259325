"""An authority's name completed with its region: «краевое министерство X» → «Министерство X Пермского
края»."""

from __future__ import annotations

import re
from collections.abc import Sequence

from svod.extract.publication.places import genitive, same_place

_LEVEL = re.compile(r"^(?:региональн|краев|областн|республиканск|окружн)\w+\s+(?=\w)", re.IGNORECASE)
_SOME_REGION = re.compile(r"\s+(?:региона|области|края|республики|округа)$")
_COMPLETED = re.compile(
    r"^(?:министерство|департамент|комитет|главное управление|правительство)\b", re.IGNORECASE
)
_FEDERAL = re.compile(r"\b(?:РФ|России|Российской Федерации)\b")


def complete(name: str, regions: Sequence[str]) -> str:
    """The fullest form that the text supports; a name that has a place, or a text of several regions,
    stays."""
    levelled = _LEVEL.match(name) is not None
    bare = _LEVEL.sub("", name)
    bare = bare[:1].upper() + bare[1:]
    vague = _SOME_REGION.search(bare) is not None and not _has_place(bare)
    bare = _SOME_REGION.sub("", bare) if vague else bare
    if levelled or vague:
        bare = _written_out(bare)
    if re.search(r"\s[А-ЯЁ]{2,4}(?:\s|$)", bare):
        return name  # «… культуры УР»
    if len(regions) != 1 or _FEDERAL.search(bare) or _has_place(bare):
        return name
    if regions[0] in _WITHOUT_MINISTRIES and bare.startswith("Министерство"):
        return name
    if not (_COMPLETED.match(bare) or ((levelled or vague) and bare.casefold().startswith("управление"))):
        return name
    return f"{bare} {genitive(regions[0])}"


_WITHOUT_MINISTRIES = frozenset({"RU-MOW", "RU-SPE"})  # departments and committees: a ministry is Russia's


def _written_out(name: str) -> str:
    """«Минздрав» → «Министерство здравоохранения»; another name as it stands."""
    word = name.casefold().replace("ё", "е")
    if not word.startswith("мин") or " " in word:
        return name
    of = next((full for stem, full in _MINISTRIES if word[3:].startswith(stem)), None)
    return name if of is None else f"Министерство {of}"


_MINISTRIES = (  # the longer stems first
    ("соцразвит", "социального развития"),
    ("соцполит", "социальной политики"),
    ("соцотнош", "социальных отношений"),
    ("соцзащит", "социальной защиты"),
    ("соцблагополуч", "социального благополучия"),
    ("соц", "социальной защиты"),
    ("трудсоц", "труда и социальной защиты"),
    ("труд", "труда"),
    ("здрав", "здравоохранения"),
    ("образ", "образования"),
    ("обр", "образования"),
    ("просвещ", "просвещения"),
    ("культ", "культуры"),
    ("спорт", "спорта"),
    ("молодеж", "молодёжной политики"),
    ("мол", "молодёжной политики"),
    ("семь", "семьи"),
    ("фин", "финансов"),
    ("эконом", "экономического развития"),
    ("сельхоз", "сельского хозяйства"),
    ("строй", "строительства"),
    ("транс", "транспорта"),
    ("цифр", "цифрового развития"),
    ("природ", "природных ресурсов"),
    ("имуществ", "имущественных отношений"),
    ("нац", "по делам национальностей"),
    ("информ", "информации"),
)


def _has_place(name: str) -> bool:
    return any(
        w[:1].isupper() and (same_place(w) or w in {"Республики", "Санкт-Петербурга"})
        for w in name.split()[1:]
    )
