"""Does a line name whoever issues the text: an authority, a centre, a fund, a site or a newspaper."""

from __future__ import annotations

import re

_ISSUER = re.compile(
    r"^(?:[А-ЯЁ][\w-]+(?:ая|ий|ый|ое|ой|ский|ское|ская)\s+){0,5}"
    r"(?:министерств|департамент|комитет|управлени|администраци|правительств|центр|фонд|отделени|обществ\w+ организаци"
    r"|региональн\w+ организаци|организаци|ассоциаци|союз|совет|общественн\w+ палат|библиотек|больниц|школ|дом\b|учреждени"
    r"|вестник|газет|журнал|портал|сайт|редакци|агентств|движени|общин|епархи|колледж|техникум|университет|институт|служба\s"
    r"|официальный (?:сайт|портал)|гуп|мку|мбу|гбу|гку|гау|гаусо|гбусо|огбу|огку|обу|бу|ку|оаусо|огаусо|кгбу|кгку|краевое|областное"
    r"|ано|анко|боо|роо|оо|моо|ооо|оао|пао|ао|нко|сонко|бф|нп|риа|иа|кцсон|спб боо|цспсид|црц|срцн)(?:[\s«\"]|$|[а-яё])",
    re.IGNORECASE,
)
_PRESS = re.compile(
    r"^(?:пресс-(?:служба|центр|группа)|(?:[а-яё-]+(?:ый|ое|ая|ий)\s+)?(?:отдел|управление|служба)\s[^.]{0,40}(?:информаци|связ|коммуникаци)\w*)\s+(?:\S+)",
    re.IGNORECASE,
)
_SITE = re.compile(r"(?:официальный (?:портал|сайт)|вестник|информационный портал)\b", re.IGNORECASE)
_VERB = re.compile(r"\s(?:[а-яё]+(?:ли|ла|ло|ет|ют|ит|ят|ился|илась|ились|ется|ются))(?:\s|$)")


def tells(text: str) -> bool:
    """Holds a verb: a headline or a sentence rather than a name."""
    return _VERB.search(f" {text.casefold()} ") is not None


def is_issuer(text: str) -> bool:
    """True for a line that is the name of an organisation, a site or a newspaper and tells nothing."""
    if len(text) > 160 or text.endswith((".", "!", "?", ":")) or _VERB.search(text.casefold()):
        return False
    return bool(_ISSUER.match(text) or _SITE.search(text))


def names_press_service(text: str) -> bool:
    """«Пресс-служба X», «Управление информации X» with a name after it."""
    return len(text) < 200 and _PRESS.match(text) is not None and not _VERB.search(text.casefold())
