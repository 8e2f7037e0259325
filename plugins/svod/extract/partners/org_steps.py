"""What may follow the head noun of an organisation's name, one small step a construction.

A step is given the words and an index and says how many words more belong to the name.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from svod.extract.layout.prose import Prose
from svod.extract.layout.quotes import Quote
from svod.extract.lexicon import load
from svod.extract.partners.org_seats import (
    and_around,
    take_around,
    take_municipality,
    take_seat,
    take_town,
)
from svod.extract.partners.org_words import is_legal_form, is_university, legal_type, org_type
from svod.extract.publication.places import keys, same_place
from svod.extract.words.declension import CASES, agree, noun_forms
from svod.extract.words.noun_phrases import (
    agrees,
    cases_of,
    is_adjective_in,
    is_people,
    near,
    noun_lemma,
    noun_phrase,
    substantives,
)

_INITIALS = re.compile(r"[А-ЯЁ]\.\s?[А-ЯЁ]\.")
_INITIAL = re.compile(r"^[А-ЯЁ]\.?$")


_SETTLEMENTS = frozenset({"город", "село", "посёлок", "станица", "деревня", "пгт"})


Step = Callable[[Prose, int, int], int]


def take_quote(prose: Prose, head: int, at: int) -> int:
    quote = prose.quote_at(prose.words[at].start)
    if quote is None or not near(prose, at - 1, at) or _is_word_set_off(prose, quote):
        return at
    return prose.index(quote.end)


def _is_word_set_off(prose: Prose, quote: Quote) -> bool:
    """«центр «старшего» поколения»: an adjective of the next word, not a name."""
    words = prose.slice(quote.inner, quote.stop)
    return len(words) == 1 and words[0].text.islower() and words[0].has("ADJF")


def take_number(prose: Prose, head: int, at: int) -> int:
    if prose.words[at].text == "№" and at + 1 < len(prose.words) and prose.words[at + 1].text[:1].isdigit():
        return at + 2
    return at


def take_eponym(prose: Prose, head: int, at: int) -> int:
    """«имени А. С. Пушкина», «им. Строгановых»."""
    if prose.words[at].text.casefold() not in {"имени", "им"}:
        return at
    k = at + 1
    words = prose.words
    while k < len(words) and k < at + 10 and near(prose, k - 1, k):
        text = words[k].text
        dot = text == "." and (
            words[k - 1].text.casefold() == "им" or _INITIAL.match(words[k - 1].text) is not None
        )
        rank = k == at + 1 and text.islower() and words[k].has("NOUN", "anim", "gent")  # «имени адмирала …»
        particle = k > at + 1 and text in {"де", "дю", "ла", "фон", "ван", "дер"}  # «имени Шарля де Голля»
        if not (dot or rank or particle or text[:1].isupper()) or prose.quote_at(words[k].start):
            break
        k += 1
    return k if k > at + 1 else at


def take_republic(prose: Prose, head: int, at: int) -> int:
    """«Республики Карелия»: the name after «республика» need not agree."""
    word = prose.words[at]
    after = prose.words[at - 1].lemma == "республика" and word.text[:1].isupper()
    after = after and (same_place(word.text) or not word.has("Name"))  # «министр труда республики Алсу …»
    return at + 1 if after and at > head + 1 and near(prose, at - 1, at) else at


def take_surname(prose: Prose, head: int, at: int) -> int:
    """«фонда Марины Седых»: the surname behind the first name need not agree."""
    words = prose.words
    if at != head + 2 or noun_lemma(words[head]) != "фонд" or not words[at - 1].has("Name", "gent"):
        return at
    surname = words[at].text
    return at + 1 if surname.istitle() and surname.isalpha() and near(prose, at - 1, at) else at


def take_legal(prose: Prose, head: int, at: int) -> int:
    """A form of several words: «БУ СО ВО «…»», «СПб БОО «…»»; «Отделение СФР», «отдел ГО и ЧС»."""
    word = prose.words[at].text
    if [w.text for w in prose.words[at - 1 : at + 2]] == ["ГО", "и", "ЧС"]:
        return at + 2
    if at > head + 1 and re.match(r"^[А-ЯЁ]{2,4}-[А-ЯЁ][а-яё]+$", word) and near(prose, at - 1, at):
        return at + 1  # «РСО-Алания»
    if is_university(word) and near(prose, at - 1, at):
        return at + 1
    if not (word.isupper() and 2 <= len(word) <= 8 and word.isalpha() and near(prose, at - 1, at)):
        return at
    return at if _next_body(prose, head, at) else at + 1


def _next_body(prose: Prose, head: int, at: int) -> bool:
    """«администрацией района МКОУ «X»»: a legal form behind an authority begins another's name."""
    other = legal_type(prose.words[at].text) not in (None, "authority")
    return other and at > head + 1 and prose.words[head].lemma in _RULERS


