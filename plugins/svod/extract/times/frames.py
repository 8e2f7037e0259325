"""The span that a whole report is on: stated by its title, by a field of its head, or by its opening.

Knows nothing of single figures: which of them inherit the span is decided by `dating`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from svod.extract.figures.context import Scene, Stretch, is_predicate
from svod.extract.layout.segments import Block
from svod.extract.times.clause_of_time import founded_then, in_contrast, plans_there, told_then
from svod.extract.times.named_spans import FIRST, HEAD, JUST, OPENING, PROSE, month_named, season_named
from svod.extract.times.periods import TimeSpan, times_in
from svod.extract.words.screened import Screened, any_case
from svod.language.document import Token

_SPANS = frozenset(
    "year last_year elided_year this_year months_of_year half_year half_of_year half_gone quarter months "
    "month month_over season season_months numeric_span day_to_day month_to_month school_year years_span "
    "since_beginning year_to_month this_month bare_year dashed_year year_over year_summed month_summed "
    "told_year first_last season_of_work school_year".split()
)
_FIELD = any_case(  # «Срок реализации: с 1 марта 2023 г. по 30 апреля 2024 г.»
    r"\W{0,3}(?:отч[её]тный[ \u00a0])?(?:период|сроки?|дат[аы]|время|продолжительность)(?![а-яё])"
    r"(?:[ \u00a0][а-яё]+){0,4}[ \u00a0]*[:–—-]"
)
_FIELD_CELL = any_case(  # «Срок реализации    01.09.2023 – 30.06.2024» in a table or on two lines
    r"(?:отч[её]тный[ \u00a0])?(?:период|сроки?|время|продолжительность)(?:[ \u00a0][а-яё]+){0,3}"
    r"(?:[ \u00a0]{2,}|[ \u00a0]?[\n\t|][ \u00a0]?)"
)
_FIELD_ALONE = any_case(
    r"(?:отч[её]тный[ \u00a0])?(?:период|сроки?|время|продолжительность)(?:[ \u00a0][а-яё]+){0,3}[ \u00a0]*$"
)
TOLD = frozenset(
    "отчёт отчет отчитываться отчитаться итог подводить подвести подытожить подытоживать результат сводка "
    "доклад справка обзор подсчитать посчитать сосчитать досчитать пересчитать считать итожить отработать "
    "поработать отчётный рассказать рассказывать доложить".split()
)
_TELLING = frozenset("рассказать рассказывать отработать поработать".split())  # of one figure as of the whole
_LEADING = 5  # tokens before an expression that still opens its sentence: «Всего, по данным отдела, за год»


DAYS_TOGETHER = frozenset({"days_of_month", "day_to_day", "numeric_span"})


def opening_span(scene: Scene, times: Sequence[TimeSpan]) -> TimeSpan | None:
    """What the head or the opening says the report is on: the plainest statement first."""
    for find in (
        _field_span,
        _first_paragraph,
        _told_span,
        _topical_span,
        run_told,
        month_named,
        season_named,
    ):
        span = find(scene, times)
        if span is not None:
            return _sharper(span, run_told(scene, times)) if find is _topical_span else span
    return None


def _sharper(span: TimeSpan, run: TimeSpan | None) -> TimeSpan:
    """«В ноябре пришёл вездеход. … С 5 по 28 ноября бригада побывала в пяти улусах»: the days inside it."""
    whole, days = span.period, run.period if run is not None else None
    if run is None or whole is None or days is None:
        return span
    if not (whole.start and whole.end and days.start and days.end):
        return span
    return run if whole.start <= days.start and days.end <= whole.end else span


def _field_span(scene: Scene, times: Sequence[TimeSpan]) -> TimeSpan | None:
    """«Срок реализации: …», «Отчётный период – …» among the lines of the head, or a line and the next."""
    head = [b for b in scene.layout.blocks if b.kind in HEAD][: 3 * OPENING]
    for i, block in enumerate(head):
        text = scene.text[block.start : block.end]
        named, value = _FIELD.match(text) or _FIELD_CELL.match(text), block
        if named is None and i + 1 < len(head) and _FIELD_ALONE.match(text):
            value = head[i + 1]
        elif named is None:
            continue
        at = block.start + named.end() if named is not None else value.start
        spans = [t for t in times_in(times, value.start, value.end) if _dated(t) and t.kind != "day"]
        if spans and spans[0].start - at <= 3:
            return spans[0]
    return None


def _told_span(scene: Scene, times: Sequence[TimeSpan]) -> TimeSpan | None:
    """«Отчитываемся за октябрь», «Подвели черту под сезоном (сентябрь – ноябрь 2022)»: the report says so."""
    for stretch in _sentences(scene, titles=True, blocks=_TOLD_EARLY):
        words = scene.words(stretch)
        told = {t.lemma for t in words} & TOLD
        if not told or (told <= _TELLING and has_figure(scene, times, stretch)):
            continue
        for span in _candidates(scene, times, stretch):
            if not (plans_there(scene, span) or long_ago(scene, span) or told_then(scene, span)):
                return span
    return None


def _topical_span(scene: Scene, times: Sequence[TimeSpan]) -> TimeSpan | None:
    """«В 2022 году на линию поступило …», «Всего за прошлый год заключено …»: what opens a sentence of the
    opening with something done is what the following is about.
    """
    for number, stretch in enumerate(_sentences(scene, titles=False)):
        words = scene.words(stretch)
        for span in _candidates(scene, times, stretch):
            if (
                (
                    opens_sentence(scene, span, stretch)
                    or (number <= 1 and span.rule in _OF_NEWS)
                    or _of_first_figures(scene, times, stretch, span)
                )
                and _tells_of_past(words)
                and not plans_there(scene, span)
                and not told_then(scene, span)
                and (_fresh(scene, span) or not _aside_of_tale(span))
            ):
                return span if _fresh(scene, span) else None
        if has_figure(scene, times, stretch) and not _is_teaser(scene, times, stretch):
            return None
    return None


def _is_teaser(scene: Scene, times: Sequence[TimeSpan], stretch: Stretch) -> bool:
    """«Почти 11 миллиардов и одна строка – так выглядит первый год»: a lead sums up, the body says when."""
    block = scene.layout.blocks[scene.block_index(scene.tokens[stretch.first].start) or 0]
    return block.kind == "lead" and all(t.kind == "compare" for t in times_in(times, block.start, block.end))


def _aside_of_tale(span: TimeSpan) -> bool:
    """«А ведь в сентябре она боялась клавиатуры»: a month or season long over, told before what was done."""
    return span.rule in ("month", "season")


def _of_first_figures(scene: Scene, times: Sequence[TimeSpan], stretch: Stretch, span: TimeSpan) -> bool:
    """«Учиться в 2019 году записались 1 094 человека»: the clause of the first figure says when it was."""
    if span.rule not in _OF_NEWS | _APART and span.rule not in ("year", "elided_year", "season_months"):
        return False
    clause = scene.clause(scene.doc.token_index(span.start))
    return _past_verb(scene.words(clause)) and has_figure(scene, times, clause)


# «Почти две тысячи семей заключили в уходящем году социальный контракт, …»: the first sentence of news
_OF_NEWS = frozenset("this_year last_year since_beginning months_of_year half_year quarter".split())


def held_on(scene: Scene, times: Sequence[TimeSpan]) -> TimeSpan | None:
    """«12 мая в парке прошёл слёт»: the days of what a report tells of in its first sentences."""
    for number, stretch in enumerate(_sentences(scene, titles=False)):
        if number >= FIRST:
            return None
        for span in _times_of(scene, times, stretch):
            if not (span.kind == "day" or span.rule in DAYS_TOGETHER) or span.period is None:
                continue
            clause = scene.clause(scene.doc.token_index(span.start))
            if (
                _past_verb(scene.words(clause))
                and not speaks(scene.words(clause))
                and not _CLOSING.search(scene.text_of(stretch).lower())
                and not in_contrast(scene, span)
                and not founded_then(scene, span)
                and _fresh(scene, span)
                and not _ahead(scene, span)
            ):
                return span
    return None


_CLOSING = Screened(  # «Сегодня, на закрытии проекта, …»: the day of the feast, not of the work
    r"(?<![а-яё])(?:закрыти|завершени|презентаци|окончани|итог)[а-яё]*[ \u00a0](?:[а-яё]+[ \u00a0])?"
    r"(?:проект|программ|грант|курс|обучени|год|сезон)"
)


def _ahead(scene: Scene, span: TimeSpan) -> bool:
    """«Завтра им за парты, а вчера они сдавали мётлы»."""
    start = span.period.start if span.period is not None else None
    return scene.published is not None and start is not None and start > scene.published


_SPOKEN = frozenset(  # what is told, decided or signed on a day was not done on it
    "сообщить рассказать заявить доложить представить обсудить отметить объявить опубликовать подписать "
    "утвердить принять назвать рассмотреть заслушать напомнить ответить пояснить уточнить поделиться "
    "совещание заседание пресс-конференция брифинг коллегия комиссия приказ постановление закон "
    "решение".split()
)


def _past_verb(words: Sequence[Token]) -> bool:
    return any(is_predicate(t) and "past" in t.forms[0].grammemes for t in words)


def long_ago(scene: Scene, span: TimeSpan) -> bool:
    """A span that was over two years and more before publication: only a title reports on it."""
    end = span.period.end if span.period is not None else None
    return scene.published is not None and end is not None and end.year + 2 < scene.published.year


def run_told(scene: Scene, times: Sequence[TimeSpan]) -> TimeSpan | None:
    """«Пункт проработал всю зиму, с 15 ноября по 31 марта», «Курс шёл с 10 февраля по 30 мая»: between which
    days what the opening tells of went on.
    """
    for number, stretch in enumerate(_sentences(scene, titles=False)):
        if number >= _EARLY:
            return None
        for span in _times_of(scene, times, stretch):
            if not _dated(span) or in_contrast(scene, span) or not _fresh(scene, span):
                continue
            words = scene.words(scene.clause(scene.doc.token_index(span.start)))
            apart = span.rule in _APART or scene.low.startswith("весь ", span.start)  # «шёл весь май»
            went = apart and lasts(span, _WEEK) and _past_verb(words) and not speaks(words)
            if went and not has_figure(scene, times, scene.clause(scene.doc.token_index(span.start))):
                return span
            if span.rule == "since_day" and number < FIRST and _went_on(words):
                return span
    return None


def lasts(span: TimeSpan, days: int) -> bool:
    """From its first to its last day there are so many days at least."""
    period = span.period
    return bool(period and period.start and period.end and (period.end - period.start).days >= days)


def speaks(words: Sequence[Token]) -> bool:
    feast = any(t.lemma in _FEASTS for t in words)  # «отметили День пожилого человека»
    return any(
        (t.lemma in TOLD or t.lemma in _SPOKEN) and not (feast and t.lemma == "отметить") for t in words
    )


_FEASTS = frozenset("день праздник юбилей новоселье годовщина".split())


def _went_on(words: Sequence[Token]) -> bool:
    """«которые с 2 июня наводили порядок»: the past of an imperfective verb."""
    return any(
        is_predicate(t) and {"past", "impf"} <= set(t.forms[0].grammemes) and t.lemma != "быть" for t in words
    )


_TOLD_EARLY = 5  # blocks of prose in which the report says what it tells of
_APART = frozenset({"day_to_day", "month_to_month", "numeric_span", "days_of_month"})
_EARLY, _WEEK = 9, 6  # sentences of the opening; days less one: what is shorter is an event


def _fresh(scene: Scene, span: TimeSpan) -> bool:
    """The span has just ended: what lies further back is told, not reported on."""
    period = span.period
    if scene.published is None or period is None or period.start is None or period.end is None:
        return True
    since = (scene.published - period.end).days
    return since <= max(JUST, (period.end - period.start).days // 3)


def has_figure(scene: Scene, times: Sequence[TimeSpan], stretch: Stretch) -> bool:
    """A number that tells something: no date, no number of a branch («Библиотека-филиал № 7»)."""
    spans = list(_times_of(scene, times, stretch))
    return any(
        t.text[:1].isdigit()
        and not any(s.start <= t.start < s.end for s in spans)
        and _LABEL.search(scene.text[max(0, t.start - 4) : t.start]) is None
        for t in scene.words(stretch)
    )


_LABEL = re.compile(r"[№#][ \u00a0]?$")


def opens_sentence(scene: Scene, span: TimeSpan, sentence: Stretch) -> bool:
    """The expression stands before the first predicate, among the first words of its sentence."""
    at = scene.doc.token_index(span.start)
    before = scene.tokens[sentence.first : at]
    return len(before) <= _LEADING and not any(is_predicate(t) for t in before)


def _tells_of_past(words: Sequence[Token]) -> bool:
    predicates = [t for t in words if is_predicate(t) and t.forms[0].pos != "INFN"]
    return not predicates or any(
        "past" in t.forms[0].grammemes or t.forms[0].pos == "PRTS" for t in predicates
    )


def _candidates(scene: Scene, times: Sequence[TimeSpan], stretch: Stretch) -> Iterator[TimeSpan]:
    for span in _times_of(scene, times, stretch):
        if (
            span.rule in _SPANS
            and _dated(span)
            and (span.rule != "year" or scene.text[span.start].isalpha())  # «Второй конкурс 2025 года»
            and not in_contrast(scene, span)
            and not founded_then(scene, span)
        ):
            yield span


def _times_of(scene: Scene, times: Sequence[TimeSpan], stretch: Stretch) -> Iterator[TimeSpan]:
    tokens = scene.tokens
    return times_in(times, tokens[stretch.first].start, tokens[stretch.last - 1].stop)


def _dated(span: TimeSpan) -> bool:
    return span.kind in ("span", "since") and span.period is not None and span.period.start is not None


def _openings(scene: Scene, *, titles: bool) -> Iterator[Block]:
    kinds = PROSE | {"title"} if titles else PROSE
    for block in scene.layout.blocks:
        if block.kind in kinds:
            yield block


def _sentences(scene: Scene, *, titles: bool, blocks: int = OPENING) -> Iterator[Stretch]:
    """Sentences of the opening blocks, in order."""
    prose = 0
    for block in _openings(scene, titles=titles):
        prose += block.kind != "title"
        if prose > blocks:
            return
        at = scene.doc.token_index(block.start)
        while at < len(scene.tokens) and scene.tokens[at].start < block.end:
            stretch = scene.sentence(at)
            if stretch.last <= at:
                break
            yield stretch
            at = stretch.last


def _first_paragraph(scene: Scene, times: Sequence[TimeSpan]) -> TimeSpan | None:
    """A reporting span of the report's first paragraph («за девять месяцев 2024 года …»)."""
    text = scene.text
    opening = [b for b in scene.layout.blocks if b.kind in ("lead", "paragraph", "list_head")][:4]
    for k, block in enumerate(opening):
        if k and not _ABOUT.search(text[block.start : block.end]):
            continue
        spans = list(times_in(times, block.start, block.end))
        if not k and is_verbless(scene, block):  # «… пожаров апреля – мая, … за январь – июль 2019 г.»
            spans.reverse()
        for span in spans:
            if (
                (_sets_span(text, span) or _named_alone(scene, block, span))
                and not in_contrast(scene, span)
                and not founded_then(scene, span)
                and not long_ago(scene, span)
                and not _behind_fresh(scene, spans, span)
            ):
                return span
    return None


