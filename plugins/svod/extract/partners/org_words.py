"""Words that make a name an organisation's: head nouns, legal forms, short names; and the type they give
it."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import cast

from svod.extract.lexicon import load
from svod.models import PartnerType


@cache
def _heads() -> dict[str, PartnerType]:
    found: dict[str, PartnerType] = {}
    for kind, rows in load("organisations")["heads"].items():
        for row in rows:
            for word in row if isinstance(row, list) else [row]:
                found.setdefault(word.casefold().replace("ё", "е"), cast(PartnerType, kind))
    return found


@cache
def _legal() -> dict[str, PartnerType]:
    return {
        form.casefold(): cast(PartnerType, kind)
        for kind, forms in load("organisations")["legal"].items()
        for form in forms
    }


@cache
def _state() -> re.Pattern[str]:
    return re.compile(load("organisations")["state"])


_SHORTENED = re.compile(
    r"^(?:мед|гос|пед|спорт|рай|гор|обл|соц|агро|техно|тех|авто|пром|строй|юр|эконом|вет|культ|политех"
    r"|аграр|фарм|муз|худ|нац|сель|глав)"
    r"(университет|колледж|больница|библиотека|училище|центр|школа|институт|фонд|банк|завод|комбинат"
    r"|музей|театр|академия|техникум"
    r"|поликлиника|совет|суд|администрация|собрание|управление|предприятие|холдинг|комплекс|дом)$"
    r"|^[а-я]{3,}(завод|комбинат|фабрика|холдинг|банк|маркет)$"
)


@lru_cache(maxsize=20_000)
def org_type(lemma: str) -> PartnerType | None:
    """The type that a head noun (its lemma) gives, None if it is no organisation; «госуниверситет» as
    «университет»."""
    word = lemma.casefold().replace("ё", "е")
    known = _heads().get(word)
    if known is not None:
        return known
    if word.startswith("рос") and _AGENCY.match(word):
        return "authority"
    shortened = _SHORTENED.match(word)
    if shortened:
        return _heads().get(shortened[1] or shortened[2], "business")
    return _of_compound(word)


def _of_compound(word: str) -> PartnerType | None:
    """«наркодиспансер», «зоомагазин»: a known head behind another stem."""
    if word == "эпицентр" or word.partition("-")[0] in _NO_COMPOUND:
        return None
    for at in range(3, len(word) - 4):
        if word[at - 1] in "оеиайдцз-" and word[at:] in _COMPOUNDED and word[:at].rstrip("-").isalpha():
            return _heads().get(word[at:])
    return None


_NO_COMPOUND = frozenset({"пресс", "колл", "контакт", "медиа", "дата", "топ", "мини"})
_COMPOUNDED = frozenset(
    "отряд диспансер магазин университет колледж больница библиотека училище центр институт завод комбинат "
    "академия техникум поликлиника клиника компания фабрика салон парк питомник музей комплекс "
    "предприятие хозяйство школа типография театр".split()
)


_AGENCY = re.compile(
    r"^рос(?:молод|гвард|потребнадз|труд|здрав|реестр|имуществ|стат|обрнадзор|гидромет|лесхоз|архив"
    r"|туризм|сотрудн)"
)


@cache
def conditional_heads() -> dict[str, dict[str, PartnerType]]:
    """Head nouns that name an organisation only beside a word that begins with a stem."""
    return cast(dict[str, dict[str, PartnerType]], load("organisations")["conditional"])


def is_nothing(head: str, lemmas: list[str]) -> bool:
    """«резервный фонд», «жилой дом»: a head noun in another sense."""
    stems = load("organisations")["no_organisation"].get(head, ())
    return any(lemma.startswith(stem) for lemma in lemmas for stem in stems)


def legal_type(word: str) -> PartnerType | None:
    """The type that a legal form or short name gives: ООО → business, МБУ → institution."""
    if not word[:1].isupper() or len(word) > 12:
        return None
    known = _legal().get(word.casefold()) if word.upper() == word or not word[1:].islower() else None
    if known is not None:
        return known
    return "institution" if _state().match(word) and "КУРС" not in word else None


_NO_ORGANISATION = frozenset(
    "ФЗ ФКЗ ЗРТ РФ СССР СМИ ВОВ ФП ТВ США ЭВМ ГОСТ СВО ЕГЭ ОВЗ ДЦП ТСР ВКС ЗОЖ ГТО".split()
)


def abbreviated_type(word: str) -> PartnerType | None:
    """The type that the letters of an unknown abbreviation before a quoted name give: КМЦ «…», РОООИ «…»."""
    if not (3 <= len(word) <= 9 and word.isalpha() and word.isupper() and _CYRILLIC.match(word)):
        return None
    if word in _NO_ORGANISATION:
        return None
    if "ОО" in word:
        return "ngo"
    return "institution" if re.search(r"[ЦДШ]|СУ|УК", word) else "business"


_CYRILLIC = re.compile(r"^[А-ЯЁ]+$")


_UNIVERSITY = re.compile(
    r"^[А-ЯЁ][А-ЯЁа-яё]{0,5}(?:[ГФ]|Г[ТМПАЭСЮЛНИХ]|ГАС|ГСХ|ГНТ|НИТ|НИП|бП|ГНИ)У$"
    r"|^(?:РУДН|МГИМО|МИФИ|МАИ|МФТИ|ВШЭ|РАНХиГС|ВГИК|ГИТИС|МЭИ|ИТМО|ЛЭТИ|УУНиТ|МАРХИ|ПИМУ|РЭУ|РХТУ|ВГУЭС)$"
)


def is_university(word: str) -> bool:
    """«СФУ», «ТулГУ», «РУДН»: a university in one word, which does not decline."""
    if not 3 <= len(word) <= 9 or not word[:1].isupper() or not word.isalpha():
        return False
    return _UNIVERSITY.match(word) is not None and legal_type(word) is None


def is_legal_form(word: str) -> bool:
    return legal_type(word) is not None


_MINISTRY = re.compile(
    r"^Мин(?:арктик|архитект|внутр|восток|востокразв|гос|градостро|демограф|дор|жилполит|ЖКХ|жкх|здрав|земл|имущ"
    r"|инвест|информ|йюст|комм?ун|конкур|курорт|культ|лес|мол|нац|науки|обор|образ|обр|обще?ств|пище?|печат|полит"
    r"|природ|пром|просв|регион|рыб|связ|сель|семь|соц|спорт|стро|торг|транс|труд|тур|тэк|фин|цифр|экол|эко|экон"
    r"|энерг|юст|внешн|благоустр|безопас|предпринимат|потреб)[а-яё]{0,24}$"
)


def is_ministry(word: str) -> bool:
    """«Минсоцзащиты», «Минтруд»: a ministry in one word."""
    return word.startswith("Мин") and _MINISTRY.match(word) is not None


def names_ministry(word: str) -> bool:
    """The same in small letters too: «областной минздрав»."""
    return is_ministry(word) or (word.startswith("мин") and is_ministry(word.capitalize()))


@cache
def _known_firms() -> frozenset[str]:
    return frozenset(load("organisations")["firms"])


def turned_type(head: str, words: list[str], kind: PartnerType) -> PartnerType:
    """The type after the other words of the name have had their say: «общество инвалидов», «акционерное
    общество»."""
    lowered = [w.casefold() for w in words]
    if head == "фонд" and lowered[0].startswith("социальн") and lowered[-1].startswith(("фонд", "росси")):
        return "authority"
    if head == "филиал" and any(w.rstrip("аеому") in _known_firms() for w in lowered):
        return "business"
    for turn in load("organisations")["turns"]:
        if turn["head"] == head and any(w.startswith(stem) for w in lowered for stem in turn["words"]):
            return cast(PartnerType, turn["type"])
    return kind
