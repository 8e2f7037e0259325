"""Programmes and calls of a contest without quotation marks that a report is on: «программа переобучения
предпенсионеров», «второй в этом году конкурс на предоставление грантов …».

A programme counts where its name is a topic by its place: in the title, the lead or a caption.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from svod.extract.layout.prose import Prose
from svod.extract.lexicon import load
from svod.extract.partners.org_phrases import is_weak
from svod.extract.partners.org_steps import take_complement, take_coordination
from svod.extract.partners.org_words import org_type
from svod.extract.projects.unquoted import Unquoted
from svod.extract.publication.places import same_place
from svod.extract.words.declension import agree, to_nominative
from svod.extract.words.kind_words import lemma
from svod.extract.words.noun_phrases import grown, near, noun_phrase, plain
from svod.extract.words.screened import any_case

MAX_WORDS = 16
_PROGRAMME = any_case(r"(?<![а-яё-])(?:под|гос)?программ(?:а|ы|е|у|ой)(?![а-яё-])")
_AFTER = {"по": ("datv",), "для": ("gent",), "с": ("ablt",), "среди": ("gent",)}
_CALL_AFTER = {**_AFTER, "на": ("accs",)}
_GIVEN_TO = frozenset({"субсидия", "грант", "помощь", "поддержка", "содействие", "выплата"})
_OPENS = frozenset({"title", "heading", "lead"})
# what an individual goes through, a state's plan for a person, or no more than a plan of an evening
_NO_MEASURE = frozenset(
    "волонтерство мотивация лояльность адаптация кредитование передача визит выступление реабилитация "
    "лечение обучение мероприятие праздник форум фестиваль вечер день смена курс занятие тренинг "
    "развитие поездка конкурс центр год".split()
)


def find_programmes(prose: Prose) -> Iterator[Unquoted]:
    """In text order; each is a project only if it owns a figure."""
    for match in _PROGRAMME.finditer(prose.text):
        at = prose.index(match.start())
        if at >= len(prose.words) or prose.words[at].start != match.start():
            continue
        if prose.words[at].has("NOUN", "sing") and not _are_many(prose, at) and _is_topic(prose, at):
            found = _programme(prose, at)
            if found is not None:
                yield found


def _are_many(prose: Prose, at: int) -> bool:
    """«были разработаны программы воспитания»: the verb right before says that there are several."""
    while at > 0 and near(prose, at - 1, at) and prose.words[at - 1].has("ADJF", "plur", "nomn"):
        at -= 1
    return at > 0 and near(prose, at - 1, at) and prose.words[at - 1].has("PRTS", "plur")


def _is_topic(prose: Prose, at: int) -> bool:
    block = prose.block(prose.words[at].start)
    if block is None:
        return False
    if block.kind in _OPENS or block is prose.layout.blocks[0]:
        return True
    caption = prose.caption(prose.words[at].start)
    return caption is not None and prose.words[at].start < caption.end


def _programme(prose: Prose, at: int) -> Unquoted | None:
    head = prose.words[at]
    last = _extent(prose, at, _AFTER)
    if last == at + 1 or _is_named(prose, last):
        return None
    complement = prose.words[at + 1 : last]
    if any(lemma(w) in _NO_MEASURE or org_type(lemma(w)) is not None for w in complement[:2]):
        return None
    if any(w.text[:1].isupper() for w in complement):
        return None
    first = at
    while first > 0 and near(prose, first - 1, first) and _describes(prose, first - 1, at):
        first -= 1
    made = to_nominative([w.text for w in prose.words[first:at]], head.text)
    if made is None:
        return None
    name = " ".join([*made[0], made[1], plain(prose.text[head.stop : prose.words[last - 1].stop])])
    start, end = prose.words[first].start, prose.words[last - 1].stop
    return Unquoted(start, end, name[:1].upper() + name[1:].lower(), "program", "programme", sure=False)


def _describes(prose: Prose, k: int, at: int) -> bool:
    word = prose.words[k]
    if not word.has("ADJF") or word.has("ADJF", "Anum") or word.has("ADJF", "Apro") or is_weak(word):
        return False
    if lemma(word) in load("projects")["levels"] or same_place(word.text):
        return False
    return bool(agree(word.text, prose.words[at].text))


def _extent(prose: Prose, at: int, prepositions: Mapping[str, tuple[str, ...]]) -> int:
    def step(last: int) -> int:
        taken = max(take_complement(prose, at, last), take_coordination(prose, at, last))
        if prose.words[last - 1].lemma in _GIVEN_TO and near(prose, last - 1, last):
            taken = max(taken, noun_phrase(prose, last, ("datv",), stop_at_person=True))
        cases = prepositions.get(prose.words[last].text.casefold())
        if cases is not None and near(prose, last - 1, last) and last + 1 < len(prose.words):
            phrase = noun_phrase(prose, last + 1, cases, stop_at_person=True)
            taken = max(taken, phrase if phrase > last + 1 else last)
        return taken

    return grown(prose, at, step, MAX_WORDS)


def _is_named(prose: Prose, last: int) -> bool:
    """A name in quotation marks follows: the phrase introduces it."""
    if last >= len(prose.words):
        return False
    if prose.words[last].text in {"-", "–", "—", ","} and last + 1 < len(prose.words):
        last += 1
    return prose.quote_at(prose.words[last].start) is not None


# --- calls of a contest ---------------------------------------------------------------------------------

_THIS_YEAR = any_case(
    r"(?<![а-яё])(перв|втор|трет|четв[её]рт)[а-яё]{2,4}"
    r"(?:[ \u00a0](?:в|за)[ \u00a0](?:эт|нынешн|текущ|минувш|прошл)[а-яё]+[ \u00a0]год[ау]?"
    r"|[ \u00a0]в[ \u00a0](20\d\d)[ \u00a0]году)?"
    r"[ \u00a0](конкурс)(?:а|у|ом|е)?(?![а-яё-])"
)
_RESULTS = re.compile(r"итог|объяв|подвед|подвел|начал|стартова|заверш|окончен|победител", re.IGNORECASE)
_ORDINALS = {"перв": "Первый", "втор": "Второй", "трет": "Третий", "четверт": "Четвёртый"}
_PRESIDENT = any_case(r"президентск[а-яё]+[ \u00a0]грант")


def find_calls(prose: Prose) -> Iterator[Unquoted]:
    """The call whose results the report is on, its further mentions, and the calls before and after it."""
    tail, main = "", ""
    found: list[tuple[str, int, int, bool]] = []
    for match in _THIS_YEAR.finditer(prose.text):
        ordinal = _ORDINALS[match[1].casefold().replace("ё", "е")]
        if match[2]:  # «первый в 2024 году конкурс»
            ordinal = f"{ordinal} в {match[2]} году"
        at = prose.index(match.start(3))
        block = prose.block(match.start())
        if at >= len(prose.words) or prose.words[at].start != match.start(3) or block is None:
            continue
        last = _extent(prose, at, _CALL_AFTER)
        if _is_named(prose, last):
            return
        end = prose.words[last - 1].stop
        start, stop = prose.sentence(match.start())
        behind = prose.words[at].stop
        spelt = _WHOLE.match(prose.text[behind : behind + 60])
        if not main and (block.kind in _OPENS or spelt) and _RESULTS.search(prose.text[start:stop]):
            tail = plain(spelt[0]) if spelt else _tail(prose, behind, end)
            main = ordinal if tail else ""
        found.append((ordinal, match.start(), end, spelt is not None))
    for ordinal, start, end, whole in found if main else ():
        yield Unquoted(
            start, end, f"{ordinal} конкурс {tail}", "contest", "call", sure=whole or ordinal == main
        )


_WHOLE = any_case(  # names the call wherever it stands
    r"[ \u00a0](?:19|20)\d\d[ \u00a0]года[ \u00a0]фонда[ \u00a0]президентских[ \u00a0]грантов"
)
_YEAR = re.compile(r"\s((?:19|20)\d\d)\s+года")


def _tail(prose: Prose, start: int, end: int) -> str:
    """What the call is of: «Фонда президентских грантов 2026 года», also where the page only says so."""
    said = plain(prose.text[start:end])
    year = _YEAR.match(prose.text[start : start + 20]) or _YEAR.match(prose.text[end : end + 20])
    if len(said.split()) < 2 or (year is not None and year[1] in said and len(said.split()) < 3):
        said = "Фонда президентских грантов" if _PRESIDENT.search(prose.text[:1500]) else ""
    if said and year is not None and year[1] not in said:
        said = f"{said} {year[1]} года"
    return said