_RULERS = frozenset("администрация правительство министерство департамент мэрия дума".split())


def take_headed(prose: Prose, head: int, at: int) -> int:
    """«АНО Центр помощи …», «БФ Тёплый дом»: what a legal form stands before, in the nominative."""
    words = prose.words
    if at != head + 1 or not is_legal_form(words[head].text) or not near(prose, at - 1, at):
        return at
    if not words[at].text[:1].isupper() or words[at].text.isupper():
        return at
    k = at
    while k + 1 < len(words) and k < at + 3 and near(prose, k, k + 1) and words[k].forms[0].pos == "ADJF":
        k += 1
    noun = words[k]
    if not all(agree(w.text, noun.text) for w in words[at:k]):
        return at
    if not any(case == "nomn" for case, _, _ in noun_forms(noun.text)) or noun.forms[0].pos != "NOUN":
        return at
    named = org_type(noun_lemma(noun)) is not None or legal_type(words[head].text) in _BARE
    person = noun.forms[0].grammemes & {"Surn", "Name", "Geox"}
    return k + 1 if named and not person else at


_BARE = frozenset({"ngo", "foundation"})  # forms behind which a name may stand without quotation marks


def take_bracketed(prose: Prose, head: int, at: int) -> int:
    """«организация (АНО) «Светлый путь»»: the short form in brackets before the quoted name."""
    words = prose.words
    if at + 3 >= len(words) or [words[at].text, words[at + 2].text] != ["(", ")"]:
        return at
    short = words[at + 1].text
    return at + 3 if short.isupper() and len(short) <= 8 and prose.quote_at(words[at + 3].start) else at


def take_complement(prose: Prose, head: int, at: int) -> int:
    """A noun in the genitive (after «помощь», «содействие» in the dative) with the adjectives before it."""
    if not near(prose, at - 1, at) or _next_body(prose, head, at):
        return at
    if prose.words[at - 1].lemma in _SETTLEMENTS and prose.words[at].text[:1].isupper() and at > head + 1:
        return at + 2 if _two_words(prose, at) else at + 1
    words = prose.words
    taken = noun_phrase(prose, at, _governed(prose, at - 1), stop_at_person=True)
    placed = words[at - 1].lemma in _DIVISIONS or words[at - 2].lemma == "республика"
    if taken == at + 1 and words[head].lemma in _RULERS and placed:  # «администрации района семинаров»
        return taken if words[at].lemma in _DIVISIONS or words[at].text[:1].isupper() else at
    return at if taken > at and _heads_a_name(prose, head, taken) else taken


def _heads_a_name(prose: Prose, head: int, taken: int) -> bool:
    """«министерством образования премии «За вклад»»: the last noun is what the quoted name is of."""
    words = prose.words
    if taken >= len(words) or words[head].lemma not in _RULERS or prose.quote_at(words[taken].start) is None:
        return False
    return words[taken - 1].lemma in _NAMED


_NAMED = frozenset("премия конкурс программа проект акция грант фестиваль форум".split())


def _two_words(prose: Prose, at: int) -> bool:
    """«города Великие Луки», «города Нижний Тагил»."""
    words = prose.words
    return (
        words[at].forms[0].pos == "ADJF"
        and at + 1 < len(words)
        and near(prose, at, at + 1)
        and words[at + 1].text[:1].isupper()
        and words[at + 1].forms[0].pos == "NOUN"
    )


def take_apposed(prose: Prose, head: int, at: int) -> int:
    """«учреждение средняя школа № 5»: what it is, in the nominative behind the legal form in full."""
    words = prose.words
    if at != head + 1 or words[head].lemma not in {"учреждение", "организация", "предприятие"}:
        return at
    taken = noun_phrase(prose, at, ("nomn",))
    return taken if taken > at and org_type(noun_lemma(words[taken - 1])) is not None else at


def _governed(prose: Prose, before: int) -> tuple[str, ...]:
    if prose.words[before].lemma in {"помощь", "содействие", "поддержка", "служба", "услуга"}:
        return ("gent", "datv")
    return ("gent",)


def take_epithet(prose: Prose, head: int, at: int) -> int:
    """An adjective after its noun: «Преображения Господня»."""
    word = prose.words[at]
    if (
        at == head + 1
        or not word.text[:1].isupper()
        or not near(prose, at - 1, at)
        or word.forms[0].pos == "NOUN"
    ):
        return at
    return (
        at + 1 if is_adjective_in(word, ("gent",)) and agrees((word,), prose.words[at - 1], ("gent",)) else at
    )