def _behind_fresh(scene: Scene, spans: Sequence[TimeSpan], span: TimeSpan) -> bool:
    """«С января по июнь выявлено 32, это много: за первое полугодие 2023-го – 21»: only compared with."""
    if _fresh(scene, span):
        return False
    return any(t.reporting and _dated(t) and _fresh(scene, t) for t in spans if t.start < span.start)


def _named_alone(scene: Scene, block: Block, span: TimeSpan) -> bool:
    return span.reporting and span.kind == "span" and _dated(span) and is_verbless(scene, block)


def is_verbless(scene: Scene, block: Block) -> bool:
    """A line under the title that only names what the report is on."""
    first = scene.doc.token_index(block.start)
    words = scene.tokens[first : first + _LINE]
    return not any(is_predicate(t) for t in words if t.start < block.end)


_LINE = 60  # tokens
_ABOUT = re.compile(
    r"(?:о результатах|об итогах|отч[её]т о|о ходе|за период|по итогам|отч[её]тный период:?) ", re.I
)


_STRONG = frozenset(
    "months_of_year half_year half_gone half_of_year quarter numeric_span year months report_year".split()
)


_NAMED = Screened(r"период:?[ \u00a0]*$|месяц[а-яё]*,[ \u00a0]$")
_OUR_YEAR = Screened(r"(?:наш|весь|был|уходящ[а-яё]+|прошедш[а-яё]+|минувш[а-яё]+|подводим итоги)[ \u00a0]$")


