"""What introduces a quoted name: a kind word («проект», «клуб»), an organisation, a thing that is neither,
or nothing.

Looks left of the quotation along a noun phrase, then right for an apposition, then for weaker hints.
"""

from __future__ import annotations

import re

from svod.extract.layout.prose import Prose
from svod.extract.layout.quotes import Quote
from svod.extract.lexicon import load
from svod.extract.partners.org_heads import is_conditional_body
from svod.extract.partners.org_words import is_legal_form, org_type
from svod.extract.projects.project_frames import framed
from svod.extract.projects.project_hints import (
    NOTHING,
    VERBS,
    Head,
    accompanied,
    acts,
    enumerated,
    first_word,
    heads_section,
    launched,
    listed,
    nominated,
    opens_topic,
    owned,
    service_words,
    won,
)
from svod.extract.projects.right_heads import is_nominative, right_head
from svod.extract.projects.told_otherwise import is_broadcast, is_document, is_of_body, is_speech, is_wall
from svod.extract.words.declension import adjective_forms, agree, noun_forms
from svod.extract.words.kind_words import (
    beside,
    companions,
    is_other,
    kind_of,
    lemma,
    other_words,
    turned_kind,
)
from svod.language.document import Token
from svod.models import ProjectKind

MAX_WALK = 9


_NAMING = frozenset(
    {"называться", "назвать", "называть", "прозвать", "название", "имя", "окрестить", "именоваться"}
)


_DASH = frozenset({"-", "–", "—"})


def head_of(prose: Prose, quote: Quote) -> Head:
    """The head that rules a quotation; the first rule that finds one wins."""
    if is_of_body(prose, quote):
        return Head("organisation", None, quote.start, "told")
    if any(rule(prose, quote) for rule in (is_document, is_speech, is_wall, is_broadcast)):
        return NOTHING
    for rule in HEAD_RULES:
        head = rule(prose, quote)
        if head is not None:
            return head
    return NOTHING


def left_head(prose: Prose, quote: Quote) -> Head | None:
    """Walk left over complements («клуб приёмных семей «Очаг»») to the noun that introduces the name."""
    at = prose.index(quote.start) - 1
    if (
        at >= 0
        and prose.words[at].forms[:1]
        and not is_legal_form(prose.words[at].text)
        and _parts(prose.words[at])
    ):
        return None
    path: list[Token] = []
    after_naming = False
    for _ in range(MAX_WALK):
        if at < 0 or not prose.same_block(prose.words[at].start, quote.start):
            return None
        word = prose.words[at]
        if word.text == "." and at and _shortens(prose.words[at - 1]):
            path.append(prose.words[at - 1])  # «фонд имени К. М. Сорокина «X»»
            at -= 2
            continue
        if _ends_sentence(word) or _is_other_cell(prose, at, quote):
            return None
        if word.text in _DASH or word.text == "(":
            if path or (kind_at := _kind_before(prose, at, word.text)) is None:
                return None
            at = kind_at
            continue
        if word.text == ")" and (opened := _bracket_opens(prose, at)) is not None:
            path.append(prose.words[opened + 1])  # «программы Республики Саха (Якутия) «X»»
            at = opened - 1
            continue
        if word.text in {"»", "“", "”", '"', "«", ";", ")", ":"} or (word.text == "," and not after_naming):
            return None
        if is_legal_form(word.text) and all(p.text[:1].isupper() for p in path):
            return Head("organisation", None, word.start, "legal_form", direct=True)
        found = _judge(prose, at, path)
        if found is not None:
            return _dated(prose, found, quote)
        if not path and lemma(word) in companions() and not word.has("NOUN", "gent"):
            return None  # «за пять лет участниками «Сада добра» стали …»: no complement of what stands before
        if word.lemma in _NAMING or lemma(word) in _NAMING:
            after_naming = True
        elif any(f.pos in VERBS for f in word.forms[:1]):
            return None
        if path and word.forms[0].pos == "PREP" and all(p.forms[0].pos == "ADJF" for p in path):
            return None  # «в уютном «Доме на горе»»: the name is the noun
        path.append(word)
        at -= 1
    return None


