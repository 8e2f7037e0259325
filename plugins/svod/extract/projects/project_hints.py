"""Hints that a quotation is a project where no kind word stands right before it.

A verb of opening or running, a companion («участники …»), a list under «победители:», the name's own first
word.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from svod.extract.layout.prose import Prose
from svod.extract.layout.quotes import Quote
from svod.extract.layout.segments import Block
from svod.extract.lexicon import load
from svod.extract.partners.org_words import is_legal_form, org_type
from svod.extract.words.declension import adjective_forms, noun_forms
from svod.extract.words.kind_words import companions, kind_of, lemma
from svod.language.document import Token
from svod.models import ProjectKind

Verdict = Literal["project", "organisation", "thing", "none"]


VERBS = frozenset({"VERB", "INFN", "GRND", "PRTS", "PRED"})


@dataclass(frozen=True, slots=True)
class Head:
    """`start` is where the phrase of the head begins; `word` its lemma; `rule` the id of the rule that
    found it."""

    verdict: Verdict
    kind: ProjectKind | None
    start: int
    rule: str
    direct: bool = False  # the kind word stands right before the name: the name is in the nominative
    word: str = ""


NOTHING = Head("none", None, -1, "")


def first_word(prose: Prose, quote: Quote) -> Head | None:
    """«Школа мам», «Клуб путешественников»: the name itself opens with a kind word."""
    words = prose.slice(quote.inner, quote.stop)
    if len(words) < 2 or any(w.text == ":" for w in words):
        return None  # «Ресурсный класс: год спустя» is a headline
    for k, word in enumerate(words[:3]):
        kind = kind_of(word)
        if (
            kind is not None
            and word.text[:1].isupper() | (k > 0)
            and any(f.pos == "NOUN" for f in word.forms[:1])
        ):
            return Head("project", kind, quote.start, "first_word", word=lemma(word))
        if not word.has("ADJF"):
            return None
    return None


@cache
def launch_verbs() -> frozenset[str]:
    """Lemmas of verbs that launch, run or end a project."""
    return frozenset(load("projects")["launch_verbs"])


def launched(prose: Prose, quote: Quote) -> Head | None:
    """«стартует «Сельский двор»», «живёт «Вечерний патруль»»: a verb of launching or running beside the
    name."""
    at = prose.index(quote.start) - 1
    for k in range(at, max(-1, at - 2), -1):
        word = prose.words[k]
        if not prose.same_block(word.start, quote.start) or not word.text[:1].isalpha():
            break
        if any(f.lemma in launch_verbs() and f.pos in {"VERB", "INFN", "PRTS", "PRTF"} for f in word.forms):
            if _is_house(prose, quote):
                return Head("organisation", None, quote.start, "house")
            naming = any(f.lemma in {"называть", "назвать", "называться"} for f in word.forms)
            kind = kind_nearby(prose, quote) if naming else _launched_kind(word, prose, quote)
            return Head("project", kind, quote.start, "named" if naming else "launched")
        if any(f.lemma == "вести" for f in word.forms) and _is_object(prose, quote):
            return Head("project", _launched_kind(word, prose, quote), quote.start, "launched")
        if word.forms[0].pos not in {"ADVB", "NPRO", "PRCL", "ADJF"}:
            break
    return None


_OF_WHOM = frozenset({"для", "социальной", "социального", "помощи"})


def _is_house(prose: Prose, quote: Quote) -> bool:
    """«Реабилитационный центр для детей …»: the official name of an institution, all of it quoted."""
    words = prose.slice(quote.inner, quote.stop)[:4]
    at = next((k for k, w in enumerate(words) if w.lemma == "центр"), 0)
    return 0 < at < len(words) - 1 and words[0].has("ADJF") and words[at + 1].text in _OF_WHOM


def _is_object(prose: Prose, quote: Quote) -> bool:
    """«ведёт «Почту добра»»: in the accusative, and no subject («приём ведёт «Опора»»)."""
    first = next(iter(prose.slice(quote.inner, quote.stop)), None)
    cases = {c for c, _, _ in noun_forms(first.text) | adjective_forms(first.text)} if first else set()
    return "accs" in cases and "nomn" not in cases


def _launched_kind(verb: Token, prose: Prose, quote: Quote) -> ProjectKind:
    """What the name or the next words say; what is opened or works is a service, what took place an event;
    else what was spoken of last, but hardly a programme.
    """
    lemmas = {f.lemma for f in verb.forms}
    if lemmas & {"открыть", "открыться", "открывать", "открываться"}:
        return "service"
    known = own_kind(prose, quote) or _explained_kind(prose, quote)
    if known is not None:
        return known
    near = kind_nearby(prose, quote)
    if near in {"project", "program"} and lemmas & _WORKS:
        return "service"
    if near in {"project", "program"} and lemmas & _TAKES_PLACE:
        return "event"
    return "project" if near == "program" else near


_WORKS = frozenset(
    {"действовать", "работать", "заработать", "функционировать", "проработать", "отработать", "выезжать"}
    | {"выехать", "курсировать", "колесить", "ездить", "возобновить"}
)
_TAKES_PLACE = frozenset({"пройти", "проходить", "состояться"})
_EXPLAINS = re.compile(r"\s+[–—-]\s+|\s*\.\s+Это\s+|,\s+это\s+")


def _explained_kind(prose: Prose, quote: Quote) -> ProjectKind | None:
    """««Мамин чай» – разговорный клуб», ««X». Это цикл занятий»: the kind that the next words give."""
    match = _EXPLAINS.match(prose.text, quote.end)
    if match is None:
        return None
    at = prose.index(match.end())
    for word in prose.words[at : at + 4]:
        if not prose.same_block(word.start, quote.start) or not word.text[:1].isalpha():
            return None
        if word.forms[0].pos == "NOUN" and (kind := kind_of(word)) is not None:
            return kind
        if word.forms[0].pos not in {"ADJF", "NOUN", "PRTF"}:
            return None
    return None


def accompanied(prose: Prose, quote: Quote) -> Head | None:
    """«участники «Сада добра»», «благодаря «Социальному лифту»»."""
    at = prose.index(quote.start) - 1
    if at < 0 or not prose.same_block(prose.words[at].start, quote.start):
        return None
    word = prose.words[at]
    if word.text.casefold() == "благодаря" or (lemma(word) in companions() and word.forms[0].pos == "NOUN"):
        kind = own_kind(prose, quote) or kind_nearby(prose, quote)
        if kind == "project" and lemma(word) in _WHO_WIN:
            kind = "contest"
        return Head("project", kind, quote.start, "accompanied")
    return None


_WHO_WIN = frozenset({"победитель", "победительница", "лауреат", "дипломант", "финалист", "призёр"})


def own_kind(prose: Prose, quote: Quote) -> ProjectKind | None:
    """The kind of a kind word in the name itself; the name of an established measure has the measure's."""
    own = first_word(prose, quote)
    if own is not None:
        return own.kind
    words = prose.slice(quote.inner, quote.stop)
    if len(words) > 1 and words[0].text == "День":
        return "event"  # «День донора»
    noun = next((w for w in words[:3] if w.forms and w.forms[0].pos == "NOUN"), None)
    return "service" if noun is not None and lemma(noun) in service_words() else None