def _sets_span(text: str, span: TimeSpan) -> bool:
    """«за девять месяцев 2024 года», «за период с 27 марта по 30 июня»: such an expression rules what
    follows.
    """
    if span.period is None or span.period.start is None:
        return False
    before = text[max(0, span.start - 24) : span.start].lower()
    if span.rule == "year" and _OUR_YEAR.search(before):
        return True
    if span.rule in ("numeric_span", "day_to_day", "month_to_month") and _NAMED.search(before):
        return True
    if span.rule == "first_last" or (span.rule in _DAYS_APART and _WENT_ON.search(before_of(text, span))):
        return True
    if span.rule == "since_beginning":
        return "год" in text[span.start : span.end].lower()
    if span.rule == "day_to_day":
        opens = not text[max(0, span.start - 2) : span.start].strip(" \u00a0—–«")
        return opens or "период" in text[max(0, span.start - 10) : span.start].lower()
    return span.rule in _STRONG and text[span.start : span.start + 2].lower() in ("за", "по", "в ", "во")


_DAYS_APART = _APART - {"days_of_month"}
_WENT_ON = Screened(  # «Пункт обогрева работал с 1 ноября по 31 марта»
    r"(?<![а-яё])(?:работал|действовал|ш[её]л|длил|проходил|реализовывал|реализован)[а-яё]*[ \u00a0]"
    r"(?:[а-яё]+[ \u00a0]){0,2}$"
)


def before_of(text: str, span: TimeSpan) -> str:
    """The few words before a time expression, lower case."""
    return text[max(0, span.start - 45) : span.start].lower()
