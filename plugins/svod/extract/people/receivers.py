"""Whom counted things and sums are for: the group that the sentence names as receiving them.

In the dative, after «для», as the owner or the visited of what is counted.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from svod.extract.figures.context import Spot, is_predicate
from svod.extract.figures.counted import Counted, substantive, unit_lemma
from svod.extract.people.audience import ORDER, groups_in
from svod.extract.people.person_units import PERSONS, group_of_unit, in_things
from svod.extract.people.told_of import description, first_named, group_of_phrase
from svod.extract.words.adjectives import is_adjectival_or_quote
from svod.extract.words.screened import Screened
from svod.language.document import Token
from svod.models import Beneficiary

_FOR_WHOM = re.compile(r"(?<![а-яё])(?:для|среди)[ \u00a0]+((?:[^\s,.;:()]+[ \u00a0]?){1,6})")
_FOR = re.compile(r"(?<![а-яё])(?:для|среди|у|от)[ \u00a0]+((?:[^\s,.;:()]+[ \u00a0]?){1,6})")


def receiver(spot: Spot, counted: Counted | None) -> Beneficiary | None:
    """For counted things: the group that the sentence names as receiving them, in the dative or after
    «для».
    """
    own, of_others = _from_whom(spot)
    if own is not None:
        return own
    found: list[Beneficiary] = []
    head = counted.end if counted else spot.number.end
    clause = spot.scene.tokens[spot.clause.first].start
    for m in _FOR.finditer(spot.clause_text):
        if clause + m.start() not in of_others:
            named = groups_in(f"для {_up_to_preposition(m.group(1))}")
            found += [
                g for g in named if g != "institutions" or m[0][0] != "у"
            ]  # «квартир у организации три»
    opening = _opening(spot)
    at = spot.number.start - opening
    for m in _FOR_WHOM.finditer(spot.sentence_text):
        counted_there = m.group(1)[:1].isdigit() and not m.start() <= at < m.end()
        # «провели 86 уроков для 230 школьников, посадили 600 сосен»
        if not counted_there and not _of_further_figure(spot, opening + m.start()):
            found += groups_in(f"для {_up_to_preposition(m.group(1))}")
    words = spot.scene.words(spot.clause)
    for i, token in enumerate(words):
        group = _dative_group(token)
        if group and not _after_preposition(words, i):
            found.append(group)
            found += groups_in(" ".join(t.text for t in words[max(0, i - 2) : i + 7]))
    found += _genitive_owner(spot, head) or _visited(spot, head) or _visitors(spot, counted) or _of_list(spot)
    if not found and _is_handed_over(spot):
        found.append("institutions")
    found = [g for g in found if g != "general"] or found
    if found:
        return min(found, key=ORDER.index)
    if counted is not None and _BY_VOLUNTEERS.search(description(spot, counted).lower()):
        return "volunteers"  # «наработали 8 214 добровольческих часов»
    if counted is not None and in_things(counted.lemma):
        return None
    turned = next((g for step in _TURNED_TO if (g := step(spot)) in _SERVED), None)
    return turned or _for_anyone(spot) or _for_bodies(spot)


_FROM_EACH = re.compile(  # «от детей – 120», «3 тысячи – от родителей», «19 893 от детей»
    r"(?<![а-яё])(?:от|для)[ \u00a0](?P<left>[а-яё][а-яё \u00a0-]{2,60}?)[ \u00a0]?[:–—-][ \u00a0]"
    r"(?:[а-яё]+[ \u00a0])?(?=\d)|"
    r"\d(?:[ \u00a0](?:тыс[а-яё.]*|млн))?[ \u00a0](?:[–—-][ \u00a0])?"
    r"(?P<from>(?:от|для)[ \u00a0](?P<right>[а-яё-]+(?:[ \u00a0][а-яё-]+){0,3}))",
)


def _from_whom(spot: Spot) -> tuple[Beneficiary | None, frozenset[int]]:
    """The group that the words beside a figure of a list say its things to come from or to be for, and where
    those words stand beside the others.
    """
    opening = _opening(spot)
    low = spot.sentence_text.lower()
    others = set[int]()
    for m in _FROM_EACH.finditer(low):
        right = m["right"] is not None
        place = opening + (m.start("from") if right else m.start())
        near = opening + (m.start() if right else m.end())
        if spot.number.start <= near <= spot.number.end:
            groups = groups_in(first_named(m["right"] if right else m["left"]))
            return min(groups, key=ORDER.index, default=None), frozenset()
        others.add(place)
    return None, frozenset(others)


def _of_further_figure(spot: Spot, at: int) -> bool:
    """«нарубили 84 кубометра дров, связали триста пар носков для бойцов»: whoever is named `at` that place
    receives what another verb counts.
    """
    between = spot.scene.doc.tokens_in(spot.number.end, at)
    counts = any(t.text[:1].isdigit() or (t.forms and t.forms[0].pos == "NUMR") for t in between)
    return counts and any(is_predicate(t) for t in between)


_HOMES = frozenset("дом интернат дом-интернат центр отделение приют".split())


def _for_anyone(spot: Spot) -> Beneficiary | None:
    """«31 посылка для пациентов», «уровень бедности среди получателей»: people of whom no more is said."""
    of_share = spot.is_share or spot.number.form not in ("plain", "range")
    marks = ("для", "среди") if of_share else ("для",)
    words = spot.scene.words(spot.clause)
    for i, token in enumerate(words[:-1]):
        if token.text.lower() in marks and not (i and words[i - 1].lemma in _HOMES):
            group = group_of_phrase(words[i + 1 :], "gent")
            if group in _SERVED:
                return group
    return None


_SERVED = PERSONS - {"specialists", "volunteers"}
_MET = frozenset(
    "провести проводить отработать заключить подписать работать заниматься состояться пройти".split()
)
_TOGETHER = frozenset("вместе совместно сообща наряду рядом вкупе".split())
_GOING = frozenset(
    "ездить съездить выезжать выехать приезжать приехать ходить сходить прийти приходить отправляться "
    "отправиться заходить летать наведываться заглядывать заезжать".split()
)
_GAINED = frozenset("получить получать взять брать оформить оформлять приобрести выиграть забрать".split())
_PURPOSE = frozenset({"на", "под"})
_CARE = frozenset("воспитание учёт попечение усыновление сопровождение база территория".split())
_FAR = 60  # words in which a pronoun's noun is looked for


def _met_with(spot: Spot) -> Beneficiary | None:
    """«провели с особенными детьми 61 тысячу часов», «18 раз ездили к бабушкам»."""
    words = spot.scene.words(spot.clause)
    for i, token in enumerate(words):
        low = token.text.lower()
        with_whom = low in ("с", "со") and spot.verbs & _MET
        if with_whom and not (i and words[i - 1].lemma in _TOGETHER):
            group = group_of_phrase(words[i + 1 :], "ablt")
        elif low in ("к", "ко") and spot.verbs & _GOING:
            group = group_of_phrase(words[i + 1 :], "datv")
        else:
            continue
        if group in _SERVED:
            return group
    return None


def _gaining_subject(spot: Spot) -> Beneficiary | None:
    """«семьи получили 163 единицы техники»."""
    if not spot.verbs & _GAINED:
        return None
    words = spot.scene.words(spot.clause)
    for i, token in enumerate(words):
        if token.has("NOUN", "nomn", "plur") and not token.has("NOUN", "gent", "plur"):
            group = group_of_phrase(words[i:], "nomn")
            if group in _SERVED:
                return group
    return None


def _purpose(spot: Spot) -> Beneficiary | None:
    """«на лечение детей направлено …», «под нужды колясочников»: the genitive after the purpose."""
    words = spot.scene.words(spot.clause)
    for i, token in enumerate(words):
        if token.text.lower() not in _PURPOSE or words[min(i + 1, len(words) - 1)].lemma in _CARE:
            continue
        for k in range(i + 1, min(i + 7, len(words))):
            word = words[k]
            if is_predicate(word) or not word.text[:1].isalpha() or word.forms[0].pos == "PREP":
                break
            inhabitants = k > i + 1 and word.lemma == "население"  # «на поддержку населения»
            whom = k == i + 1 and word.has("NOUN", "anim", "plur", "accs")  # «выплаты на детей»
            if inhabitants or whom or (k > i + 1 and word.has("gent", "plur")):
                group = "general" if inhabitants else group_of_phrase(words[k:], "gent")
                if group in _SERVED:
                    return group
    return None


def _stood_for(spot: Spot) -> Beneficiary | None:
    """«им оказано 300 услуг», «для них выполнено …»: the nearest plural of people before the pronoun."""
    tokens = spot.scene.tokens
    for i in range(spot.clause.first, spot.clause.last):
        if spot.scene.bracket(i) != spot.bracket:
            continue
        if tokens[i].text.lower() != "им" and not (
            tokens[i].text.lower() in ("них", "ними", "ним")
            and i
            and tokens[i - 1].text.lower() in ("для", "с", "к")
        ):
            continue
        start = spot.scene.doc.token_index(spot.block.start)
        for k in range(i - 1, max(start, i - _FAR) - 1, -1):
            if tokens[k].has("NOUN", "plur") and tokens[k].forms[0].pos == "NOUN":
                group = group_of_unit(unit_lemma(tokens[k].text))
                if group in _SERVED:
                    return group
    return None


def _given_on(spot: Spot) -> Beneficiary | None:
    """«собрано 3 тонны продуктов, их развезли одиноким пенсионерам»: whom the next clause gives them to."""
    words = [t for t in spot.right if t.text[:1].isalpha() or t.text == ","]
    at = next((i for i, t in enumerate(words) if t.text.lower() in ("их", "которые")), None)
    if at is None or at == 0 or words[at - 1].text != ",":
        return None
    for i in range(at + 1, min(at + 8, len(words))):
        if words[i].has("datv", "plur") and not _after_preposition(words, i):
            return group_of_phrase(words[i:], "datv")
    return None


_LABEL = Screened(r"^[^а-яё\d]*([а-яё][^.;:\d]{2,80}?)[ \u00a0]?[:–—-][ \u00a0]?(?:[а-яё]+[ \u00a0])?$")


def _label_of_item(spot: Spot) -> Beneficiary | None:
    """«- Дети и подростки – 13 206 звонков»: the group that an item of a list begins with."""
    label = _LABEL.search(spot.left_text) if spot.block.kind == "list_item" else None
    if label is None or spot.sentence.first != spot.scene.doc.token_index(spot.block.start):
        return None
    words = spot.scene.doc.tokens_in(spot.block.start, spot.number.start)
    named = next((t for t in words if t.forms and t.forms[0].pos == "NOUN"), None)
    if named is None or not named.has("NOUN", "nomn", "plur"):
        return None
    return group_of_phrase(words[words.index(named) :], "nomn")


_TURNED_TO = (_label_of_item, _met_with, _gaining_subject, _purpose, _stood_for, _given_on)


def _for_bodies(spot: Spot) -> Beneficiary | None:
    """«для библиотек района куплено 300 книг»."""
    words = spot.scene.words(spot.clause)
    for i, token in enumerate(words[:-1]):
        if token.text.lower() != "для":
            continue
        noun = next((t for t in words[i + 1 : i + 5] if t.forms and t.forms[0].pos == "NOUN"), None)
        if noun is not None and noun.has("NOUN", "gent", "plur"):
            return "institutions" if group_of_unit(unit_lemma(noun.text)) == "institutions" else None
    return None


_TRANSFER = frozenset("передать подарить вручить получить закупить приобрести доставить отправить".split())


def _is_handed_over(spot: Spot) -> bool:
    """«Городской больнице переданы 12 аппаратов», «детский дом получил 14 компьютеров»."""
    verbs = {t.forms[0].lemma for t in spot.predicates}
    if not verbs & _TRANSFER:
        return False
    case = "nomn" if "получить" in verbs else "datv"
    words = [t for t in spot.scene.words(spot.clause) if t.start < spot.number.start and t.forms]
    return any(
        t.forms[0].pos == "NOUN" and t.has("NOUN", case, "sing") and group_of_unit(t.lemma) == "institutions"
        for t in words
    )


def _up_to_preposition(text: str) -> str:
    return re.split(r"[ \u00a0](?:в|на|из|к|о|об|по|с|при)[ \u00a0]", text)[0]


def _dative_group(token: Token) -> Beneficiary | None:
    for form in token.forms[:3]:
        if (
            form.pos in ("NOUN", "ADJF", "PRTF")
            and "datv" in form.grammemes
            and "plur" in form.grammemes
            and form.score > 0.2
        ):
            own = group_of_unit(form.lemma) or next(iter(groups_in(token.text)), None)
            return own or group_of_unit(substantive(token) or "")
    return None


def _after_preposition(words: Sequence[Token], i: int) -> bool:
    for k in range(i - 1, max(-1, i - 4), -1):
        pos = words[k].forms[0].pos if words[k].forms else ""
        if pos == "PREP":
            return True
        if pos not in ("ADJF", "PRTF"):
            return False
    return False


_TOWARDS = Screened(
    r"[ \u00a0](?:(?:к|ко|с|со|над)[ \u00a0]((?:[^\s,.;:()]+[ \u00a0]?){1,5})|"
    r"в[ \u00a0]((?:[а-яё]+[ \u00a0]){0,2}сем(?:ь[юиея]|ьях)(?![а-яё])(?:[ \u00a0][^\s,.;:()]+){0,2}))"
)
_BY_VOLUNTEERS = Screened(r"(?<![а-яё])(?:добровольческ|волонт[её]рск)(?:ий|их|ого|им|ими|ие)(?![а-яё])")
_VISITED = Screened(  # «провели 18 встреч, их посетили 340 школьников»
    r",[ \u00a0](?:а[ \u00a0]|и[ \u00a0])?(?:"
    r"(?:их|которые)[ \u00a0](?:уже[ \u00a0])?(?:посети|посеща|прошл|освои|увиде|посмотре|прослуша)[а-яё]*|"
    r"(?:посети|посеща|прошл|освои|увиде)[а-яё]*[ \u00a0]их|"
    r"(?:на|в|во)[ \u00a0](?:них|которых|которые|нём|ней|которой|котором)[ \u00a0]"
    r"(?:уже[ \u00a0])?(?:побывал|приш|приходи|ход[ия]|собрал|занима|присутствова|участвова|участвую|"
    r"приняли участие|отдохнул)[а-яё]*)[ \u00a0]"
)


def _visited(spot: Spot, head: int) -> list[Beneficiary]:
    """«58 выездов к пожилым людям», «40 занятий с подростками»: whom the counted acts are turned to."""
    met = _TOWARDS.match(spot.scene.text[head : head + 60])
    if met is None:
        return []
    own = _up_to_preposition(re.sub(r"^\d[\d ]*", "", met.group(1) or met.group(2)))
    return [g for g in groups_in(own) if g in _SERVED]


def _visitors(spot: Spot, counted: Counted | None) -> list[Beneficiary]:
    """«38 занятий …, посещали их 27 детей», «провели 34 встречи, на них побывали 540 школьников»."""
    met = _VISITED.search(spot.scene.text_of(spot.sentence)[spot.number.end - _opening(spot) :].lower())
    if met is None or (counted is not None and counted.lemma in _FORMED):
        return []
    at = spot.scene.doc.token_index(spot.number.end + met.end())
    for token in spot.scene.tokens[at : min(at + _NEAR, spot.sentence.last)]:
        if token.forms and token.forms[0].pos == "NOUN":
            group = group_of_unit(unit_lemma(token.text))
            return [group] if group in _SERVED and group != "general" else []
    return []


def _opening(spot: Spot) -> int:
    return spot.scene.tokens[spot.sentence.first].start


_FORMED = frozenset("группа класс отряд секция кружок клуб".split())  # consist of whoever comes
_NEAR = 6  # tokens from the verb to the visitors


def _of_list(spot: Spot) -> list[Beneficiary]:
    """«Семьям мобилизованных помогали: дрова – 214 дворов; …»: whom a list's head names as given to."""
    if spot.block.kind != "list_item" or spot.block.head is None:
        return []
    head = spot.scene.block(spot.block.head)
    if head.kind != "list_head":
        return []
    words = spot.scene.doc.tokens_in(head.start, head.end)
    for i, token in enumerate(words):
        group = _dative_group(token)
        if group in _SERVED and not _after_preposition(words, i):
            return [group_of_phrase(words[i:], "datv") or group]
    return served(spot.scene.text[head.start : head.end].lower())