_OF_A_YEAR = re.compile(r"[ \u00a0–—-]20\d\d$")


def _dated(prose: Prose, head: Head, quote: Quote) -> Head:
    """«лагерь «Причал-2019»»: a camp that bears a year is one summer's event, not the house."""
    named = prose.text[quote.inner : quote.stop]
    if head.verdict == "organisation" and head.word == "лагерь" and _OF_A_YEAR.search(named):
        return Head("project", "event", head.start, "kind_phrase", head.direct, head.word)
    return head


def _is_other_cell(prose: Prose, at: int, quote: Quote) -> bool:
    """The cell of a table that lies above the name's own: cells may stand one a line."""
    block = prose.block(quote.start)
    following = prose.words[at + 1].start if at + 1 < len(prose.words) else quote.start
    return (
        block is not None
        and block.kind == "table_row"
        and "\n" in prose.text[prose.words[at].stop : min(following, quote.start)]
    )


def in_column(prose: Prose, quote: Quote) -> Head | None:
    """«Организация | Проект | Сумма»: the head of the column says what the cell's name is."""
    block = prose.block(quote.start)
    if block is None or block.kind != "table_row" or block.head is None:
        return None
    head = prose.layout.blocks[block.head]
    cells, heads = prose.layout.cells(block), prose.layout.cells(head)
    if head.kind != "table_head" or len(cells) != len(heads):
        return None
    k = next((i for i, (a, b) in enumerate(cells) if a == quote.start and quote.end <= b), None)
    if k is None:
        return None
    kinds = [(kind_of(w), w) for w in prose.slice(*heads[k]) if w.forms and w.forms[0].pos == "NOUN"]
    named = next(((kind, w) for kind, w in kinds if kind is not None), None)
    if named is None or any(org_type(lemma(w)) is not None for _, w in kinds):
        return None
    return Head("project", named[0], quote.start, "listed", direct=True, word=lemma(named[1]))


def _bracket_opens(prose: Prose, at: int) -> int | None:
    """The bracket that opens before a word or two that close at word `at`."""
    return next((k for k in range(at - 2, max(-1, at - 4), -1) if prose.words[k].text == "("), None)


def _parts(word: Token) -> bool:
    """A preposition, conjunction or pronoun right before the name parts it from the nouns further left."""
    best = word.forms[0]
    return best.pos in {"PREP", "CONJ", "PRCL", "NPRO"} or "Apro" in best.grammemes


def _ends_sentence(word: Token) -> bool:
    return word.text in {".", "!", "?", "…"}


def _shortens(word: Token) -> bool:
    """An initial, or «им.»."""
    return word.text == "им" or re.match(r"[А-ЯЁ](?:\.[А-ЯЁ])?$", word.text) is not None


def _kind_before(prose: Prose, at: int, mark: str) -> int | None:
    """The kind word before a dash or a bracket, over complements («клуб для мам – «X»»); none where it
    is itself a complement («девиз акции – «X»»).
    """
    for k in range(at - 1, max(-1, at - (7 if mark in _DASH else 2)), -1):
        word = prose.words[k]
        if not word.text[:1].isalpha() or any(f.pos in VERBS for f in word.forms[:1]):
            return None
        if lemma(word) in _SORTS:
            return None  # «гранты по направлениям – «Х»»
        if kind_of(word) is not None:
            rules = _first_adjective(prose, k) - 1
            said_of = rules >= 0 and lemma(prose.words[rules]) in other_words() | _SAYINGS
            far = k < at - 1 and not is_nominative(word)
            return None if said_of or far else k
    return None


_SORTS = frozenset({"направление", "номинация", "тема", "раздел", "категория"})
_SAYINGS = frozenset(
    {"цель", "задача", "миссия", "смысл", "суть", "итог", "результат", "автор", "идея", "главное"}
)


