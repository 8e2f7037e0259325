"""Quotations that are no project whatever stands around them: news agencies, bodies, documents.

Knows the quotation and the words right beside it.
"""

from __future__ import annotations

import re

from svod.extract.layout.prose import Prose
from svod.extract.layout.quotes import Quote
from svod.extract.partners.org_bare import is_brand, says_organisation

_MEDIUM = re.compile(  # «сообщили «Интерфаксу»», «в студии «ГТРК-Волга»»
    r"(?:ГТРК|ТАСС|РИА|РБК|Интерфакс|Регнум|Росбалт|Комсомольск[а-яё]+ правд)(?![А-ЯЁ])[а-яё]{0,3}(?![а-яё])"
)
_CONTEST = re.compile(r"конкурс[а-яё]{0,3}[ \u00a0]$", re.IGNORECASE)
_DOCUMENTS = frozenset("отчёт отчет доклад закон указ решение положение справка информация приказ".split())


def is_of_body(prose: Prose, quote: Quote) -> bool:
    """An agency, a body by what is told of it right behind, a firm with a contest («конкурс «Фосагро»»)."""
    name = prose.text[quote.inner : quote.stop]
    return (
        _MEDIUM.match(name) is not None
        or (
            is_brand(name) and _CONTEST.search(prose.text[max(0, quote.start - 12) : quote.start]) is not None
        )
        or says_organisation(prose, quote) is not None
    )


def is_wall(prose: Prose, quote: Quote) -> bool:
    """«стене сообщества «Фонд помощи хосписам | Тверь»»: whose page it is."""
    return _LEGAL.match(prose.text[quote.inner : quote.stop]) is not None


def is_speech(prose: Prose, quote: Quote) -> bool:
    """«Наталья Орлова: «Приёмная семья – это профессия»»: what somebody says, in a title."""
    before = prose.text[max(0, quote.start - 60) : quote.start]
    return _SPEAKER.search(before) is not None and prose.text.count(" ", quote.inner, quote.stop) > 2


_SPEAKER = re.compile(r"(?:^|[\n,.])[ \u00a0]*(?:[А-ЯЁ][а-яё-]+[ \u00a0]){1,2}[А-ЯЁ][а-яё-]+:[ \u00a0]$")
_LEGAL = re.compile(
    r"(?:Благотворительный фонд|Фонд[ \u00a0](?:помощи|поддержки|защиты|содействия|развития)|АНО|НКО|ГБУ|МБУ"
    r"|ГКУ|Ассоциация|Общественная организация)[ \u00a0]"
)


def is_broadcast(prose: Prose, quote: Quote) -> bool:
    """«в эфире программы «X»», «ведущая радиопрограммы «X»»: what is on the air."""
    return _ON_AIR.search(prose.text[max(0, quote.start - 60) : quote.start].lower()) is not None


_ON_AIR = re.compile(
    r"(?:эфир[а-яё]{0,2}[ \u00a0](?:[а-яё]+[ \u00a0]){0,2}|ведущ[а-яё]+[ \u00a0](?:[а-яё]+[ \u00a0])?"
    r"|теле|радио)"
    r"(?:программ|передач|шоу|марафон)[а-яё]{0,3}[ \u00a0](?:[а-яё]+[ \u00a0])?$"
)


def is_document(prose: Prose, quote: Quote) -> bool:
    """«отчёт «О работе комиссии»», «закон «Об образовании»», «№ 1807-1 «О языках народов …»», «приложение
    «Порядок проведения …»».
    """
    if _PAPER.match(prose.text, quote.inner, quote.stop) is not None:
        return True
    if not prose.text[quote.inner : quote.inner + 5].startswith(("О ", "Об ", "Обо ")):
        return False
    at = prose.index(quote.start) - 1
    if at >= 0 and prose.words[at].lemma in _DOCUMENTS:
        return True
    return _OF_A_LAW.search(prose.text, max(0, quote.start - 60), quote.start) is not None


_PAPER = re.compile(
    r"(?:Порядок|Объ[её]мы|Источники|Паспорт|Положение|Перечень|Регламент|Сроки|Концепци[яией]{1,2})"
    r"[ \u00a0]+(?:и[ \u00a0]+)?(?:[а-яё]+(?:ого|ой|ых|его|ей|их)[ \u00a0]+)*[а-яё]+(?:и|а|я|ов|ий|ы)\b"
)
_OF_A_LAW = re.compile(
    r"(?:(?:№|N)[ \u00a0]?[\dIVX]+[-–—\d \u00a0]*(?:[А-ЯЁ\d]{1,5})?"
    r"|(?<![а-яё])(?:закон|постановлени|указ|приказ|распоряжени)[а-яё]{0,3}[^«»\n.]{0,40})[ \u00a0]*$",
    re.IGNORECASE,
)
