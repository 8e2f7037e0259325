"""Projects without quotation marks, as spans: definite phrases and established measures, each joined over
its mentions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from svod.extract.layout.prose import Cover, Prose
from svod.extract.projects.described import extended, find_described
from svod.extract.projects.headed import find_headed
from svod.extract.projects.labelled import find_labelled
from svod.extract.projects.measures import Measure, fuller
from svod.extract.projects.programmes import find_calls, find_programmes
from svod.extract.projects.project_names import fold, key
from svod.extract.projects.project_spans import MAX_NAMES, ProjectSpan, Span, make_span
from svod.extract.projects.project_status import read_status
from svod.extract.projects.repeated import find_repeated
from svod.extract.projects.unquoted import find_unquoted
from svod.extract.words.kind_words import kind_of, lemma
from svod.extract.words.screened import any_case
from svod.models import ProjectKind


@dataclass(slots=True)
class _Found:
    """A project without quotation marks: its places and what is known of it."""

    name: str
    kind: ProjectKind
    rule: str
    sure: bool
    places: list[Span]


def with_short_forms(spans: Sequence[ProjectSpan], offered: Sequence[Measure]) -> list[ProjectSpan]:
    """«Выездная служба» in a report on the «выездная служба «Сестра»»: that one, without its name."""
    span_at = {a: k for k, s in enumerate(spans) for a, _ in s.occurrences}
    owners: dict[str, set[int]] = {}
    alone: dict[str, list[Span]] = {}
    for m in offered:
        k = next((span_at[a] for a in (m.end + 1, m.end + 2) if a in span_at), None)
        if k is None:
            alone.setdefault(m.name, []).append((m.start, m.end))
        else:
            owners.setdefault(m.name, set()).add(k)
    added: dict[int, list[Span]] = {}
    for name, ks in owners.items():
        if len(ks) == 1:
            (k,) = ks
            added.setdefault(k, []).extend(alone.get(name, ()))
    found = list(spans)
    for k, places in added.items():
        first = spans[k].occurrences[0][0]
        later = [p for p in places if p[0] > first]
        if later:
            found[k] = replace(spans[k], occurrences=tuple(sorted((*spans[k].occurrences, *later))))
    return found


def with_full_names(spans: Sequence[ProjectSpan], offered: Sequence[Measure]) -> list[ProjectSpan]:
    """«Телефон доверия» in a report on the «детский телефон доверия»: one service, by its longer name."""
    found: list[ProjectSpan] = []
    for span in spans:
        full = fuller(span.mention.name, offered)
        if full is not None:
            places = {(m.start, m.end) for m in offered if m.name == full.name}
            span = replace(
                span,
                mention=replace(span.mention, name=full.name),
                occurrences=tuple(sorted({*span.occurrences, *places})),
            )
        found.append(span)
    return found


def with_hashtags(prose: Prose, spans: Sequence[ProjectSpan]) -> list[ProjectSpan]:
    """«акция #СветВОкне» is the action «Свет в окне»: the same letters, one project."""
    if "#" not in prose.text:
        return list(spans)
    found, named = list(spans), {_letters(s.mention.name): k for k, s in enumerate(spans)}
    for one in find_unquoted(prose):
        k = named.get(_letters(one.name)) if one.rule == "hashtag" else None
        if k is not None:
            places = tuple(sorted({*found[k].occurrences, (one.start, one.end)}))
            found[k] = replace(found[k], occurrences=places)
    return found


def _letters(name: str) -> str:
    return fold(name).replace(" ", "")