def _genitive_owner(spot: Spot, head: int) -> list[Beneficiary]:
    """«двести поручений одиноких стариков», «обращений семей»: the genitive right after the counted noun."""
    tokens = spot.scene.doc.tokens_in(head, head + 60)
    for k, token in enumerate(tokens[:4]):
        if is_adjectival_or_quote(token) and k < 3:
            continue
        if k == 0 and token.has("NOUN", "ablt", "plur"):  # «посещений людьми с инвалидностью»
            rest = spot.scene.text[token.start : min(token.start + 50, max(spot.number.start, token.stop))]
            visitors: list[Beneficiary] = [g for g in groups_in(rest) if g in PERSONS - {"specialists"}]
            return visitors[:1]
        if token.text[:1].isalpha() and token.has("NOUN", "gent", "plur"):
            group = group_of_unit(token.forms[0].lemma)
            if group == "general":
                described = groups_in(spot.scene.text[tokens[0].start : token.stop + 24])
                return [g for g in described if g in _SERVED][:1]
            return [group] if group in PERSONS else []
        break
    return []


def served_by(label: str) -> list[Beneficiary]:
    """«перевозок маломобильных граждан», «из них от детей и подростков, %»: whom a row's label says to be
    served: after «от» or «для», or in the genitive behind the counted things.
    """
    low = label.lower()
    marked = re.split(r"(?<![а-яё])(?:от|для)\s", low, maxsplit=1)
    if len(marked) > 1:
        return groups_in(marked[1])
    return [g for g in groups_in(re.split(r"[,(]", low)[0]) if g in _SERVED]