def _judge(prose: Prose, at: int, path: list[Token]) -> Head | None:
    word = prose.words[at]
    if not any(f.pos == "NOUN" for f in word.forms):
        return None
    if path and agree(word.text, path[-1].text):
        return None  # «приёмных семей»: an adjective that looks like a noun
    direct = not path
    name = lemma(word)
    kind = kind_of(word) or _conditional_kind(prose, at, name)
    if kind is not None and name == "операция" and path == [] and prose.words[at - 1].lemma == "военный":
        return None  # «фонд поддержки участников специальной военной операции «X»»
    if is_conditional_body(prose, at, name) or (kind is not None and _is_group_of_firms(prose, at, name)):
        return Head("organisation", None, word.start, "left_organisation", direct, name)
    if kind is not None and not (org_type(name) == "institution" and any(org_type(lemma(p)) for p in path)):
        if path and path[-1].text == "№" and org_type(name) is not None:
            return Head(
                "organisation", None, word.start, "left_organisation", direct, name
            )  # «школа № 2 «X»»
        if any(org_type(lemma(p)) is not None and kind_of(p) is None for p in path):
            return Head("organisation", None, word.start, "left_organisation", direct, name)
        kind, first = turned_kind(prose, at, kind)
        if (
            _is_complement(word)
            and (ruling := _ruling(prose, first, 5 if direct or _is_eponymous(path) else 2)) is not None
        ):
            return ruling
        rule = "kind_word" if direct else "kind_phrase"
        return Head("project", kind, prose.words[first].start, rule, direct, name)
    if org_type(name) == "institution" and _is_network(prose, at):
        return Head("project", "service", word.start, "kind_phrase", direct, name)
    if direct and org_type(name) == "institution" and _is_kept(prose, at):
        return Head("project", "service", word.start, "kind_word", direct, name)
    if org_type(name) is not None:
        if direct and (made := _of_service(prose, at)) is not None:
            return made
        return _owner_head(prose, at, path) or Head(
            "organisation", None, word.start, "left_organisation", direct, name
        )
    if direct and name in companions():
        return None
    if direct and name in _DISTRICTS and at and prose.words[at - 1].lemma in _LOCAL:
        return Head("thing", None, word.start, "left_thing", direct, name)  # «программа … района «Ижемский»»
    if direct and any(case == "gent" for case, _, _ in noun_forms(word.text)):
        ruling = _ruling(prose, _first_adjective(prose, at))
        if ruling is not None:
            return ruling  # «конкурс рисунков «Моя мама»»
    if name in _IN_SERIES and word.has("NOUN", "plur") and direct:
        return Head("project", "event", word.start, "kind_word", direct, name)
    if is_other(word):
        return Head("thing", None, word.start, "left_thing", direct, name)
    if direct and not _may_complement(word):
        if word.text.isupper() and len(word.text) > 1:
            return None  # «ТОГБУ СОН «X»»: letters of a legal form
        if _opens_name(prose, at) and word.forms[0].known:
            return Head("project", "service", word.start, "unknown_word", word=name)
        return (
            Head("thing", None, word.start, "left_unknown", word=name)
            if "anim" not in word.forms[0].grammemes
            else None
        )
    return None


_DISTRICTS = frozenset({"район", "округ", "поселение", "образование"})
_LOCAL = frozenset({"муниципальный", "городской", "сельский"})


def _is_eponymous(path: list[Token]) -> bool:
    """«… инициатив имени К. Сорокина»: what bears a person's name is named further left."""
    return any(w.text in {"имени", "им"} for w in path)


def _opens_name(prose: Prose, at: int) -> bool:
    """A thing whose own name follows, in the nominative; «проходная «Тулачермета»» is of what is named."""
    top = prose.words[at].forms[0]
    if top.pos != "NOUN" or "inan" not in top.grammemes or at + 2 >= len(prose.words):
        return False
    first = prose.words[at + 2]
    cases = {case for case, _, _ in noun_forms(first.text) | adjective_forms(first.text)}
    if cases and "nomn" not in cases:  # «отчёт «Ночного автобуса»»
        return any(lemma(w) in service_words() or kind_of(w) for w in prose.words[at + 2 : at + 4])
    return org_type(lemma(first)) is None or kind_of(first) is not None