@cache
def service_words() -> frozenset[str]:
    """Lemmas of nouns that a service is called by: «телефон», «такси», «столовая»."""
    return frozenset(w.replace("ё", "е") for row in load("projects")["described"].values() for w in row)


def acts(prose: Prose, quote: Quote) -> Head | None:
    """««Тёплый двор» открылся»: the name is the subject of a verb of launching or running."""
    at = prose.index(quote.end)
    before = prose.index(quote.start) - 1
    if (
        before >= 0
        and prose.same_block(prose.words[before].start, quote.start)
        and prose.words[before].has("PREP")
    ):
        return None
    if _is_place(prose, before):
        return None
    for k in range(at, min(at + 2, len(prose.words))):
        word = prose.words[k]
        if not prose.same_block(word.start, quote.start):
            return None
        if any(f.lemma in launch_verbs() and f.pos in {"VERB", "PRTS"} for f in word.forms):
            return Head("project", _launched_kind(word, prose, quote), quote.start, "acts")
        if word.forms[0].pos not in {"ADVB", "PRCL"}:
            return None
    return None


def _is_place(prose: Prose, at: int) -> bool:
    """«В загородном лагере «Сосна» стартовала смена»: the name says where."""
    if at < 1 or not any(f.pos == "NOUN" and org_type(f.lemma) for f in prose.words[at].forms):
        return False
    first = at - 1
    while first > 0 and prose.words[first].has("ADJF") and at - first < MAX_ADJECTIVES:
        first -= 1
    return prose.words[first].text.casefold() in {"в", "во", "на"}


