"""Projects, programmes, services, contests and events named in a report.

A quotation becomes a project by what introduces it; forms of one name are joined; the name is brought to the
nominative. Established measures without quotation marks are offered too: the reader keeps those that own a
metric.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from itertools import pairwise

from svod.extract.layout.prose import Prose
from svod.extract.layout.quotes import Quote
from svod.extract.lexicon import load
from svod.extract.projects.definite import definite_spans, with_full_names, with_hashtags, with_short_forms
from svod.extract.projects.measures import at_fullest, find_measures
from svod.extract.projects.project_heads import head_of
from svod.extract.projects.project_hints import NOTHING, Head, first_word
from svod.extract.projects.project_names import capital, clean, key, nominative
from svod.extract.projects.project_spans import CONFIDENCE, MAX_NAMES, ProjectSpan, make_span
from svod.extract.projects.project_status import read_status
from svod.extract.words.declension import noun_forms
from svod.extract.words.kind_words import kind_of, lemma
from svod.extract.words.screened import any_case

__all__ = ["ProjectSpan", "read_projects"]


@dataclass(slots=True)
class _Candidate:
    quote: Quote
    head: Head
    name: str


_PEOPLE_OF = frozenset(
    {"команда", "группа", "сообщество"}
)  # those who work somewhere, or a name of their own


@dataclass(slots=True)
class _Group:
    """Quotations of one name."""

    members: list[_Candidate] = field(default_factory=list)

    @property
    def accepted(self) -> list[_Candidate]:
        """Empty when the name is an organisation's: a legal form is the last word, else the direct
        introduction."""
        made = [c for c in self.members if c.head.verdict == "project"]
        others = [c for c in self.members if c.head.verdict == "organisation"]
        if any(c.head.rule == "legal_form" for c in others):
            return []
        if any(c.head.direct for c in others) and not any(c.head.direct for c in made):
            return []
        if others and all(c.head.word in _PEOPLE_OF or c.head.rule == "accompanied" for c in made):
            return []  # «воспитанники «Маяка»», «команда «Маяка»» of what is a centre elsewhere
        return made


def read_projects(prose: Prose, published: date | None) -> tuple[ProjectSpan, ...]:
    """All projects of a report, in the order of their first mention."""
    groups = _join_short(_group(_candidates(prose)))
    spans = [
        _span(prose, g, published)
        for g in groups
        if g.accepted and not _only_pays(prose, g) and not _only_helps(prose, g)
    ]
    phrases = [
        (c.head.start, c.quote.end) for g in groups for c in g.accepted if 0 <= c.head.start < c.quote.start
    ]
    offered = at_fullest(list(find_measures(prose)))
    spans = with_hashtags(prose, with_short_forms(with_full_names(spans, offered), offered))
    spans.extend(definite_spans(prose, spans, offered, phrases, published))
    return tuple(sorted(spans, key=lambda s: s.occurrences[0]))


_WON_IN = re.compile(
    r"(?:победи(?:л|ла|ло|ли|вш\w+)|победител(?:ь|я|ем|ю)|призёр(?:а|ом)?|лауреат(?:а|ом)?|финалист(?:а"
    r"|ом)?|выигра\w+|грант(?:а|ом|у|е)?"
    r"|средств\w*|поддержан\w*|(?<!в )поддержк\w+|деньги)\s+(?:[^\s.;]+\s+){0,8}$",
    re.IGNORECASE,
)


_CONTEST_TOLD = any_case(  # «В конкурсе, объявленном зимой, участвовали 256 организаций»: it is told of too
    r"(?<![а-яё])(?:в|на)[ \u00a0](?:этом[ \u00a0]|этот[ \u00a0])?конкурсе?(?![а-яё])[^.!?\n]{0,90}?"
    r"[ \u00a0](?:участвовал|принял[аи]?[ \u00a0]участие|поступил|подан|поданы|было[ \u00a0]подано|заявил)"
)

NEXT = 300  # characters: the next sentence or two


def _only_pays(prose: Prose, group: _Group) -> bool:
    """A contest named only as the source of money: «победил в конкурсе «X»», and nowhere else."""
    end = max(c.quote.end for c in group.members)
    return _is_won(prose, group) and not _CONTEST_TOLD.search(prose.text[end : end + NEXT].lower())


def _is_won(prose: Prose, group: _Group) -> bool:
    """A contest that is named only where somebody wins in it."""
    if any(c.head.kind != "contest" for c in group.accepted):
        return False
    for c in group.members:
        block = prose.block(c.quote.start)
        if block is None or block.kind in {"title", "heading"}:
            return False
        if not _WON_IN.search(prose.text[max(block.start, c.quote.start - 90) : c.quote.start]):
            return False
    return True


_HELPS = any_case(  # «совместно с кинологическим клубом «X»», «организовал её школьный отряд «X»»
    r"(?:(?<![а-яё])(?:совместно|вместе)[ \u00a0]с(?:о)?"
    r"|при[ \u00a0](?:поддержке|участии|содействии|помощи)|силами"
    r"|благодарим|благодарны|признательны|партн[её]р[а-яё]*[ \u00a0–—:-]{1,3}"
    r"|(?:организовал|провел|подготовил|устроил)[аио]?[ \u00a0](?:е[её]|его|их))"
    r"[ \u00a0](?:[а-яё-]+[ \u00a0]){0,5}$"
)


def _only_helps(prose: Prose, group: _Group) -> bool:
    """A club or a troop that only takes part in what others do, or does it, and is told of no further."""
    if any(c.head.kind != "service" for c in group.accepted):
        return False
    if not any(c.head.word in _BODIES for c in group.accepted):
        return False
    helped = False
    for c in group.members:
        block = prose.block(c.quote.start)
        if block is None or block.kind in {"title", "heading"}:
            return False
        start = max(block.start, c.quote.start - 90)
        if _HELPS.search(prose.text[start : c.quote.start].lower()) or (
            c.head.word == "отряд" and _FOR_US.match(prose.text, c.quote.end)
        ):
            helped = True
        elif c.head.direct and c.head.word in _BODIES:
            return False
    return helped


# «Отряд «X» провёл два семинара для наших волонтёров»
_FOR_US = re.compile(r"[^.!?;\n«»]{0,60}[ \u00a0]для[ \u00a0](?:нас|наш(?:их|ей|его))(?![а-яё])")
_BODIES = frozenset(
    {"клуб", "отряд", "группа", "сообщество", "школа", "студия", "цех", "секция", "мастерская", "ателье"}
    | {"бригада", "команда", "театр", "ансамбль", "хор", "кружок", "ферма", "кафе"}
)


def _candidates(prose: Prose) -> list[_Candidate]:
    found: list[_Candidate] = []
    inside = -1
    for quote in prose.quotes:
        if quote.start < inside:
            continue  # a name inside a name
        head = head_of(prose, quote)
        if _in_signature(prose, quote) and head.verdict != "organisation":
            continue
        text = prose.text[quote.inner : quote.stop]
        if _is_speech(prose, quote, text, head) or is_scare(prose, quote, head) or _AROUND.search(text):
            continue
        if (not head.direct and clean(text).casefold() in _never()) or _is_make(clean(text)):
            continue
        if len(text.strip()) == 1:
            continue  # «5 класс «Г»»
        if _is_object(prose, quote) or (text[:1].islower() and _PHONE.match(prose.text, quote.end)):
            continue
        inside = quote.end
        found.append(
            _Candidate(
                quote,
                _own_kind(prose, quote, head),
                _name_of(prose, quote, head),
            )
        )
    _inherit(prose, found)
    return [c for c in found if not _too_long(prose, c)]


@cache
def _never() -> frozenset[str]:
    """Portals, networks, cars: names that are no project whatever stands beside them."""
    return frozenset(n.casefold() for row in load("projects")["never"] for n in row)


_AROUND = re.compile(  # ««Первый этап акции «X» прошёл хорошо», — говорит …»: the name stands inside
    r"[а-яё]\s(?:акции|проекта|программы|конкурса|фестиваля|марафона|форума)\s[«\"“„]", re.IGNORECASE
)
_MODEL = re.compile(r"(?:[A-Za-z]*\d[\w-]*|[A-Z][A-Za-z]*)(?:[ \u00a0][\w-]+)?")


def _is_make(name: str) -> bool:
    """«Газель NEXT», «УАЗ 3909»: a make with its model in Latin letters or figures."""
    make, _, model = name.partition(" ")
    return make.casefold() in _never() and _MODEL.fullmatch(model) is not None


_PHONE = re.compile(r"[:,]?\s[–—-]?\s?(?:\+7|8)[\s(-]{1,2}\d{3}")  # «по телефону «горячей линии»: 8-800-…»


def _is_object(prose: Prose, quote: Quote) -> bool:
    """«пройдя на ярмарке «Экспресс-диагностику»»: what is done there, no name of the fair."""
    words = prose.slice(quote.inner, quote.stop)
    at = prose.index(quote.start) - 1
    if len(words) != 1 or at < 0 or not words[0].has("NOUN", "accs", "sing") or words[0].has("nomn"):
        return False
    return prose.words[at].has("NOUN", "loct") and not prose.words[at].has("accs")


_COHORTS = {"группа", "поток", "набор", "выпуск", "смена"}


def _name_of(prose: Prose, quote: Quote, head: Head) -> str:
    """The name in the nominative; the word before it says from which case."""
    name = clean(prose.text[quote.inner : quote.stop])
    at = prose.index(quote.start) - 1
    before = prose.words[at] if at >= 0 and prose.same_block(prose.words[at].start, quote.start) else None
    if before is not None and lemma(before) in _COHORTS and kind_of(prose.words[prose.index(quote.inner)]):
        return nominative(name, ("gent",))  # «первая группа «Школы отцов»»: of what is itself a school
    if head.direct or head.rule in {"enumerated", "listed"}:
        return name
    if head.rule == "kind_phrase":
        return nominative(name, ("gent", "datv", "accs", "ablt", "loct")) if name[:1].islower() else name
    if before is None:
        return nominative(name)
    cases = tuple(load("projects")["asked_cases"].get(before.text.casefold(), ()))
    if not cases and before.forms[0].pos == "NOUN" and head.rule in {"accompanied", "first_word"}:
        cases = ("gent",)
    return nominative(name, cases)


def _in_signature(prose: Prose, quote: Quote) -> bool:
    block = prose.block(quote.start)
    return block is not None and block.kind == "signature"


def is_scare(prose: Prose, quote: Quote, head: Head) -> bool:
    """«умных» остановок, встреча «без галстуков»: words set off, not a name."""
    text = prose.text[quote.inner : quote.stop].strip()
    if text[:1].isupper() or not text[:1].isalpha():
        return False
    if head.direct and head.rule in {"kind_word", "listed"} and _is_clause(prose, quote, head):
        return False  # акция «помоги соседу»
    return first_word(prose, quote) is None or len(text.split()) == 1


def _own_kind(prose: Prose, quote: Quote, head: Head) -> Head:
    """A kind word in the name itself says more than one that stands far from it."""
    own = first_word(prose, quote)
    if own is not None and head.verdict == "project" and not head.direct and head.rule == "launched":
        return replace(head, kind=own.kind)
    return head


def _is_clause(prose: Prose, quote: Quote, head: Head) -> bool:
    """Several words in small letters after a kind word; «встреча «без галстуков»» is a manner."""
    words = prose.slice(quote.inner, quote.stop)
    if words and words[0].has("ADJF", "gent") and not words[0].has("ADJF", "nomn"):
        return False  # служба «одного окна»
    return len(words) > 1 and not words[0].has("PREP") and head.word not in load("projects")["common_events"]


_LETTER = re.compile(r"[^\W\d_]")
_SAYS = re.compile(
    r"\s(?:сказал|говор|ответил|отвеча|пиш[еу]т|написал|призна|спросил|спрашива|шут|повторя|решил|думал)[а-яё]*:\s*$",
    re.IGNORECASE,
)


def _is_speech(prose: Prose, quote: Quote, text: str, head: Head) -> bool:
    """Words that someone says, or no name at all."""
    if not _LETTER.search(text) or len(text) > 300:
        return True
    if head.direct and head.verdict != "none":
        return False
    if re.search(r"[.!?…]\s+\S", text) or re.search(r"[,.…]$", text):
        return True
    if _SAYS.search(prose.text[max(0, quote.start - 24) : quote.start]):
        return True
    if re.search(r"[!?]$", text) and len(text.split()) > 6:
        return True
    after = prose.text[quote.end : quote.end + 4]
    return bool(re.match(r"^,\s?[–—-]", after))


def _too_long(prose: Prose, candidate: _Candidate) -> bool:
    """More than a name, unless it stands where only a name can stand."""
    words = prose.text[candidate.quote.inner : candidate.quote.stop].split()
    named = candidate.head.direct or candidate.head.rule in {"enumerated", "in_list"}
    return len(words) > 14 and not named


_LIST_JOINT = re.compile(r"^(?:\s*,|\s+(?:и|или|а также)|\s*,\s*(?:и|а также))\s+$")


def _inherit(prose: Prose, found: list[_Candidate]) -> None:
    """«проекты «A», «B» и «C»», and «A», «B» — в этих проектах: neighbours in a list share a head."""
    for before, after in pairwise(found):
        if (
            after.head is NOTHING
            and before.head.verdict in {"project", "thing"}
            and _listed(prose, before, after)
        ):
            after.head = replace(before.head, rule="in_list")
            after.name = clean(prose.text[after.quote.inner : after.quote.stop])
    for before, after in reversed(list(pairwise(found))):
        if before.head is NOTHING and after.head.rule == "right_apposition" and _listed(prose, before, after):
            before.head = replace(after.head, rule="in_list")


def _listed(prose: Prose, before: _Candidate, after: _Candidate) -> bool:
    """Nothing but «,» and «и» between them, or a complement without a verb («проекту «A» по профилактике и
    «B»»)."""
    between = prose.text[before.quote.end : after.quote.start]
    if _LIST_JOINT.match(between):
        return True
    if len(between) > 120 or not re.search(r"(?:,|\sи)\s+$", between) or re.search(r"[.!?;:«»]", between):
        return False
    return not any(
        f.pos in {"VERB", "INFN", "PRTS", "GRND"}
        for w in prose.slice(before.quote.end, after.quote.start)
        for f in w.forms[:1]
    )


def _group(found: Sequence[_Candidate]) -> list[_Group]:
    groups: dict[tuple[str, ...], _Group] = {}
    for candidate in found:
        groups.setdefault(key(candidate.name), _Group()).members.append(candidate)
    return list(groups.values())


def _join_short(groups: list[_Group]) -> list[_Group]:
    """A name cut short («Тропа» for «Тропа здоровья») is an occurrence of the long one."""
    kept: list[_Group] = []
    if len(groups) > MAX_NAMES:
        return groups
    _take_mottos(groups)
    for group in groups:
        short = key(group.members[0].name)
        longer = [g for g in groups if g is not group and g.accepted and _cut(short, key(g.members[0].name))]
        body = all(c.head.verdict == "organisation" and c.head.direct for c in group.members)
        if (
            len(longer) == 1
            and not body
            and (
                not any(c.head.direct for c in group.members)
                or _is_year(key(longer[0].members[0].name)[len(short) :])
                or all(_declined(c.name) for c in group.members)
            )
        ):
            longer[0].members.extend(group.members)
        else:
            kept.append(group)
    return kept


def _take_mottos(groups: Sequence[_Group]) -> None:
    """«Серебряная декада» is a project, then so is «Серебряная декада: учимся вместе»: the same one."""
    for group in groups:
        if not group.accepted:
            continue
        head, motto_of = group.accepted[0].head, f"{group.members[0].name}: "
        for long in groups:
            if not long.accepted and long.members[0].name.startswith(motto_of):
                for member in long.members:
                    member.head = replace(head, rule="in_list")


def _is_year(rest: tuple[str, ...]) -> bool:
    """«Забота — 2019» and «Забота»."""
    return bool(rest) and all(w.isdigit() for w in rest)


def _declined(name: str) -> bool:
    """«методы «Шагов»»: one word in an oblique case stands for a longer name."""
    forms = noun_forms(name) if " " not in name else ()
    return bool(forms) and not any(case == "nomn" for case, _, _ in forms)


def _cut(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    return 0 < len(short) < len(long) and (long[: len(short)] == short or long[-len(short) :] == short)


def _bare_titles(prose: Prose, group: _Group) -> list[tuple[int, int]]:
    """The name of two words or more in a title that has no quotation marks: «Первый шаг: итоги лета»."""
    names = {c.name for c in group.accepted if " " in c.name}
    found = []
    for block in prose.layout.blocks:
        if block.kind in {"title", "heading"}:
            body = prose.text[block.start : block.end]
            low = body.casefold()
            for name in (n for n in names if n.casefold() in low):
                match = re.search(rf"(?<![\w«\"“„]){re.escape(name)}(?![\w»\"”“])", body, re.IGNORECASE)
                if match is not None and not _acts_on(prose, block.start + match.end()):
                    found.append((block.start + match.start(), block.start + match.end()))
    return found


def _acts_on(prose: Prose, end: int) -> bool:
    """«Старшее поколение выбирает спорт»: plain words with a transitive verb, no name."""
    at = prose.index(end)
    after = prose.words[at] if at < len(prose.words) and prose.words[at].start - end <= 1 else None
    return after is not None and after.forms[0].pos == "VERB" and "tran" in after.forms[0].grammemes


def _phrase_start(candidate: _Candidate) -> int:
    """Where the verbs that speak of the name are looked for: before a long phrase that introduces it."""
    head, start = candidate.head, candidate.quote.start
    return head.start if head.verdict == "project" and 24 < start - head.start < 160 else start


def _span(prose: Prose, group: _Group, published: date | None) -> ProjectSpan:
    name_places = sorted(
        {*((c.quote.start, c.quote.end) for c in group.members), *_bare_titles(prose, group)}
    )
    best = max(
        group.accepted,
        key=lambda c: (
            not _declined(c.name),
            not c.name.isupper(),
            c.head.direct,
            CONFIDENCE.get(c.head.rule, 0.5),
            len(c.name),
            -c.quote.start,
        ),
    )
    places = sorted((_phrase_start(c), c.quote.end) for c in group.members)
    kind = best.head.kind or "project"
    status = read_status(prose, kind, places, published)
    if best.head.word == "отряд" and kind == "service":
        status = "running"  # what the text says is to come or over is a deed of the troop's
    return make_span(
        prose,
        capital(best.name),
        kind,
        status,
        best.head.rule,
        (best.quote.start, best.quote.end),
        name_places,
        umbrella=_is_won(prose, group) or any(_is_national(prose, c) for c in group.accepted),
    )


_NATIONAL = re.compile(r"национальн\w+\s+проект|государственн\w+\s+программ", re.IGNORECASE)


def _is_national(prose: Prose, candidate: _Candidate) -> bool:
    """A national project or a state programme."""
    head = candidate.head
    if head.word in {"нацпроект", "госпрограмма"}:
        return True
    return head.start >= 0 and _NATIONAL.match(prose.text, head.start) is not None