def take_coordination(prose: Prose, head: int, at: int) -> int:
    """«труда, занятости и социальной защиты»: complements of one kind, the last after «и»."""
    if at == head + 1 or prose.words[at].text not in {",", "и"}:
        return at
    if prose.words[head].lemma == "фонд" and prose.words[at - 1].text == "грантов":
        return at  # «Фонда президентских грантов и министерства»
    cases = cases_of(prose.words[at - 1])
    k, closed = at, at
    while k < len(prose.words) and k < at + 16 and prose.words[k].text in {",", "и"}:
        taken = noun_phrase(prose, k + 1, cases, stop_at_person=True)
        if (
            taken == k + 1 and prose.words[head + 1].text == "по"
        ):  # «по работе с молодёжью и развитию туризма»
            taken = noun_phrase(prose, k + 1, ("datv",), stop_at_person=True)
        if taken == k + 1 or not (
            _same_sort(prose, at - 1, k + 1, taken) or _field_of_study(prose, head, k + 1, taken)
        ):
            return closed
        while (more := take_complement(prose, head, taken)) > taken:
            taken = more
        if prose.words[k].text == "и" or any(w.text == "и" for w in prose.words[k:taken]):
            closed = taken
        k = taken
    return closed


def _same_sort(prose: Prose, before: int, first: int, last: int) -> bool:
    """Things with things, people with people; no capital but of the armed forces, no further organisation."""
    if any(w.text[:1].isupper() and w.lemma not in _ARMED for w in prose.words[first:last]):
        return False
    noun, previous = prose.words[last - 1], prose.words[before]
    if org_type(noun_lemma(noun)) is not None and org_type(noun_lemma(previous)) is None:
        return False
    if all(any(case == "datv" for case, _, _ in noun_forms(w.text)) for w in (noun, previous)):
        return True  # «помощи семье и детям»
    people = is_people(previous) or previous.lemma in _KIN or previous.lemma in substantives()
    return people or not is_people(noun)


_KIN = frozenset({"семья"})  # «по вопросам семьи и детей»
_ARMED = frozenset({"вооружённый", "вооруженный"})
_SCHOOLS = frozenset("институт академия университет школа факультет колледж техникум".split())


def _field_of_study(prose: Prose, head: int, first: int, last: int) -> bool:
    """«Институт экономики и управления»: what is taught there."""
    words = prose.words
    alone = last == first + 1 and words[first].text == "управления"
    return alone and words[head].lemma in _SCHOOLS


_JOINED = frozenset({"работа", "взаимодействие", "связь", "сотрудничество", "борьба"})  # «по работе с …»


def take_preposition(prose: Prose, head: int, at: int) -> int:
    """«по социальной защите», «для умственно отсталых детей», «с ограниченной ответственностью»."""
    word = prose.words[at].text.casefold()
    if at + 1 >= len(prose.words) or not near(prose, at - 1, at):
        return at
    after = prose.words[at + 1]
    if word == "по":
        taken = noun_phrase(prose, at + 1, ("datv",))
        noun = prose.words[taken - 1].lemma if taken > at + 1 else ""
        if not noun or noun in load("organisations")["not_after_po"]:
            return at
        if prose.words[head].lemma in {"администрация", "правительство"} and noun not in _DIVISIONS:
            return at  # «постановление администрации района по поддержке …»
        return and_around(prose, taken) if after.text[:1].isupper() else taken
    if word == "для":
        if org_type(noun_lemma(prose.words[head])) == "authority":
            return at  # «депутаты Госсовета для ветеранов …»
        k = at + 1
        while k < len(prose.words) and prose.words[k].has("ADVB") and k < at + 3:
            k += 1
        taken = noun_phrase(prose, k, ("gent",))
        whom = prose.words[taken - 1].lemma if taken > k else ""
        named = whom in load("organisations")["groups"] or whom in substantives()
        return taken if named else at
    if word in {"с", "со"} and (
        after.lemma.startswith("ограничен")
        or prose.words[at - 1].lemma in _JOINED
        or prose.words[at - 1].lemma in load("organisations")["groups"]
    ):
        taken = noun_phrase(prose, at + 1, ("ablt",))
        return taken if taken > at + 1 else at
    return at


_DIVISIONS = frozenset("район округ город область край республика поселение посёлок".split())


def take_hardship(prose: Prose, head: int, at: int) -> int:
    """«поддержки детей в трудной жизненной ситуации»: in what those are whom it helps."""
    words = prose.words
    if words[at].text != "в" or words[at - 1].lemma not in load("organisations")["groups"]:
        return at
    taken = noun_phrase(prose, at + 1, ("loct",))
    return taken if taken > at + 2 and words[taken - 1].lemma == "ситуация" else at