def definite_spans(
    prose: Prose,
    spans: Sequence[ProjectSpan],
    offered: Sequence[Measure],
    introduced: Sequence[Span],
    published: date | None,
) -> list[ProjectSpan]:
    """Of the `offered` measures and definite phrases those that are not a quoted project's already.
    `introduced`: quoted names with the words before them.
    """
    named = {fold(s.mention.name) for s in spans}
    taken = [(min(a, _phrase_start(prose, a)), b) for s in spans for a, b in s.occurrences]
    found: dict[tuple[str, ...], _Found] = {}
    contest = [s for s in spans if s.mention.kind == "contest" and _leads(prose, s)]
    led_in, led_by_name = Cover(introduced), Cover(introduced)
    for labelled in find_labelled(prose):
        if fold(labelled.name) in named:
            continue
        named.add(fold(labelled.name))
        _add(
            found, labelled.name, labelled.kind, labelled.rule, labelled.sure, (labelled.start, labelled.end)
        )
    spelled_out = Cover([p for f in found.values() for p in f.places])
    tagged = {_letters(n) for n in named}
    for unquoted in find_unquoted(prose):
        if unquoted.rule == "hashtag" and _letters(unquoted.name) in tagged:
            continue
        if spelled_out.holds(unquoted.start) or led_in.holds(unquoted.start):
            continue
        if unquoted.kind == "contest" and unquoted.sure and contest:
            continue  # «победителей краевого конкурса проектов» in the title, «конкурс «X»» in the lead
        _add(
            found, unquoted.name, unquoted.kind, unquoted.rule, unquoted.sure, (unquoted.start, unquoted.end)
        )
    for called in () if contest else find_calls(prose):
        _add(found, called.name, called.kind, called.rule, called.sure, (called.start, called.end))
    told = Cover([*taken, *introduced, *(p for f in found.values() for p in f.places)])
    for again in find_repeated(prose):
        if not told.holds(again.start) and not (again.kind == "contest" and contest):
            _add(found, again.name, again.kind, again.rule, again.sure, (again.start, again.end))
    named_there = Cover([*taken, *introduced])
    for one in find_programmes(prose):
        if not named_there.holds(one.start):
            _add(found, one.name, one.kind, one.rule, one.sure, (one.start, one.end))
    quoted = Cover(taken)
    for headed in find_headed(prose):
        if not quoted.holds(headed.start):
            _add(found, headed.name, headed.kind, headed.rule, headed.sure, (headed.start, headed.end))
    covered = Cover([*taken, *(p for f in found.values() for p in f.places)])
    within = {m.start for m in offered if covered.holds(m.start)}
    ruled = {m.start: _ruled_by(prose, m.start) for m in offered}
    leading = {(ruled[m.start], m.name) for m in offered if m.start in within and ruled[m.start]}
    led = any(_leads(prose, s) and s.mention.evidence.rule != "through" for s in spans)
    programmes = any(s.mention.kind == "program" and not s.umbrella and _opens_page(prose, s) for s in spans)
    strong = [m.start for m in offered if not (m.weak or m.people)]
    opened = any(_in_opening(prose, a) for a in strong)
    beside = {prose.layout.index_at(a) for a in strong} if opened else set()
    measures = [
        m
        for m in offered
        if not (m.weak and prose.layout.index_at(m.start) in beside)  # an allowance beside the page's measure
        and not (m.start in within or _only_called(prose, m.end))
        and (ruled[m.start], m.name) not in leading
        and not (m.weak and (led or (m.kind == "event" and programmes)))  # a summer and its programme
    ]
    at_work = [
        m for m in measures if m.people
    ]  # people are a measure where the opening and the text name them
    if at_work and not (len(at_work) > 1 and any(_in_opening(prose, m.start) for m in at_work)):
        measures = [m for m in measures if not m.people]
    begun = {m.start for m in measures}
    described = [
        d for d in find_described(prose, led=led) if not (d.start in begun or led_by_name.holds(d.start))
    ]
    spelt = Cover([(d.start, d.end) for d in described])
    for measure in measures:
        if spelt.holds(measure.start):
            continue
        proper = prose.text[measure.start].isupper() and not prose.is_sentence_start(measure.start)
        proper = proper or _is_title(prose, measure.start, measure.end)
        name, end = extended(prose, measure.start, measure.end, measure.name)
        _add(found, name, measure.kind, "measure", proper, (measure.start, end))
    covered = Cover([*taken, *(p for f in found.values() for p in f.places)])
    for phrase in described:
        if not covered.holds(phrase.start):
            _add(found, phrase.name, phrase.kind, "described", False, (phrase.start, phrase.end))
    return [
        _made(prose, f, published) for f in _fullest(found) if f.rule == "labelled" or not _is_named(f, named)
    ]


def _ruled_by(prose: Prose, start: int) -> str:
    """The kind word that has a measure for its complement: «клуб» of «клуб активного долголетия», which may
    be called «X» elsewhere; empty if there is none.
    """
    at = prose.index(start) - 1
    return lemma(prose.words[at]) if at >= 0 and kind_of(prose.words[at]) is not None else ""


_NUMBER = re.compile(  # whom to call: «горячая линия 122»
    r"[ \u00a0]?[:–—(-]?[ \u00a0]?(?:\+?[78][ \u00a0(-]|1\d\d(?!\d)|\(\d{3,5}\)|\d-\d{3})"
)


_PHONE_ASIDE = re.compile(r"[^\w.\n]{0,4}[\d+(][\d() \u00a0–—-]{5,24}[–—,)][ \u00a0][а-яё]")


def _only_called(prose: Prose, end: int) -> bool:
    """A number to call stands behind the name, and the sentence has nothing more to say of it."""
    return _NUMBER.match(prose.text, end) is not None and _PHONE_ASIDE.match(prose.text, end) is None


def _in_opening(prose: Prose, start: int) -> bool:
    block = prose.block(start)
    return block is not None and block.kind in {"title", "heading", "lead"}


def _is_title(prose: Prose, start: int, end: int) -> bool:
    """The title is nothing but the measure: the page is about it, figures or none."""
    block = prose.block(start)
    if block is None or block.kind != "title":
        return False
    return not re.search(r"\w", prose.text[block.start : start] + prose.text[end : block.end].split("\n")[0])