_IN_SERIES = frozenset({"лекция", "беседа", "урок"})  # «читаем лекции «X»»: a course; one lecture has a theme


def _conditional_kind(prose: Prose, at: int, name: str) -> ProjectKind | None:
    """«трудовой отряд «X»», «мобильный центр «X»»: beside such an adjective the word names what is done."""
    for group, kind in _CONDITIONAL:
        stems = tuple(load("projects")[group].get(name, ()))
        if stems and any(w.lemma.startswith(stems) for w in prose.words[_first_adjective(prose, at) : at]):
            return kind
    return None


_CONDITIONAL: tuple[tuple[str, ProjectKind], ...] = (
    ("conditional_kinds", "service"),
    ("conditional_events", "event"),
)


def _is_group_of_firms(prose: Prose, at: int, name: str) -> bool:
    """«дали предприятия: Группа «Кедр» и …»: a capital inside a sentence makes it a firm's name."""
    if name != "группа" or not prose.words[at].text.istitle() or at == 0:
        return False
    before = prose.words[at - 1]
    return not _ends_sentence(before) and prose.same_block(before.start, prose.words[at].start)


def _has_name(word: Token, name: str, path: list[Token]) -> bool:
    """An organisation in the genitive that needs no quoted name: an authority, a person's fund."""
    if not any(case == "gent" for case, _, _ in noun_forms(word.text)):
        return False
    if org_type(name) == "authority":
        return bool(path) or name in _NEVER_QUOTED
    return name == "фонд" and any("Surn" in f.grammemes for p in path for f in p.forms[:2])


_NEVER_QUOTED = frozenset(
    {"министерство", "департамент", "администрация", "правительство", "мэрия", "префектура"}
)


def _is_complement(word: Token) -> bool:
    """«инициатив» in «конкурса инициатив «X»»: a genitive plural says what the contest is of."""
    return ("gent", "plur") in {(case, number) for case, number, _ in noun_forms(word.text)}


def _first_adjective(prose: Prose, at: int) -> int:
    while at > 0 and prose.words[at - 1].has("ADJF") and beside(prose, at - 1, at):
        at -= 1
    return at


def _ruling(prose: Prose, first: int, reach: int = 5) -> Head | None:
    """The kind word that has the complement beginning at word `first`, in the nearest few words."""
    while first > 1 and prose.words[first - 1].text == "и" and prose.words[first - 2].has("ADJF"):
        first = _first_adjective(prose, first - 1)  # «социальных и культурных проектов»
    for at in range(first - 1, max(-1, first - reach), -1):
        word = prose.words[at]
        if not word.text[:1].isalpha() or any(f.pos in VERBS | {"PREP", "CONJ"} for f in word.forms[:1]):
            return None
        kind = kind_of(word)
        if kind is not None:
            kind, start = turned_kind(prose, at, kind)
            above = _ruling(prose, start, 2) if _is_complement(word) else None
            return above or Head("project", kind, prose.words[start].start, "kind_phrase", True, lemma(word))
        if lemma(word) == "организация" and at == first - 1:
            return None  # «организация смен «X»»
        if org_type(lemma(word)) == "institution" and _is_network(prose, at):
            return Head("project", "service", word.start, "kind_phrase", True, lemma(word))
        if org_type(lemma(word)) is not None:
            return _owner_head(prose, at, list(prose.words[at + 1 : first + 1])) or Head(
                "organisation", None, word.start, "left_organisation", True, lemma(word)
            )
    return None


_KEPT = re.compile(  # «Приют «Х» на улице Садовой держит общественная организация «Y»»
    r"^[^.!?«»]{0,60}?\s(?:держит|содержит|ведёт|ведет|открыл[аио]?|создал[аио]?|организовал[аио]?)\s+"
    r"(?:[а-яё-]+\s+){0,3}(?:организаци|объединени|движени|обществ[ао]\b|АНО|фонд)"
)