def take_participle(prose: Prose, head: int, at: int) -> int:
    """«детей, оставшихся без попечения родителей»."""
    words = prose.words
    if words[at].text != "," or at + 3 >= len(words) or not words[at - 1].has("NOUN", "plur"):
        return at
    if (
        not any(
            f.pos == "PRTF"
            and "plur" in f.grammemes
            and f.grammemes & {c for c, _, _ in noun_forms(words[at - 1].text)}
            for f in words[at + 1].forms
        )
        or words[at + 2].forms[0].pos != "PREP"
    ):
        return at
    taken = noun_phrase(prose, at + 3, CASES)
    if taken == at + 3:
        return at
    return max(taken, take_complement(prose, head, taken)) if taken < len(words) else taken


_EPONYMOUS = frozenset({"фонд", "институт", "клиника", "госпиталь"})


def take_person(prose: Prose, head: int, at: int) -> int:
    """«Фонд Елены и Геннадия Тимченко»: a fund may bear a person's name."""
    words = prose.words
    if prose.words[head].lemma not in _EPONYMOUS or not near(prose, at - 1, at):
        return at
    k = at
    while k < len(words) and k < at + 6 and near(prose, k - 1, k):
        joins = words[k].text == "и" and k > at and k + 1 < len(words) and words[k + 1].text[:1].isupper()
        if not joins and not (
            words[k].text[:1].isupper() and words[k].has("NOUN", "gent") and is_people(words[k])
        ):
            break
        k += 1
    return k


def take_attached(prose: Prose, head: int, at: int) -> int:
    """«центр при храме Рождества Христова»."""
    words = prose.words
    if words[at].text != "при" or at + 1 >= len(words) or org_type(noun_lemma(words[head])) != "institution":
        return at
    host = next((f.lemma for f in words[at + 1].forms if f.pos == "NOUN" and "loct" in f.grammemes), "")
    return at + 2 if org_type(host) in {"institution", "other"} else at


def take_territory_tail(prose: Prose, head: int, at: int) -> int:
    """«Саха (Якутия)», «округа – Югры»."""
    words = prose.words
    if at + 1 >= len(words):
        return at
    named = words[at + 1].text[:1].isupper()
    if (
        words[at].text == "("
        and named
        and at + 2 < len(words)
        and words[at + 2].text == ")"
        and words[at - 1].text == "Саха"
    ):
        return at + 3
    if (
        words[at].text in {"–", "—", "-"}
        and named
        and keys(words[at + 1].text) & {"югра", "кузбасс", "алания"}
    ):
        return at + 2
    return at


def take_latin(prose: Prose, head: int, at: int) -> int:
    """«Центр – HELP Самара»: a name in Latin letters, perhaps with a town, after a dash."""
    words = prose.words
    k = at + 1 if words[at].text in {"–", "—", "-"} else at
    if k >= len(words) or not re.match(r"^[A-Z][A-Za-z-]+$", words[k].text):
        return at
    k += 1
    while k < len(words) and k < at + 5 and words[k].text[:1].isupper() and near(prose, k - 1, k):
        k += 1
    return k


def take_trader(prose: Prose, head: int, at: int) -> int:
    """«ИП Петросян», «ИП Кузнецова Анна», «ИП Шмаков А.В.»: the surname, perhaps the first name."""
    words = prose.words
    if words[head].text != "ИП" or not near(prose, at - 1, at):
        return at
    if at > head + 1 and (initials := _INITIALS.match(prose.text, words[at].start)) is not None:
        return prose.index(initials.end())
    if at > head + 2:
        return at
    text = words[at].text
    return at + 1 if len(text) > 2 and text[:1].isupper() and text[1:].islower() else at


def take_located(prose: Prose, head: int, at: int) -> int:
    """«Центр добровольчества в Лужском районе «Старт»»: where it is, between its kind and its name."""
    words = prose.words
    if (
        words[at].text not in {"в", "во", "на"}
        or at + 2 >= len(words)
        or not words[at + 1].text[:1].isupper()
    ):
        return at
    taken = noun_phrase(prose, at + 1, ("loct",))
    if taken == at + 1 or taken >= len(words) or not near(prose, taken - 1, taken):
        return at
    return take_quote(prose, head, taken) if take_quote(prose, head, taken) > taken else at


RIGHT_STEPS: tuple[Step, ...] = (
    take_trader,
    take_quote,
    take_headed,
    take_apposed,
    take_bracketed,
    take_number,
    take_eponym,
    take_person,
    take_complement,
    take_attached,
    take_republic,
    take_surname,
    take_epithet,
    take_municipality,
    take_legal,
    take_preposition,
    take_hardship,
    take_coordination,
    take_participle,
    take_territory_tail,
    take_seat,
    take_around,
    take_town,
    take_latin,
    take_located,
)