_GAINS = Screened(r"(?<![а-яё])(?:получ(?:ат|ит|или|ил|ают)|заработа|объ[её]м поддержки|поддержано)")


def money_receiver(spot: Spot) -> Beneficiary | None:
    """«НКО региона получат 41,3 млн рублей», «пожилым людям доставлено … на 1,2 млн»: whose the sum is."""
    words = spot.scene.words(spot.clause)
    given = [
        group
        for i, token in enumerate(words)
        if (token.start < spot.number.start or _handed_to(words, i))
        and not _after_preposition(words, i)
        and (group := _dative_group(token)) in PERSONS
    ]
    if given:
        return next((g for g in given if g != "general"), "general")
    marked = [g for m in _FOR_WHOM.finditer(spot.clause_text) for g in groups_in(_up_to_preposition(m[1]))]
    aimed = next((g for g in marked if g in _SERVED), None) or _purpose(spot) or _stood_for(spot)
    if aimed is not None:
        return aimed
    if not _GAINS.search(spot.sentence_text):
        return None
    groups = groups_in(spot.clause_text)
    first = next((g for g in groups if g in ("institutions", "families")), None)
    earners = [t for t in words if t.start < spot.number.start and t.has("NOUN", "nomn", "plur")]
    own = next((g for t in earners if (g := group_of_unit(t.lemma)) in PERSONS - {"general"}), None)
    return first or own


def _handed_to(words: Sequence[Token], i: int) -> bool:
    """«13,5 млн рублей ушло на пособия труженикам тыла», «1,5 млн отдали дружинам»: after such a verb."""
    return any(t.forms and t.forms[0].lemma in _GIVING for t in words[:i])


_GIVING = frozenset(
    "уйти пойти направить отдать перечислить выплатить передать выделить достаться поступить потратить "
    "израсходовать предоставить".split()
)


def served(text: str) -> list[Beneficiary]:
    """Persons that the words after «для» name."""
    found = [g for m in _FOR_WHOM.finditer(text) for g in groups_in(f"для {_up_to_preposition(m.group(1))}")]
    return [g for g in found if g in PERSONS - {"specialists"}][:1]