def _is_kept(prose: Prose, at: int) -> bool:
    """A house that an organisation keeps: its service, and no organisation beside it."""
    quote = prose.quote_at(prose.words[at + 1].start) if at + 1 < len(prose.words) else None
    if quote is None or not any(case == "nomn" for case, _, _ in noun_forms(prose.words[at].text)):
        return False
    return _KEPT.match(prose.text[quote.end : quote.end + 160]) is not None


_SOCIAL = frozenset({"инклюзивный", "социальный"})


def _of_service(prose: Prose, at: int) -> Head | None:
    """What an organisation's head word right before a name makes a project: «конкурс молодёжных организаций
    «X»», «сеть «Тёплых домов»», «инклюзивная пекарня «X»».
    """
    word, name = prose.words[at], lemma(prose.words[at])
    if _is_complement(word) and not any(number == "sing" for _, number, _ in noun_forms(word.text)):
        above = _ruling(prose, _first_adjective(prose, at), 3)
        if above is not None and above.kind == "contest":
            return above
    if name == "сеть" and at + 2 < len(prose.words):
        inner = prose.words[at + 2]
        forms = {(c, n) for c, n, _ in noun_forms(inner.text)}
        if (("gent", "plur") in forms and ("nomn", "sing") not in forms) or inner.has("ADJF", "gent", "plur"):
            return Head("project", "service", word.start, "left_network", word=name)
    if name == "отряд" and _is_told_of(word):
        return Head("project", "service", word.start, "kind_word", True, name)
    first = _first_adjective(prose, at)
    if org_type(name) == "business" and any(w.lemma in _SOCIAL for w in prose.words[first:at]):
        return Head("project", "service", word.start, "kind_word", True, name)
    return None


def _is_told_of(word: Token) -> bool:
    """«отряд «X» убрал 120 могил», «в отряде «X»»: a troop that the text itself is on; «волонтёры отряда «X»»
    came to help.
    """
    return {("nomn", "sing"), ("loct", "sing")} & {(c, n) for c, n, _ in noun_forms(word.text)} != set()


_NEXT_NAME = re.compile(r"^\s*(?:,|и|или)\s*[«\"„“]")


def _is_network(prose: Prose, at: int) -> bool:
    """«центры дневного пребывания «X»»: one name for several houses, unless more names follow."""
    readings = noun_forms(prose.words[at].text)
    ruler = _first_adjective(prose, at) - 1  # «фонд помощи хосписам «X»»: theirs is another's name
    if any(number == "sing" for _, number, _ in readings) or (ruler >= 0 and prose.words[ruler].has("NOUN")):
        return False
    following = (prose.quote_at(w.start) for w in prose.words[at + 2 : at + 2 + MAX_WALK])
    quote = next((q for q in following if q is not None), None)
    if quote is None or any(org_type(lemma(w)) is not None for w in prose.slice(quote.inner, quote.stop)[:3]):
        return False  # «учреждениями «Томский центр адаптации»»
    return _NEXT_NAME.match(prose.text[quote.end : quote.end + 6]) is None


def _owner_head(prose: Prose, at: int, path: list[Token]) -> Head | None:
    """The kind word before an organisation that has a name of its own: «программа министерства труда «X»»."""
    word = prose.words[at]
    if not _has_name(word, lemma(word), path):
        return None
    ruling = _ruling(prose, _first_adjective(prose, at), 3)
    return ruling if ruling is not None and ruling.verdict == "project" else None


def _may_complement(word: Token) -> bool:
    """A noun that can stand between the head and the name: in an oblique case."""
    return any(case in {"gent", "datv", "ablt", "loct"} for case, _, _ in noun_forms(word.text))


HEAD_RULES = (
    nominated,
    in_column,
    left_head,
    listed,
    opens_topic,
    heads_section,
    won,
    right_head,
    owned,
    enumerated,
    accompanied,
    launched,
    acts,
    first_word,
    framed,
)
