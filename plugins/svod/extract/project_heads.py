"""What introduces a quoted name: a kind word («проект», «клуб»), an organisation, a thing that is neither, or nothing.

Looks left of the quotation along a noun phrase, then right for an apposition. The words are in the lexicon.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal, cast

from svod.language.document import Token
from svod.models import ProjectKind

from .declension import agree, noun_forms
from .lexicon import load
from .org_words import is_legal_form, org_type
from .prose import Prose
from .quotes import Quote

Verdict = Literal["project", "organisation", "thing", "none"]
MAX_WALK = 9
_NAMING = frozenset(
    {"называться", "назвать", "называть", "прозвать", "название", "имя", "окрестить", "именоваться"}
)
_VERBS = frozenset({"VERB", "INFN", "GRND", "PRTS", "PRED"})
_DASH = frozenset({"-", "–", "—"})


@dataclass(frozen=True, slots=True)
class Head:
    """`start` is where the phrase of the head begins; `word` its lemma; `rule` the id of the rule that found it."""

    verdict: Verdict
    kind: ProjectKind | None
    start: int
    rule: str
    direct: bool = False  # the kind word stands right before the name: the name is in the nominative
    word: str = ""


NOTHING = Head("none", None, -1, "")


@cache
def kind_words() -> dict[str, ProjectKind]:
    """Lemma → kind."""
    found: dict[str, ProjectKind] = {}
    for kind, rows in load("projects")["kinds"].items():
        for word in _flat(rows):
            found.setdefault(word.replace("ё", "е"), cast(ProjectKind, kind))
    return found


@cache
def other_words() -> frozenset[str]:
    return frozenset(w.replace("ё", "е") for w in _flat(load("projects")["not_kinds"]))


@cache
def companions() -> frozenset[str]:
    """Nouns that have a project's name in the genitive after them: участник, победитель, рамка, итог."""
    return frozenset(w.replace("ё", "е") for w in load("projects")["companions"])


def _flat(rows: list[str] | list[list[str]]) -> list[str]:
    return [w for row in rows for w in (row if isinstance(row, list) else [row])]


def lemma(token: Token) -> str:
    """The lemma of the likeliest reading as a noun, else the likeliest at all; ё as е."""
    forms = token.forms
    noun = next((f for f in forms if f.pos == "NOUN"), None)
    best = (
        noun if noun is not None and (not forms or forms[0].pos != "VERB") else (forms[0] if forms else None)
    )
    return (best.lemma if best else token.text.casefold()).replace("ё", "е")


def kind_of(token: Token) -> ProjectKind | None:
    """The kind that a word makes of the name after it."""
    kinds = kind_words()
    lemmas = [f.lemma.replace("ё", "е") for f in token.forms if f.pos == "NOUN"]
    parts = [part for name in lemmas if "-" in name for part in name.split("-")]  # «семинар-тренинг»
    if any(org_type(name) is not None for name in lemmas if "-" in name):
        return None
    return next((kinds[name] for name in [*lemmas, *parts] if name in kinds), None)


def turned_kind(prose: Prose, at: int, kind: ProjectKind) -> tuple[ProjectKind, int]:
    """The kind after the adjectives before the word have had their say, and the index of the first of them."""
    word = lemma(prose.words[at])
    first = at
    while (
        first > 0
        and first > at - 4
        and prose.words[first - 1].has("ADJF")
        and _close(prose, first - 1, first)
    ):
        first -= 1
        turned = load("projects")["turned"].get(prose.words[first].lemma, {}).get(word)
        if turned is not None:
            kind = turned
    return kind, first


def _close(prose: Prose, a: int, b: int) -> bool:
    return (
        prose.words[b].start - prose.words[a].stop <= 2
        or "|" in prose.text[prose.words[a].stop : prose.words[b].start]
    )


def head_of(prose: Prose, quote: Quote) -> Head:
    """The head that rules a quotation; the first rule that finds one wins."""
    for rule in HEAD_RULES:
        head = rule(prose, quote)
        if head is not None:
            return head
    return NOTHING


def left_head(prose: Prose, quote: Quote) -> Head | None:
    """Walk left over complements («клуб приёмных семей «Аистёнок»») to the noun that introduces the name."""
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
        if _ends_sentence(word):
            return None
        if word.text in _DASH or word.text == "(":
            if path or not _kind_before(prose, at):
                return None
            at -= 1
            continue
        if word.text in {"»", "“", "”", '"', "«", ";", ")", ":"} or (word.text == "," and not after_naming):
            return None
        if is_legal_form(word.text) and all(p.text[:1].isupper() for p in path):
            return Head("organisation", None, word.start, "legal_form", direct=True)
        found = _judge(prose, at, path)
        if found is not None:
            return found
        if word.lemma in _NAMING or lemma(word) in _NAMING:
            after_naming = True
        elif any(f.pos in _VERBS for f in word.forms[:1]):
            return None
        path.append(word)
        at -= 1
    return None


