"""Organisations that a text names without giving them a part: where one person comes from, who wrote a
paper, a landmark, words of a headline.

Knows a mention and the words right around it.
"""

from __future__ import annotations

import re
from functools import cache

from svod.extract.layout.prose import Prose
from svod.extract.lexicon import load
from svod.extract.partners.org_mentions import OrgMention
from svod.extract.words.noun_phrases import near


def has_no_part(prose: Prose, mention: OrgMention) -> bool:
    """Named only as the place where one person comes from, as the author of a paper, or as a landmark."""
    if mention.name is None:
        return False
    before = prose.text[max(0, mention.start - 60) : mention.start]
    if _CUT_OFF.search(mention.name) is not None or _is_source(mention, before):
        return True
    if mention.head in _SEEN_AT and _AT.search(before) is not None:
        return True
    if "«" not in mention.name and _SO_MANY.search(before) is not None:
        return True  # «44 школы Томской области»
    return (
        _is_shouted(prose, mention)
        or _is_territory(mention, before)
        or (
            (_LANDMARK.search(before) is not None and _AUTHOR.search(before) is None)
            or _PAPER.search(before) is not None
            or _BRANDED.match(prose.text, mention.end) is not None
            or _is_person(prose, mention, before)
            or _is_origin(prose, mention)
        )
    )


_SO_MANY = re.compile(r"(?<![№\d.,])(?<!№ )\d{1,3}(?:[ \u00a0]\d{3})?[ \u00a0]$")
_CUT_OFF = re.compile(r"\.\.|…")  # «АНО "Цент ... Читать дальше»: a teaser ends within the name
_PRESS_OF = re.compile(r"пресс-служб\w+\s+(?:[^\s,.;]+\s+){0,2}$", re.IGNORECASE)


_BY_FIGURES_OF = re.compile(r"\bпо\s+(?:данным|подсч[её]там|оценк\w+|информации)\s+$", re.IGNORECASE)
_STATISTICS = re.compile(r"^[А-ЯЁ][а-яё]+стат(?:а|е|у|ом)?$")


def _is_source(mention: OrgMention, before: str) -> bool:
    """«сообщила пресс-служба правительства», «по данным Росстата»: it tells of what others do; a ministry
    tells of its own work.
    """
    if _STATISTICS.match(mention.name or "") is not None and _BY_FIGURES_OF.search(before) is not None:
        return True
    return mention.head == "правительство" and _PRESS_OF.search(before) is not None


_SEEN_AT = frozenset("рынок магазин вокзал храм собор стадион парк аптека мост супермаркет".split())
_AT = re.compile(r"\bу\s+(?:[^\s,.;]+\s+){0,1}$")  # «у Филейского рынка»


_COUNTED = re.compile(r"(?<!\d)\d{1,3}\s(?:муниципальн\w+\s)?$")
_INSIDE = re.compile(r"(?<![а-яё])(?:в|во|из|по)\s$", re.IGNORECASE)


def _is_territory(mention: OrgMention, before: str) -> bool:
    """«в муниципальном образовании «X»», «в 12 муниципальных образованиях края»: where, not who."""
    if mention.head != "образование":
        return False
    return _INSIDE.search(before) is not None or _COUNTED.search(before) is not None


def _is_shouted(prose: Prose, mention: OrgMention) -> bool:
    """«УХОД НА ДОМУ ПОЛУЧАЮТ»: words of a headline in capitals, none of them set off as a name."""
    words = prose.slice(mention.start, mention.end)
    return (
        mention.rule == "phrase"
        and any(w.text.isupper() and w.forms[0].pos in {"VERB", "PREP", "ADVB"} for w in words)
        and prose.text[mention.start : mention.end].isupper()
    )


