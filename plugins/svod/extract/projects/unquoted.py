"""Definite projects without quotation marks: a pilot project for something, a contest or forum of a stated
level,
courses that are being opened. Their names are noun phrases, in the nominative, cut before geography.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from svod.extract.layout.prose import Prose
from svod.extract.lexicon import load
from svod.extract.partners.org_heads import conditional
from svod.extract.partners.org_steps import take_complement, take_coordination, take_participle
from svod.extract.partners.org_words import is_ministry, legal_type, org_type
from svod.extract.projects.right_heads import is_nominative
from svod.extract.publication.places import same_place
from svod.extract.words.declension import adjective_forms, agree, noun_forms, to_nominative
from svod.extract.words.kind_words import kind_of, lemma
from svod.extract.words.noun_phrases import grown, near, plain
from svod.extract.words.screened import any_case
from svod.language.document import Token
from svod.models import ProjectKind

MAX_WORDS = 22
_CASES = {"по": ("datv",), "за": ("ablt",), "с": ("ablt",), "для": ("gent",), "среди": ("gent",)}
_YEAR = re.compile(r"^(?:19|20)\d\d$")


@dataclass(frozen=True, slots=True)
class Unquoted:
    """`sure` is False where only a figure of its own makes the phrase a project."""

    start: int
    end: int
    name: str
    kind: ProjectKind
    rule: str
    sure: bool


Rule = Callable[[Prose, int], Unquoted | None]


def find_unquoted(prose: Prose) -> Iterator[Unquoted]:
    """In text order, without overlaps."""
    end = -1
    for at in prose.vocabulary.where(kind_of):
        word = prose.words[at]
        if word.start < end or not word.text[:1].isalpha() or _in_signature(prose, word):
            continue
        found = next((u for rule in UNQUOTED_RULES if (u := rule(prose, at)) is not None), None)
        if found is not None:
            end = found.end
            yield found


def _in_signature(prose: Prose, word: Token) -> bool:
    block = prose.block(word.start)
    return block is not None and block.kind == "signature"


def _adjectives(prose: Prose, at: int) -> list[int]:
    """Indices of the agreeing adjectives before a noun, and of ordinals and Roman numbers before them."""
    first = at
    while first > 0 and at - first < 5 and near(prose, first - 1, first):
        before = prose.words[first - 1]
        if not (agree(before.text, prose.words[at].text) and adjective_forms(before.text)):
            break
        first -= 1
    return list(range(first, at))


def complemented(prose: Prose, at: int) -> int:
    """Index after the complements of the noun at `at`; stops at verbs, marks and geography («в», «на»)."""
    steps = (
        take_complement,
        _take_scare,
        _take_prepositional,
        take_coordination,
        take_participle,
        _take_year,
    )
    return grown(
        prose,
        at,
        lambda last: next((n for step in steps if (n := step(prose, at, last)) > last), last),
        MAX_WORDS,
    )


def _take_scare(prose: Prose, head: int, at: int) -> int:
    """«умных» остановок: a word set off before its noun."""
    quote = prose.quote_at(prose.words[at].start)
    if quote is None or not prose.text[quote.inner : quote.inner + 1].islower():
        return at
    after = prose.index(quote.end)
    if after >= len(prose.words) or not near(prose, after - 1, after):
        return at
    taken = take_complement(prose, head, after)
    return taken if taken > after else at  # «за время интенсива «серебряные» добровольцы придумали …»


def _take_prepositional(prose: Prose, head: int, at: int) -> int:
    cases = _CASES.get(prose.words[at].text.casefold())
    if cases is None or at + 1 >= len(prose.words) or not near(prose, at - 1, at):
        return at
    if prose.words[at + 1].lemma == "охват":
        return at  # «кружков с охватом 174 человека»
    k = at + 1
    while k < len(prose.words) and k < at + 5 and near(prose, k - 1, k):
        word = prose.words[k]
        if any(case in cases for case, _, _ in noun_forms(word.text)) and word.forms[0].pos == "NOUN":
            return k + 1
        if not any(case in cases for case, _, _ in adjective_forms(word.text)):
            return at
        k += 1
    return at


def _take_year(prose: Prose, head: int, at: int) -> int:
    if _YEAR.match(prose.words[at].text) and at + 1 < len(prose.words) and prose.words[at + 1].lemma == "год":
        return at + 2
    return at


def _name(prose: Prose, adjectives: list[int], at: int, last: int) -> str | None:
    words = prose.words
    made = to_nominative([words[k].text for k in adjectives], words[at].text)
    if made is None:
        return None
    tail = plain(prose.text[words[at].stop : words[last - 1].stop])
    name = " ".join([*made[0], made[1], tail]).strip()
    return name[:1].upper() + name[1:]


def pilot(prose: Prose, at: int) -> Unquoted | None:
    """«пилотный проект по созданию системы …»."""
    adjectives = [k for k in _adjectives(prose, at) if prose.words[k].lemma == "пилотный"]
    if not adjectives or lemma(prose.words[at]) not in {"проект", "программа"}:
        return None
    last = complemented(prose, at)
    if last < at + 3:
        return None
    return _made(prose, adjectives, at, last, "pilot", "pilot_phrase", sure=True)


def levelled(prose: Prose, at: int) -> Unquoted | None:
    """«Всероссийский конкурс лучших практик», «областной смотр школ …»: the level makes it definite."""
    kind = kind_of(prose.words[at])
    if kind is None or not _may_be_levelled(prose, at, kind):
        return None
    level = load("projects")["levels"]
    adjectives = _adjectives(prose, at)
    while adjectives and prose.words[adjectives[0]].lemma not in level:
        adjectives = adjectives[1:]
    last = complemented(prose, at)
    if not adjectives or last == at + 1 or _named_after(prose, last):
        return None
    if last == at + 3 and prose.words[last - 1].lemma == "год":
        return None  # «в краевом конкурсе 2016 года»: one of many
    proper = prose.words[adjectives[0]].text[:1].isupper() and not prose.is_sentence_start(
        prose.words[adjectives[0]].start
    )
    if not proper and not _leads(prose, at):
        return None
    return _made(prose, adjectives, at, last, kind, "levelled", sure=True)


def _may_be_levelled(prose: Prose, at: int, kind: ProjectKind) -> bool:
    """Contests and events; a project only with its aim: «Всероссийский проект по доставке продуктов»."""
    if lemma(prose.words[at]) == "проект":
        return at + 1 < len(prose.words) and prose.words[at + 1].text == "по"
    return kind in {"contest", "event"} and lemma(prose.words[at]) not in load("projects")["common_events"]


_OPENS = frozenset(
    [
        "запускать",
        "запустить",
        "открыть",
        "открывать",
        "открыться",
        "открываться",
        "заработать",
        "стартовать",
        "начать",
        "организовать",
        "создать",
    ]
)


def opened(prose: Prose, at: int) -> Unquoted | None:
    """«запускаем курсы сиделок»: a service that is opened and owns a figure."""
    if lemma(prose.words[at]) not in load("projects")["openable"] or _adjectives(prose, at):
        return None
    if conditional(prose, at)[0] == "authority":
        return None  # «служба занятости»
    last = complemented(prose, at)
    if last <= at + 1 or _named_after(prose, last):
        return None
    before = prose.words[max(0, at - 3) : at]
    if not any(f.lemma in _OPENS for w in before for f in w.forms):
        return None
    tail = plain(prose.text[prose.words[at].stop : prose.words[last - 1].stop])
    noun = _plural_nominative(prose.words[at])
    return Unquoted(
        prose.words[at].start, prose.words[last - 1].stop, f"{noun} {tail}", "service", "opened", sure=False
    )


_DASHES = frozenset("–—-")


def explained(prose: Prose, at: int) -> Unquoted | None:
    """«открылся новый проект – группа дневного пребывания»: the project is what stands after the dash."""
    first = at + 2
    if lemma(prose.words[at]) != "проект" or first >= len(prose.words) or not near(prose, at, at + 1):
        return None
    if prose.words[at + 1].text not in _DASHES or not near(prose, at + 1, first):
        return None
    before = prose.words[max(0, at - 5) : at]
    if not (
        before and before[-1].lemma == "новый" and any(f.lemma in _OPENS for w in before for f in w.forms)
    ):
        return None
    head, kind = first, kind_of(prose.words[first])
    last = complemented(prose, head)
    if kind is None or last <= head + 1 or _named_after(prose, last) or not is_nominative(prose.words[head]):
        return None
    return _made(prose, [], head, last, kind, "explained", sure=True)


def _plural_nominative(word: Token) -> str:
    """«курсы» stays plural: the number in which the service is spoken of."""
    if any(case in {"nomn", "accs"} for case, number, _ in noun_forms(word.text) if number == "plur"):
        return word.text[:1].upper() + word.text[1:]
    made = to_nominative([], word.text)
    noun = made[1] if made else word.text
    return noun[:1].upper() + noun[1:]


def set_off(prose: Prose, at: int) -> Unquoted | None:
    """«школы «мягких» навыков»: the word set off belongs to the name."""
    last = _take_scare(prose, at, at + 1) if at + 1 < len(prose.words) else at + 1
    if last == at + 1 or kind_of(prose.words[at]) != "service":
        return None
    noun = lemma(prose.words[at])
    tail = plain(prose.text[prose.words[at + 1].start : prose.words[last - 1].stop])
    name = f"{noun[:1].upper()}{noun[1:]} {tail}"
    return Unquoted(prose.words[at].start, prose.words[last - 1].stop, name, "service", "set_off", sure=False)


_TAG = re.compile(r"#(\w{3,60})")
TAG_NEAR = 40  # characters
_TAG_GIVEN = any_case(  # «Акцию назвали #Х», «Марафон под названием #Х»
    r"^[ \u00a0](?:мы[ \u00a0])?(?:назвали|называ[её]тся|называют|назов[её]м|под[ \u00a0]названием|название)"
    r"[ \u00a0:–—-]{1,3}(?=#)"
)


_BARE_HEADS = frozenset(
    {
        "проект",
        "программа",
        "акция",
        "форум",
        "фестиваль",
        "конкурс",
        "технология",
        "марафон",
        "чемпионат",
        "клуб",
        "служба",
        "нацпроект",
        "госпрограмма",
        "подпрограмма",
        "пилот",
        "услуга",
        "слёт",
        "инициатива",
    }
)


def bare(prose: Prose, at: int) -> Unquoted | None:
    """«проект Тёплый дом», «программа ЗАБОТА»: a name in capitals whose quotation marks were lost."""
    kind = kind_of(prose.words[at])
    first = at + 1
    if lemma(prose.words[at]) not in _BARE_HEADS or kind is None or not near(prose, at, first):
        return None
    word = prose.words[first]
    if kind == "program" and word.text.isascii():
        return None  # «ролики в программе CapCut»
    if prose.words[at].text.isupper() and word.text.isupper():
        return None  # «КОНКУРС ПРОФМАСТЕРСТВА»: the whole line is in capitals
    named = _is_call(word) or (_may_name(prose, word) and _may_be_nominative(word))
    if not named or _is_of_organisation(prose, at):
        return None
    last = _end_of_bare(prose, first)
    if last == first + 1 and (len(word.text) < 4 or _needs_more(word)):
        return None
    name = plain(prose.text[word.start : prose.words[last - 1].stop])
    return Unquoted(word.start, prose.words[last - 1].stop, name, kind, "bare", sure=True)


def _is_call(word: Token) -> bool:
    """«программа Спешите делать добро»."""
    return word.has("VERB", "impr") and word.text[:1].isupper()


def _is_act(word: Token) -> bool:
    """«программа Развитие транспортной системы»."""
    return word.lemma in load("projects")["acts"]


def _needs_more(word: Token) -> bool:
    """«Развитие», «Спешите», «Программы»: no name by itself."""
    return _is_act(word) or _is_call(word) or kind_of(word) is not None


def _end_of_bare(prose: Prose, first: int) -> int:
    """Index after the name whose quotation marks were lost and that begins at word `first`."""
    words = prose.words
    if _is_act(words[first]):
        return complemented(prose, first)
    called = _is_call(words[first])
    last = first + 1
    while (
        last < len(words)
        and last < first + 6
        and near(prose, last - 1, last)
        and (_continues_name(prose, first, last) or (called and words[last].forms[0].pos in _OF_A_CALL))
    ):
        last += 1
    return last


_OF_A_CALL = frozenset({"INFN", "NOUN", "ADJF", "ADVB", "PREP"})


def _is_of_organisation(prose: Prose, at: int) -> bool:
    """«фонд поддержки инициатив Опора»: the name is the organisation's."""
    return any(
        org_type(lemma(w)) is not None
        and kind_of(w) is None
        and prose.same_block(w.start, prose.words[at].start)
        for w in prose.words[max(0, at - 5) : at]
        if w.text[:1].isalpha()
    ) and prose.words[at].has("NOUN", "gent", "plur")


