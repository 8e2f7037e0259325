"""What the clause of a time expression does with it: compares («в 2018-м было сорок») or founds («открыт в
2013 году»). Knows nothing of figures and of what a report is on.
"""

from __future__ import annotations

import re

from svod.extract.figures.context import Scene, is_predicate
from svod.extract.figures.plan_words import is_future, stretch_plans
from svod.extract.times.periods import TimeSpan
from svod.extract.words.screened import Screened, search
from svod.language.document import Token

_WAS = Screened(  # «в 2018-м было сорок», «Годом ранее, летом 2022-го, таких было 1 655»
    r"^(?:[ \u00a0,]+(?:таких|их|нас|тогда|тут|показатель|эта цифра|этот показатель|эта доля|всего|только))*"
    r"[ \u00a0](?:был[оаи]?|составлял[аио]?)[ \u00a0](?:(?:всего|лишь|только|около|почти|уже)[ \u00a0])?"
    r"(?:\d|(?:один|одн|дв|тр|четыр|четв|пят|шест|сем|восем|восьм|девят|десят|сорок|сто|полсотн)[а-яё]*)"
)


def in_contrast(scene: Scene, span: TimeSpan) -> bool:
    """«…, тогда как в 2017 году …»: a year that only serves a comparison dates nothing further on."""
    before = scene.text[max(0, span.start - 24) : span.start].lower()
    if not scene.text.startswith(("за", "За"), span.start) and _WAS.search(
        scene.text[span.end : span.end + 60].lower()
    ):
        return True
    return (
        search(
            r"(?:для сравнения:?,?|тогда как|в то время как|, а|если|хотя|сравнени\w+,?|чем|раньше|ещё|еще|"
            r"против[ \u00a0][\d ,\u00a0]+(?:[а-яё.]+[ \u00a0])?)[ \u00a0]*$",
            before,
        )
        is not None
    )


def in_dateline(text: str, span: TimeSpan) -> bool:
    """«Ярославль, октябрь 2024» on a line of its own: when it was written, not what it is on."""
    if span.rule not in ("month", "year"):
        return False
    begin, end = text.rfind("\n", 0, span.start) + 1, text.find("\n", span.end)
    rest = text[span.end : end if end >= 0 else len(text)]
    return not rest.strip(" \u00a0.") and _PLACED.fullmatch(text, begin, span.start) is not None


_PLACED = re.compile(
    r"[ \u00a0]*(?:г\.[ \u00a0]?|с\.[ \u00a0]?)?[А-ЯЁ][а-яё]+(?:[ -][А-Яа-яё]+){0,3},[ \u00a0]?"
)


_FOUNDED = frozenset(
    "основать создать открыть запустить появиться открыться стартовать начаться учредить возникнуть "
    "внедрить".split()
)


def founding_verb(scene: Scene, span: TimeSpan) -> Token | None:
    """«был запущен в 2013 году и …»: the verb of founding that the date stands with."""
    if span.kind not in ("span", "day"):
        return None
    clause = scene.clause(scene.doc.token_index(span.start))
    verbs = [t for t in scene.words(clause) if is_predicate(t) and t.lemma != "быть"]
    if not verbs or not _founds(scene, verbs[0]) or verbs[0].forms[0].pos == "INFN" or is_future(verbs[0]):
        return None  # «в планах на 2025 год открыть …», «в 2025 году откроется …»
    return verbs[0]


def _founds(scene: Scene, verb: Token) -> bool:
    """«открылся», «начал работу», «начала свою деятельность»."""
    if verb.lemma != "начать":
        return verb.lemma in _FOUNDED
    after = scene.doc.tokens_in(verb.stop, verb.stop + 40)[:2]
    return any(t.lemma in ("работа", "работать", "деятельность", "действовать") for t in after)


def founding_participle(scene: Scene, span: TimeSpan) -> bool:
    """«клуб, открывшийся в феврале 2020 года, …»: the date says when the thing began, nothing else."""
    clause = scene.words(scene.clause(scene.doc.token_index(span.start)))
    for token in reversed([t for t in clause if t.start < span.start]):
        if is_predicate(token):
            return False
        participle = next((f for f in token.forms if f.pos == "PRTF"), None)
        named = scene.text[max(0, token.start - 1) : token.start] in ("«", "“", "„", '"')  # a fund's name
        if participle is not None and token.forms[0].pos in ("PRTF", "ADJF") and not named:
            return participle.lemma in _FOUNDED or participle.lemma in _ANNOUNCED
    return False


_ANNOUNCED = frozenset({"объявить", "утвердить", "принять"})  # «в конкурсе, объявленном в декабре, …»


def founded_then(scene: Scene, span: TimeSpan) -> bool:
    """The date only says when a thing was founded or announced."""
    return founding_verb(scene, span) is not None or founding_participle(scene, span)


def told_then(scene: Scene, span: TimeSpan) -> bool:
    """«Помните, в феврале мы писали про кровати?»: when it was spoken of, not when it was done."""
    words = scene.words(scene.clause(scene.doc.token_index(span.start)))
    return any(t.lemma in _WRITING and is_predicate(t) and "past" in t.forms[0].grammemes for t in words)


_WRITING = frozenset("писать рассказывать говорить обещать просить объявлять показывать сообщать".split())


def names_edition(scene: Scene, span: TimeSpan) -> bool:
    """«Первый конкурс 2026 года завершён», «из выпускников 2020 года трое работают»: whose, not when."""
    if span.rule != "year" or not scene.text[span.start].isdigit():
        return False
    return _EDITION.search(scene.text[max(0, span.start - 20) : span.start].lower()) is not None


_EDITION = Screened(
    r"(?<![а-яё])(?:конкурс|выпуск|выпускни|набор|призыв|поток|победител)[а-яё]{0,5}[ \u00a0]$"
)


_FOR = Screened(
    r"(?<![а-яё])(?:(?:план|задач|перспектив|цел)[а-яё]*(?:[ \u00a0]работы)?|на)[ \u00a0](?:на[ \u00a0]?)?$"
)


def plans_there(scene: Scene, span: TimeSpan) -> bool:
    """«планы на 2024 год», «в 2024 году планируем»."""
    low = scene.text[max(0, span.start - 40) : span.start].lower()
    opened = scene.text[span.start : span.start + 3].lower()
    clause = scene.clause(scene.doc.token_index(span.start))
    return opened.startswith("на ") or _FOR.search(low) is not None or stretch_plans(scene, clause)
