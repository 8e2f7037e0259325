"""A community that is known by its wall's name alone: «Лапа друга | канистерапия в Твери», «Тёплый тыл».

Sees the first lines and whether the text speaks of «we»; a name that tells what sort of body it is belongs to
the headers.
"""

from __future__ import annotations

import re

from svod.extract.partners.org_headers import head_of
from svod.extract.partners.org_words import legal_type
from svod.extract.publication.places import same_place

_STAMP = re.compile(
    r"\s*\n\s*(?:запись закреплена\s*\n\s*|закреплено\s*\n\s*)?[^\n]{0,30}?\d{1,2}[:.]\d\d\b[^\n]{0,30}\n"
)
_EXPORTED = re.compile(r"^\W*эта запись была опубликована на стене\s+\w+\s+[\"«]", re.IGNORECASE)
_CELLS = re.compile(r"\s*[|•·/]\s*|\s[—–]\s|\s*[\U0001F000-\U0001FAFF\u2600-\u27BF\uFE0F]+\s*")
_NEWS = re.compile(
    r"новост|вести\b|вестник|инфо|info|news|сегодня|медиа|media|онлайн|газет|журнал|портал|сайт|соц(?:ал|защ|блок|поли|ин)"
    r"|официал|подслуш|дайджест|афиш|пресс|радио|телеканал|репорт[её]р|курьер|листок|правда\b"
    r"|министерств|администрац|департамент|управлени|правительств|мэри[яи]|\.(?:ru|рф|com|org)|\bТВ\b|\bНКО\b"
    r"|общество\b|главная|меню|анонс|интервью",
    re.IGNORECASE,
)
_TERRITORY = re.compile(r"\b(?:район|округ|область|край|республика|город|село)\b", re.IGNORECASE)
_WE = re.compile(
    r"(?<![а-яё])(?:мы|нас|нам|нами|наш(?:а|е|и|его|ему|ей|их|им|ими|у|ем)?)(?![а-яё])", re.IGNORECASE
)
_QUOTED = re.compile(r"^[«\"]([^«»\"\n]{3,60})[»\"]")
MAX_NAME, OFTEN = 60, 2


def community(text: str, publisher: str | None) -> tuple[int, int, str] | None:
    """Where its name stands and the name; None if the first lines name no community that speaks of itself."""
    if publisher is None or _NEWS.search(publisher) or "\n" in publisher:
        return None
    start = text.find(publisher)
    opening = text[:start].strip()
    if start < 0 or (opening and not _EXPORTED.match(opening + ' "')):
        return None
    if not opening and " | " not in publisher and _STAMP.match(text, start + len(publisher)) is None:
        return None
    if len(_WE.findall(text, start)) < OFTEN:
        return None
    if any(legal_type(c.split()[0]) is not None for c in _CELLS.split(publisher) if c.strip()):
        return None  # «Собаки-терапевты | АНО «Пёс»»: the body has a name of its own
    name = _own_cell(_without_town(publisher))
    quoted = _QUOTED.match(name)
    end = start + publisher.find(name) + len(name)
    name = quoted[1] if quoted is not None else name
    if _TERRITORY.search(name) or re.search(r"[«\"]", name):
        return None
    if not 4 < len(name) <= MAX_NAME or not name[:1].isupper() or legal_type(name.split()[0]) is not None:
        return None
    return start, end, name.capitalize() if name.isupper() else name


def _without_town(name: str) -> str:
    """«Волонтёры хосписа. Тула»: where it is, behind a full stop."""
    own, _, town = name.rpartition(". ")
    return own if own and len(town.split()) == 1 and same_place(town) else name


def _own_cell(name: str) -> str:
    """Of «МНОГО НАС | Объединение многодетных Томска» the cell that says who they are, else the first."""
    cells = [c.strip() for c in _CELLS.split(name) if c.strip() and not c.strip().startswith("#")]
    told = next((c for c in cells if len(c.split()) > 1 and head_of(c) is not None), None)
    return told or (cells[0] if cells else "")