def _is_named(one: _Found, named: set[str]) -> bool:
    """A quoted project has this name, or a measure opens its name: «Активное долголетие в районе»."""
    name, own = fold(one.name), key(one.name)
    if name in named or one.rule != "measure":
        return name in named
    stems = _stems(own)
    return any(
        _is_part(own, key(n)) or _is_part(stems, _stems(key(n))) or stems == _stems(key(n)) for n in named
    )


def _stems(words: tuple[str, ...]) -> tuple[str, ...]:
    """«приёмная семья для пожилых» and «… для пожилого человека»."""
    return tuple(w[:5] for w in words)


def _is_part(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    spare = len(long) - len(short)
    return any(long[i : i + len(short)] == short for i in range(spare + 1)) if spare > 0 else False


# «в рамках регионального проекта «X» работает мобильная бригада»: the frame is not what is told of
_FRAME = re.compile(
    r"в\s+рамках\s+(?:региональн|федеральн|национальн|государственн|муниципальн)\w+\s+(?:проекта|программы)\s+$",
    re.IGNORECASE,
)


def _leads(prose: Prose, span: ProjectSpan) -> bool:
    """A quoted project of the title or the lead: what the report is about."""
    return span.mention.kind not in {"program", "event"} and _opens_page(prose, span)


def _opens_page(prose: Prose, span: ProjectSpan) -> bool:
    """Named in the title, the lead or the paragraph after it, and not as a frame."""
    blocks = [
        prose.block(a) for a, _ in span.occurrences if not _FRAME.search(prose.text[max(0, a - 60) : a])
    ]
    return any(b is not None and (b.kind in {"title", "lead"} or b is prose.layout.second) for b in blocks)


def _phrase_start(prose: Prose, offset: int) -> int:
    """Where the phrase before a quoted name begins: «университет третьего возраста «Вторая весна»»."""
    words = prose.slice(max(prose.sentence(offset)[0], offset - 80), offset)[-4:]
    for k in range(len(words) - 1, -1, -1):
        if words[k].forms[0].pos not in {"NOUN", "ADJF"}:
            return words[k].stop
    return words[0].start if words else offset


def _add(
    found: dict[tuple[str, ...], _Found], name: str, kind: ProjectKind, rule: str, sure: bool, place: Span
) -> None:
    known = found.setdefault(key(name), _Found(name, kind, rule, sure, []))
    known.sure = known.sure or sure
    known.places.append(place)


def _fullest(found: dict[tuple[str, ...], _Found]) -> list[_Found]:
    """A phrase that begins or ends a longer one, or a measure inside it, is the longer one's mention."""
    kept: list[_Found] = []
    if len(found) > MAX_NAMES:
        return list(found.values())
    for _, one in sorted(found.items(), key=lambda item: (-len(item[0]), item[1].places[0])):
        longer = next((k for k in kept if _is_same(one, k)), None)
        if longer is None:
            kept.append(one)
            continue
        if _shares_complement(one, longer):  # what is given out within it has no name of its own
            longer.name, longer.kind = one.name, one.kind
        longer.places = sorted([*longer.places, *one.places])
    return kept


def _is_same(short: _Found, long: _Found) -> bool:
    """The short phrase opens the long one, or is the measure that a pilot project brings in."""
    left, right = key(short.name), key(long.name)
    if long.rule == "pilot_phrase" and short.rule == "measure":
        return any(right[i : i + len(left)] == left for i in range(len(right)))
    if short.rule == long.rule == "measure":
        if right[-len(left) :] == left:
            return True  # «телефон доверия» after «детский телефон доверия»
        if _shares_complement(short, long):
            return True
    return short.kind == long.kind and right[: len(left)] == left


def _shares_complement(short: _Found, long: _Found) -> bool:
    """«социальный пакет долговременного ухода» beside «система долговременного ухода»."""
    left, right = key(short.name), key(long.name)
    return (
        short.rule == long.rule == "measure"
        and SHARED < len(left) < len(right)
        and left[-SHARED:] == right[-SHARED:]
    )


SHARED = 2  # words of a complement that two measures have in common

_PILOT = any_case(r"пилотн[а-яё]+[ \u00a0](?:проект|режим|регион|территори|площадк|этап)|в[ \u00a0]пилоте")


def _is_pilot(prose: Prose, one: _Found) -> bool:
    """«С 1 апреля центр включён в пилотный проект»: said of a measure in its paragraph."""
    blocks = (prose.block(a) for a, _ in one.places[:4])
    return any(
        b is not None and _PILOT.search(prose.text[b.start : min(b.end, b.start + 600)]) for b in blocks
    )


def _made(prose: Prose, one: _Found, published: date | None) -> ProjectSpan:
    if (
        one.rule == "measure"
        and one.kind == "service"
        and "систем" in one.name.casefold()
        and _is_pilot(prose, one)
    ):
        one.kind = "pilot"
    status = read_status(prose, one.kind, one.places, published, unquoted=True)
    return make_span(
        prose, one.name, one.kind, status, one.rule, one.places[0], one.places, needs_metric=not one.sure
    )