MAX_ADJECTIVES = 4


def kind_nearby(prose: Prose, quote: Quote) -> ProjectKind:
    """The kind of the last singular or plural kind word before the name in its block; a project if there is
    none."""
    at = prose.index(quote.start) - 1
    for k in range(at, max(-1, at - 60), -1):
        word = prose.words[k]
        if not prose.same_block(word.start, quote.start):
            break
        kind = kind_of(word)
        if kind in {"project", "program", "event", "contest"}:
            return kind
    return "project"


_AMONG = re.compile(
    r"(?:\bв (?:их |том )?числе(?: таковых| которых| них)?|\bсреди (?:них|таковых|которых)|\bтакие как"
    r"|\bнапример|\bв частности|\bв их числе)"
    r"\s*(?:[–—:,-]|это)?\s*$",
    re.IGNORECASE,
)


_COLON = re.compile(r":\s*$")


def enumerated(prose: Prose, quote: Quote) -> Head | None:
    """«… два проекта, завершённые осенью: «A» и «B»», «В их числе — «A»»: the kind word stands before the
    colon."""
    start, _ = prose.sentence(quote.start)
    block = prose.block(quote.start)
    before = prose.text[max(start, quote.start - 60) : quote.start]
    if _AMONG.search(before) and block is not None:
        start = max(block.start, start - 400)
    elif not _COLON.search(before):
        return None
    words = prose.slice(max(start, quote.start - 600), quote.start)
    for word in reversed(words):
        kind = kind_of(word)
        if kind is not None and (kind in {"project", "program", "pilot"} or word.has("NOUN", "plur")):
            return Head(
                "project", kind if kind != "grant" else "project", quote.start, "enumerated", word=lemma(word)
            )
    return None


_DASH = re.compile(r"^\s*[–—-]\s+")
_SEVERAL = re.compile(r"(?:проект|инициатив|программ|практик)(?:ы|ов|и|ам|ами)?\b", re.IGNORECASE)


def owned(prose: Prose, quote: Quote) -> Head | None:
    """«Победили проекты … «A» – АНО «B»»: an organisation after a dash, where projects are told of."""
    dash = _DASH.match(prose.text[quote.end : quote.end + 6])
    block = prose.block(quote.start)
    if (
        dash is None
        or block is None
        or not _SEVERAL.search(prose.text[max(0, quote.start - 600) : quote.start])
    ):
        return None
    at = prose.index(quote.end + dash.end())
    owner = prose.words[at : at + 4]
    if not owner or not prose.same_block(owner[0].start, quote.start) or not owner[0].text[:1].isupper():
        return None
    first = owner[0]
    named = is_legal_form(first.text) or (first.has("NOUN", "nomn") and org_type(lemma(first)) is not None)
    named = named or any(org_type(lemma(w)) is not None for w in owner[1:] if first.has("ADJF", "nomn"))
    return Head("project", "project", quote.start, "owned", direct=True) if named else None


_NOMINATIONS = re.compile(
    r"(?:номинаци|категори)\w+(?:[^.;:«»–—]{0,40}(?::|\s[–—-]))?\s*(?:«[^»]{1,80}»[\s,]*(?:и\s+)?)*$",
    re.IGNORECASE,
)


def nominated(prose: Prose, quote: Quote) -> Head | None:
    """«Номинации: «A», «B»», «в пяти номинациях – «A» и «B»»: classes of a contest, no projects."""
    start, _ = prose.sentence(quote.start)
    before = prose.text[max(start, quote.start - 400) : quote.start]
    return Head("thing", None, quote.start, "nominated") if _NOMINATIONS.search(before) else None


_TOPIC_ENDS = re.compile(r"^\s*[.:–—]\s+\S")
_TOPIC_WORDS = 6  # a longer quotation that opens a paragraph is rather speech
_SPEAKS_OF_IT = 14  # words after the name in which the text says what it is


