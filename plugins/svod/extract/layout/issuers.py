"""Does a line name whoever issues the text: an authority, a centre, a fund, a site or a newspaper."""

from __future__ import annotations

import re

from svod.extract.partners.org_words import is_ministry, legal_type, org_type
from svod.language.morph import forms

_PRESS = re.compile(
    r"^(?:пресс-(?:служба|центр|группа)|(?:[а-яё-]+(?:ый|ое|ая|ий)\s+)?(?:отдел|управление|служба)\s[^.]{0,40}(?:информаци|связ|коммуникаци)\w*)\s+(?:\S+)",
    re.IGNORECASE,
)
_SITE = re.compile(
    r"\b(?:официальный (?:портал|сайт)|вестник|(?:информационный|новостной|городской|областной"
    r"|краевой) портал|сайт|вести|телеграм-канал)\b",
    re.IGNORECASE,
)
_REPORTS_ON = re.compile(  # «АНО «X» за второй этап реализации проекта «Y»»: a title in two lines
    r"\b(?:реализаци\w+|выполнени\w+|итог\w*|отч[её]т\w*)\s+(?:[а-яё]+\s+){0,3}?(?:проект|программ|грант|акци)",
    re.IGNORECASE,
)
_OFFICE = re.compile(r"^(?:уполномоченн(?:ый|ая)|омбудсмен)\s+(?:по|в)\s", re.IGNORECASE)
_WORD = re.compile(r"[а-яё]{2,}", re.IGNORECASE)


def tells(text: str) -> bool:
    """Holds a verb: a headline or a sentence rather than a name."""
    return any(forms(w)[0].pos == "VERB" for w in _WORD.findall(text[:200]))


def is_issuer(text: str) -> bool:
    """True for a line that is the name of an organisation, a site or a newspaper and tells nothing."""
    if len(text) > 160 or text.endswith((".", "!", "?", ":")) or re.search(r"[:?!]\s", text) or tells(text):
        return False
    if _REPORTS_ON.search(text):
        return False
    return _SITE.search(text) is not None or _opens_with_organisation(text) or _OFFICE.match(text) is not None


def _opens_with_organisation(text: str) -> bool:
    """Adjectives, if any, and then a head noun, a legal form or a short name."""
    for word in re.findall(r"[\w-]+", text)[:7]:
        if legal_type(word) is not None or is_ministry(word):
            return True
        readings = forms(word)
        if any(f.pos == "NOUN" and org_type(f.lemma) is not None for f in readings):
            return word[:1].isupper() or text[:1].isupper()
        if (
            readings[0].pos not in {"ADJF", "PRTF"}
            and not word[:1].isdigit()
            and not word.isupper()
            and word.casefold() != "спб"
        ):
            return False
    return False


def names_press_service(text: str) -> bool:
    """«Пресс-служба X», «Управление информации X» with a name after it."""
    match = _PRESS.match(text) if len(text) < 200 else None
    return match is not None and not tells(text) and re.search(r"[А-ЯЁA-Z«\"]", text[1:]) is not None