def _parts(word: Token) -> bool:
    """A preposition, conjunction or pronoun right before the name parts it from the nouns further left."""
    best = word.forms[0]
    return best.pos in {"PREP", "CONJ", "PRCL", "NPRO"} or "Apro" in best.grammemes


def _ends_sentence(word: Token) -> bool:
    return word.text in {".", "!", "?", "…"}


def _kind_before(prose: Prose, at: int) -> bool:
    return at > 0 and kind_of(prose.words[at - 1]) is not None


def _judge(prose: Prose, at: int, path: list[Token]) -> Head | None:
    word = prose.words[at]
    if not any(f.pos == "NOUN" for f in word.forms):
        return None
    if path and agree(word.text, path[-1].text):
        return None  # «приёмных семей»: an adjective that looks like a noun
    direct = not path
    name = lemma(word)
    kind = kind_of(word)
    if kind is not None and not (org_type(name) == "institution" and any(org_type(lemma(p)) for p in path)):
        if any(org_type(lemma(p)) is not None and kind_of(p) is None for p in path):
            return Head("organisation", None, word.start, "left_organisation", direct, name)
        kind, first = turned_kind(prose, at, kind)
        if direct and _is_complement(word) and (ruling := _ruling(prose, first)) is not None:
            return ruling
        rule = "kind_word" if direct else "kind_phrase"
        return Head("project", kind, prose.words[first].start, rule, direct, name)
    if org_type(name) is not None:
        return Head("organisation", None, word.start, "left_organisation", direct, name)
    if direct and name in companions():
        return None
    if direct and any(case == "gent" for case, _, _ in noun_forms(word.text)):
        ruling = _ruling(prose, _first_adjective(prose, at))
        if ruling is not None:
            return ruling  # «конкурс рисунков «Моя мама»»
    if name in other_words():
        return Head("thing", None, word.start, "left_thing", direct, name)
    if direct and not _may_complement(word):
        if word.forms[0].pos == "NOUN" and "inan" in word.forms[0].grammemes and word.forms[0].known:
            return Head("project", "service", word.start, "unknown_word", word=name)
        return (
            Head("thing", None, word.start, "left_unknown", word=name)
            if "anim" not in word.forms[0].grammemes
            else None
        )
    return None


def _is_complement(word: Token) -> bool:
    """«инициатив» in «конкурса инициатив «X»»: a genitive plural says what the contest is of."""
    return ("gent", "plur") in {(case, number) for case, number, _ in noun_forms(word.text)}


def _first_adjective(prose: Prose, at: int) -> int:
    while at > 0 and prose.words[at - 1].has("ADJF") and _close(prose, at - 1, at):
        at -= 1
    return at


def _ruling(prose: Prose, first: int) -> Head | None:
    """The kind word that has the complement beginning at word `first`, in the nearest few words."""
    for at in range(first - 1, max(-1, first - 5), -1):
        word = prose.words[at]
        if not word.text[:1].isalpha() or any(f.pos in _VERBS | {"PREP", "CONJ"} for f in word.forms[:1]):
            return None
        kind = kind_of(word)
        if kind is not None:
            kind, start = turned_kind(prose, at, kind)
            return Head("project", kind, prose.words[start].start, "kind_phrase", True, lemma(word))
        if org_type(lemma(word)) is not None:
            return Head("organisation", None, word.start, "left_organisation", True, lemma(word))
    return None


def _may_complement(word: Token) -> bool:
    """A noun that can stand between the head and the name: in an oblique case."""
    return any(case in {"gent", "datv", "ablt", "loct"} for case, _, _ in noun_forms(word.text))


_RIGHT = re.compile(r"^\s*(?:[–—-]\s+(?:это\s+)?|\(|,\s+)")


def right_head(prose: Prose, quote: Quote) -> Head | None:
    """«X» — проект нашего центра; «X», кризисная комната; «X» (клуб); «A», «B» — в этих проектах."""
    match = _RIGHT.match(prose.text[quote.end : quote.end + 12])
    if match is None:
        return None
    after_dash = not match[0].lstrip().startswith((",", "("))
    at = prose.index(quote.end + match.end())
    these = False
    for k in range(at, min(at + (9 if after_dash else 3), len(prose.words))):
        word = prose.words[k]
        if not prose.same_block(word.start, quote.start) or word.text in {".", "!", "?", "«", ";", ":"}:
            return None
        these = these or word.text.casefold() in {"этих", "эти", "этим", "таких", "такие"}
        kind = kind_of(word)
        if (
            kind is not None
            and (these or not after_dash or _is_nominative(word))
            and word.forms[0].pos == "NOUN"
        ):
            kind, _ = turned_kind(prose, k, kind)
            return Head("project", kind, quote.start, "right_apposition", word=lemma(word))
        if not after_dash and org_type(lemma(word)) is not None:
            return Head("organisation", None, quote.start, "right_organisation", word=lemma(word))
        if any(f.pos in _VERBS for f in word.forms[:1]):
            return None
        if word.forms[0].pos == "NOUN" and not _contrasted(prose, k):
            return None
    return None