def opens_topic(prose: Prose, quote: Quote) -> Head | None:
    """««X». Наша акция продолжается», ««X». В команде проекта …»: a name that opens a paragraph on it."""
    block = prose.block(quote.start)
    if (
        block is None
        or block.kind in {"title", "heading"}
        or not _TOPIC_ENDS.match(prose.text[quote.end :][:6])
    ):
        return None
    named = prose.slice(quote.inner, quote.stop)
    if re.search(r"\w", prose.text[block.start : quote.start]) or len(named) > _TOPIC_WORDS:
        return None
    if any(f.pos == "VERB" for w in named for f in w.forms[:1]):
        return None
    at = prose.index(quote.end)
    for word in prose.words[at : at + _SPEAKS_OF_IT]:
        if not prose.same_block(word.start, quote.start) or prose.quote_at(word.start) is not None:
            return None
        kind = kind_of(word)
        if kind in _TOLD_OF and word.forms[0].pos == "NOUN" and "sing" in word.forms[0].grammemes:
            return Head("project", kind, quote.start, "opens_topic", direct=True, word=lemma(word))
    return None


def heads_section(prose: Prose, quote: Quote) -> Head | None:
    """«Летняя конюшня» on a line of its own over its paragraph, in the midst of a page; a kind word among the
    first words below says what it is.
    """
    index, blocks = prose.layout.index_at(quote.start), prose.layout.blocks
    lead = prose.layout.lead
    if index is None or index + 1 >= len(blocks) or lead is None or lead >= index:
        return None
    block, below = blocks[index], blocks[index + 1]
    around = prose.text[block.start : quote.start] + prose.text[quote.end : block.end]
    if re.search(r"[\w?]", around) or below.kind not in _PROSE or below.end - below.start < SECTION:
        return None
    named = prose.slice(quote.inner, quote.stop)
    if len(named) > _TOPIC_WORDS or any(w.forms[:1] and w.forms[0].pos in VERBS for w in named):
        return None
    opening = prose.slice(below.start, below.end)[:_SPEAKS_OF_IT]
    kinds = (kind_of(w) for w in opening if w.has("NOUN", "sing", "nomn"))
    return Head(
        "project", next((k for k in kinds if k), "project"), quote.start, "heads_section", direct=True
    )


SECTION = 60  # characters of the paragraph below
_PROSE = frozenset({"paragraph", "list_head"})
_TOLD_OF = frozenset({"project", "program", "pilot", "contest", "event"})


_ORG_THEN_DASH = re.compile(r"^[^;]{6,160}?\s[–—-]\s*$")


def won(prose: Prose, quote: Quote) -> Head | None:
    """«Победители: 1. АНО «A», город – «X». Субсидия …»: what an organisation of a winners' list won with."""
    block = prose.block(quote.start)
    if block is None or block.kind not in {"list_item", "table_row"} or block.head is None:
        return None
    head = prose.layout.blocks[block.head]
    before = prose.text[block.start : quote.start]
    told = {lemma(w) for w in prose.slice(head.start, head.end)}
    chosen = not told.isdisjoint(_CHOSEN) or {"поддержать", "проект"} <= told
    if not _ORG_THEN_DASH.match(before) or not chosen:
        return None
    opening = prose.slice(block.start, quote.start)[:8]
    named = any(is_legal_form(w.text) or org_type(lemma(w)) is not None for w in opening)
    return Head("project", "project", quote.start, "listed", direct=True) if named else None


_CHOSEN = frozenset({"победитель", "финалист", "лауреат", "грантополучатель", "обладатель", "получатель"})


def _heads_column(row: Block, head: Block, word: Token) -> bool:
    """«Подпрограмма | План | Факт»: the first cell of a table's head says what its rows are."""
    return row.kind == "table_row" and word.start == head.start and head.kind == "table_head"


_FEW = re.compile(r"(?:\bдва|\bдве|\bтри|\bчетыре|\b[234])\s(?:\S+\s){0,3}$", re.IGNORECASE)


def listed(prose: Prose, quote: Quote) -> Head | None:
    """A name that opens an item of a list whose head speaks of projects: «Поддержаны проекты:»."""
    block = prose.block(quote.start)
    if block is None or block.kind not in {"list_item", "table_row"} or block.head is None:
        return None
    if re.search(r"[а-яё]{3}", prose.text[block.start : quote.start], re.IGNORECASE):
        return None
    head = prose.layout.blocks[block.head]
    for word in reversed(prose.slice(head.start, head.end)):
        kind = "project" if lemma(word) in _CHOSEN else kind_of(word)
        many = word.has("NOUN", "plur") or _FEW.search(
            prose.text[max(head.start, word.start - 40) : word.start]
        )
        if kind is not None and (many or _heads_column(block, head, word)):
            return Head("project", kind, quote.start, "listed", direct=True, word=lemma(word))
    return None