def _may_name(prose: Prose, word: Token) -> bool:
    """Capitalised, and neither a person nor a place nor an organisation."""
    if (
        not word.text[:1].isupper()
        or not word.text.isalpha()
        or legal_type(word.text)
        or is_ministry(word.text)
    ):
        return False
    if any(org_type(f.lemma) for f in word.forms) or any(
        f.grammemes & {"Name", "Surn", "Patr", "Geox"} for f in word.forms[:1]
    ):
        return False
    return not prose.doc.names_in(word.start, word.stop) and not same_place(word.text)


def _may_be_nominative(word: Token) -> bool:
    """A name stays in the nominative after its kind word; «службы Детского телефона» is no such name."""
    forms = adjective_forms(word.text) | noun_forms(word.text)
    return not forms or any(case == "nomn" for case, _, _ in forms)


def _continues_name(prose: Prose, first: int, at: int) -> bool:
    """A word of the name: as capitalised as the first, or a noun phrase that goes on from it."""
    word, previous = prose.words[at], prose.words[at - 1]
    if prose.words[first].text.isupper():
        return word.text.isupper() and word.text.isalpha()
    if word.text[:1].isupper():
        return _may_name(prose, word)
    best = word.forms[0]
    if best.pos not in {"NOUN", "ADJF"}:
        return False
    return bool(agree(previous.text, word.text)) or previous.forms[0].pos == "PREP"