def _contrasted(prose: Prose, k: int) -> bool:
    """«это не посиделки, а проект»."""
    return any(w.text == "не" for w in prose.words[max(0, k - 3) : k])


def _is_nominative(word: Token) -> bool:
    return any(case == "nomn" for case, _, _ in noun_forms(word.text))


def first_word(prose: Prose, quote: Quote) -> Head | None:
    """«Школа мам», «Клуб молодой семьи»: the name itself opens with a kind word."""
    words = prose.slice(quote.inner, quote.stop)
    if len(words) < 2:
        return None
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


_LAUNCH = frozenset(
    "стартовать запустить запускать открыть открыться открываться создать реализовать реализовывать реализоваться внедрить внедрять"
    " провести проводить пройти состояться действовать работать заработать появиться завершить завершиться придумать жить"
    " стартует посещать организовать продолжаться начаться развивать возродить называть назвать называться".split()
)


def launched(prose: Prose, quote: Quote) -> Head | None:
    """«стартует «Театральное лето»», «живёт «Ночной дозор родителей»»: a verb of launching or running beside the name."""
    at = prose.index(quote.start) - 1
    for k in range(at, max(-1, at - 2), -1):
        word = prose.words[k]
        if not prose.same_block(word.start, quote.start) or not word.text[:1].isalpha():
            break
        if any(f.lemma in _LAUNCH and f.pos in {"VERB", "INFN", "PRTS", "PRTF"} for f in word.forms):
            return Head("project", _launched_kind(word, prose, quote), quote.start, "launched")
        if word.forms[0].pos not in {"ADVB", "NPRO", "PRCL"}:
            break
    return None


def _launched_kind(verb: Token, prose: Prose, quote: Quote) -> ProjectKind:
    """What is opened is a service; else what was spoken of last, but hardly a programme."""
    if any(f.lemma in {"открыть", "открыться", "открывать", "открываться"} for f in verb.forms):
        return "service"
    kind = kind_nearby(prose, quote)
    return "project" if kind == "program" else kind


def accompanied(prose: Prose, quote: Quote) -> Head | None:
    """«участники «Сада добра»», «благодаря «Социальному лифту»»."""
    at = prose.index(quote.start) - 1
    if at < 0 or not prose.same_block(prose.words[at].start, quote.start):
        return None
    word = prose.words[at]
    if word.text.casefold() == "благодаря" or (lemma(word) in companions() and word.forms[0].pos == "NOUN"):
        return Head(
            "project", own_kind(prose, quote) or kind_nearby(prose, quote), quote.start, "accompanied"
        )
    return None


def own_kind(prose: Prose, quote: Quote) -> ProjectKind | None:
    """The kind of a kind word in the name itself."""
    own = first_word(prose, quote)
    return own.kind if own is not None else None


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
    for k in range(at, min(at + 2, len(prose.words))):
        word = prose.words[k]
        if not prose.same_block(word.start, quote.start):
            return None
        if any(f.lemma in _LAUNCH and f.pos in {"VERB", "PRTS"} for f in word.forms):
            return Head("project", own_kind(prose, quote) or kind_nearby(prose, quote), quote.start, "acts")
        if word.forms[0].pos not in {"ADVB", "PRCL"}:
            return None
    return None


def kind_nearby(prose: Prose, quote: Quote) -> ProjectKind:
    """The kind of the last singular or plural kind word before the name in its block; a project if there is none."""
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
    r"(?:\bв (?:их |том )?числе(?: таковых| которых| них)?|\bсреди (?:них|таковых|которых)|\bтакие как|\bнапример|\bв частности|\bв их числе)"
    r"\s*(?:[–—:,-]|это)?\s*$",
    re.IGNORECASE,
)
_COLON = re.compile(r":\s*$")


def enumerated(prose: Prose, quote: Quote) -> Head | None:
    """«… два проекта, завершённые осенью: «A» и «B»», «В их числе — «A»»: the kind word stands before the colon."""
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


_CHOSEN = frozenset({"победитель", "финалист", "лауреат", "грантополучатель", "обладатель", "получатель"})


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
        if kind is not None and word.has("NOUN", "plur"):
            return Head("project", kind, quote.start, "listed", direct=True, word=lemma(word))
    return None


HEAD_RULES = (left_head, listed, right_head, enumerated, accompanied, launched, acts, first_word)