_LANDMARK = re.compile(
    r"(?:напротив|рядом с(?:о)?|возле|около|недалеко от|бывш(?:его|ей|ем|ий|ая|ее)|остановк\w+|за углом от"
    r"|отпечатан[ао]? в"
    r"|в здании бывш\w+)\s+$"
    r"|\b(?:работа(?:ет|л|ла)|трудится|трудил(?:ся|ась)|учи(?:тся|лся|лась)|лежал[аи]?|лечил(?:ся|ась)|служил[аи]?)"
    r"\s+(?:в|на)\s+(?:[^\s,.;]+\s+){0,1}$|\b(?:окончил[аи]?|закончил[аи]?)\s+(?:[^\s,.;]+\s+){0,1}$"
    r"|\bуч[её]т[ае]?\s+(?:в|на)\s+$|\b(?:учится|учатся|студент\w*)\s+(?:на\s+)?\S{1,10}\s+курс\w*\s+$"
    r"|\bвыпускни(?:к|ц)\w*\s+(?:[^\s,.;]+\s+){0,1}$"
    r"|\bпоступил[аи]?\s+(?:\S+\s+)?в\s+$|\bрешени(?:ем|ю|ях)\s+(?:[^\s,.;]+\s+){0,1}$"
    r"|\b(?:дайджест|сводк)\w*\s+$|(?:^|\n)\W*к\s+(?:заседани|вопросу[^\n]{0,30}заседани)[^.]{0,60}$",
    re.IGNORECASE,
)
_AUTHOR = re.compile(
    r"\bавтор\w*\s+(?:идеи|проекта|программы|замысла)\b", re.IGNORECASE
)  # its own work is told
_PAPER = re.compile(
    r"(?:приказ|постановлени|распоряжени|указ|письм|методик|рекомендаци|реестр|сайт|страниц|портал"
    r"|статистик|устав|закон"
    r"|чат-бот)\w*\s+$",
    re.IGNORECASE,
)


_BRANDED = re.compile(r"\.[А-ЯЁ][а-яё]")  # «Яндекс.Карты»: a thing, not the firm
_PERSON_OF = re.compile(
    r"(?:председател|директор|руководител|президент|учредител|основател|глав|менеджер|координатор)\w*"
    r"(?:\s+(?:правления|совета|попечительского совета))?\s+$",
    re.IGNORECASE,
)


def _is_person(prose: Prose, mention: OrgMention, before: str) -> bool:
    """«со ссылкой на директора фонда Ивана Лаптева»: who he is, not what the fund is called."""
    words = prose.slice(mention.start, mention.end)
    if len(words) != MAX_PERSON or _PERSON_OF.search(before) is None:
        return False
    following = prose.text[mention.end : mention.end + 2].lstrip()
    return words[1].has("Name") and words[2].text[:1].isupper() and not following[:1].isupper()


MAX_PERSON = 3  # words: «фонда», a first name, a surname


def _is_origin(prose: Prose, mention: OrgMention) -> bool:
    """«профессор Томского университета», «бухгалтер завода»: one person, who does not lead or speak for
    it."""
    at = prose.index(mention.start) - 1
    for k in range(at, max(-1, at - 3), -1):
        word = prose.words[k]
        if not near(prose, k, k + 1):
            return False
        best = word.forms[0] if word.forms else None
        if best is not None and best.pos == "NOUN":
            lemma = best.lemma.replace("ё", "е").partition("-")[0]  # «врач-нарколог»
            person = (
                "anim" in best.grammemes and "Surn" not in best.grammemes and "Name" not in best.grammemes
            )
            return (
                person
                and "sing" in best.grammemes
                and not word.has("NOUN", "plur", "nomn")
                and lemma not in _speakers()
                and not (k and prose.words[k - 1].text[-1:].isdigit())  # «32 студента университета»
            )
        if best is None or best.pos != "ADJF":
            return False
    return False


@cache
def _speakers() -> frozenset[str]:
    return frozenset(w.replace("ё", "е") for w in load("organisations")["speakers"])