def hashtag(prose: Prose, at: int) -> Unquoted | None:
    """«акция #МыВместе»: a hashtag that is the name."""
    word = prose.words[at]
    kind = kind_of(word)
    if kind is None:
        return None
    start = word.stop + 1
    named = _TAG_GIVEN.search(prose.text[word.stop : word.stop + TAG_NEAR])
    if named is not None:
        start = word.stop + named.end()
    for after in prose.words[at + 1 : at + 7]:  # «акция взаимопомощи во время пандемии #МыВместе»
        if prose.text[start : start + 1] == "#" or not _complements(after):
            break
        start = after.stop + 1
    match = _TAG.match(prose.text, start)
    if match is None:
        return None
    return Unquoted(start, match.end(), match[1], kind, "hashtag", sure=True)


def _complements(word: Token) -> bool:
    return (
        word.has("NOUN", "gent") or word.has("ADJF", "gent") or word.text in {"во", "время", "на", "период"}
    )


def _named_after(prose: Prose, last: int) -> bool:
    if last + 1 < len(prose.words) and prose.words[last].text in {"-", "–", "—"}:
        last += 1  # «клуб для мам – «X»»
    return last < len(prose.words) and prose.words[last].text in {"«", '"', "“", "„"}


def _leads(prose: Prose, at: int) -> bool:
    block = prose.block(prose.words[at].start)
    return block is not None and block.kind in {"title", "lead", "heading"}


def _made(
    prose: Prose, adjectives: list[int], at: int, last: int, kind: ProjectKind, rule: str, *, sure: bool
) -> Unquoted | None:
    name = _name(prose, adjectives, at, last)
    if name is None:
        return None
    first = adjectives[0] if adjectives else at
    return Unquoted(prose.words[first].start, prose.words[last - 1].stop, name, kind, rule, sure)


UNQUOTED_RULES: tuple[Rule, ...] = (hashtag, bare, pilot, levelled, explained, opened, set_off)
