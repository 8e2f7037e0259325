"""What a number counts that stands without a noun, found in the words before it.

Only asked when no noun beside the number, no label and no figure before gives the unit. The order: the phrase
it is taken from («из школьников двадцать пять …»), the pronoun («их подготовили шестьдесят две»), the
topic in the genitive («добровольцев, выходивших …, набралось триста девять»), money that was spent or given,
and at last people, of whom the verb speaks («там записались ещё 45»).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from svod.extract.figures.bare_sums import is_sum, stands_bare
from svod.extract.figures.context import Spot, Stretch, is_predicate
from svod.extract.figures.counted import Counted, in_list, noun_reading, unit_lemma
from svod.extract.figures.duplicates import Draft
from svod.extract.figures.groups_named import among, meant_for, of_whom
from svod.extract.figures.heads import first_plural
from svod.extract.figures.quantities import genitive_after
from svod.extract.figures.readings import Reading
from svod.extract.lexicon import load
from svod.extract.people.person_units import is_person
from svod.extract.words.agreement import agrees
from svod.extract.words.screened import Screened
from svod.language.document import Token

MAX_BACK = 3  # sentences that a figure may lend its unit over


def elided(spot: Spot, drafts: Sequence[Draft]) -> Reading | None:
    """The reading of a number without a noun beside it, or None."""
    number = spot.number
    if number.form not in ("plain", "range", "share", "every") or number.ending:
        return None
    if spot.is_share:
        counted = (
            _said_after(spot)
            or of_whom(spot)
            or pronoun(spot)
            or topic(spot)
            or _people(spot, drafts)
            or _everyone(spot, drafts)
            or _first_noun(spot)
        )
        return Reading("percent", counted.lemma, counted, None, "percent/discourse") if counted else None
    if not stands_bare(spot):
        return None
    if is_sum(spot, drafts):
        place = Counted("рубль", "money", number.start, number.end)
        return Reading("money", "рубль", place, None, "money/discourse")
    counted = (
        _done_things(spot)
        or of_whom(spot)
        or pronoun(spot)
        or topic(spot)
        or _run_in_head(spot)
        or _people(spot, drafts)
        or _object(spot)
    )
    if counted is None:
        return None
    return Reading("count", counted.lemma, counted, None, "count/discourse")


def rather_elided(spot: Spot, drafts: Sequence[Draft], reading: Reading) -> Reading | None:
    """A better reading than the unit of a figure in an earlier sentence: a sum, or people of whom the verb
    speaks, where that figure counts things («Прошло 40 встреч. Ещё 16 обучились осенью»).
    """
    other = elided(spot, drafts)
    group = among(spot)
    if group is not None:
        return Reading("count", group.lemma, group, None, "count/discourse")
    if other is None:
        return None
    if other.kind != "money" and is_person(reading.unit) and _done_things(spot) is None:
        return None
    verbs = {t.forms[0].lemma for t in spot.predicates}
    if other.unit == "человек" and reading.kind == "count" and verbs and verbs <= _OF_BOTH:
        return None  # «Выдано 86 колясок. Вернули 31»
    if other.unit == "человек" and _OF_THEM.search(spot.left_text):
        return None  # «Подано 118 проектов. Из них 24 получат поддержку»
    return other


_OF_BOTH = frozenset("снять вернуть принять поставить отобрать подготовить освободить".split())
_OF_THEM = Screened(r"(?<![а-яё])из[ \u00a0](?:них|которых)(?![а-яё])[^.;]*$")


def named_in_sentence(spot: Spot, since: int | None) -> Counted | None:
    """What the number's own sentence says is counted, after the figure at `since` if that stands in it."""
    if not stands_bare(spot):
        return None
    found = of_whom(spot) or topic(spot)
    return found if found is not None and (since is None or found.start > since) else None


_SO_MANY = Screened(r"[^.!?\n]{0,45}[.:!?;—–][ \u00a0]?столько[ \u00a0]")


def _said_after(spot: Spot) -> Counted | None:
    """«Тридцать восемь процентов. Столько наших выпускников …»: the next sentence names them."""
    end = spot.number.end
    found = _SO_MANY.match(spot.scene.text[end : end + 80].lower())
    if found is None:
        return None
    return genitive_after(spot.scene.doc.tokens_in(end + found.end(), end + found.end() + 60)[:4])


# --- a noun in the number's own sentence ----------------------------------------------------------------


def topic(spot: Spot) -> Counted | None:
    """A genitive plural that opens the sentence, before its relative clause and the verb, or one clause
    earlier («Волонтёров стало меньше: было 96»).
    """
    return _topic_of(spot, spot.sentence) or _topic_of(spot, spot.clause) or _changed_before(spot)


def _sentence_before(spot: Spot) -> Sequence[Token]:
    """The words of the sentence before, of the same block."""
    at = spot.scene.sentence_number(spot.first)
    if at == 0:
        return ()
    words = spot.scene.words(spot.scene.sentences[at - 1])
    return words if words and words[0].start >= spot.block.start else ()


def _run_in_head(spot: Spot) -> Counted | None:
    """«Возвраты. Случилось три», «Экскурсии. За лето состоялось 14»: the sentence before is a head of one
    plural noun.
    """
    before = _sentence_before(spot)
    if not before or len(before) > MAX_HEAD or before[-1].text != ".":
        return None
    found = first_plural(list(before), "discourse", "nomn")
    return found if found is not None and agrees(spot, found.lemma) else None


MAX_HEAD = 3  # words with the full stop


def _object(spot: Spot) -> Counted | None:
    """«Искали раскладушки по всему городу. Нашли шесть», «Мы просили кресла. Купили три»: a verb that lacks
    its object, and the plural that the sentence before had as one.
    """
    if not spot.left or not spot.left[0].has("VERB", "tran", "past", "plur"):
        return None
    if spot.scene.doc.token_index(spot.left[0].start) != spot.sentence.first:
        return None
    before = _sentence_before(spot)
    for k in range(len(before) - 1, 0, -1):
        token = before[k]
        reading = noun_reading(token.text, "accs", plural=True) if token.text[:1].isalpha() else None
        top = token.forms[0]
        if reading is None or top.pos != "NOUN" or "inan" not in reading.grammemes:
            continue
        plain = "plur" in top.grammemes and not top.grammemes.isdisjoint(("accs", "nomn"))
        if plain or before[k - 1].forms[0].pos not in ("NOUN", "PREP", "NUMR", "ADJF"):  # «просили кресла»
            return Counted(unit_lemma(token.text, reading), "discourse", token.start, token.stop)
    return None


_MORE_OR_LESS = Screened(
    r"(?:стало|становится|было)[ \u00a0](?:[а-яё]+[ \u00a0])?(?:меньше|больше)(?![а-яё])"
)
_THEN = Screened(r"[^а-яё]*(?:было|стало|раньше|прежде|сейчас|теперь)(?![а-яё])[^,.;]*$")


def _changed_before(spot: Spot) -> Counted | None:
    """«Звонков стало меньше. Было полторы тысячи, стало девятьсот»."""
    at = spot.scene.sentence_number(spot.first)
    if at == 0 or _THEN.match(spot.left_text) is None:
        return None
    before = spot.scene.sentences[at - 1]
    near = spot.scene.tokens[before.first].start >= spot.block.start
    if not near or _MORE_OR_LESS.search(spot.scene.text_of(before).lower()) is None:
        return None
    return _topic_of(spot, before)


def _topic_of(spot: Spot, stretch: Stretch) -> Counted | None:
    words = [t for t in spot.scene.words(stretch) if t.start < spot.number.start]
    k = _after_time(words)
    found = first_plural(words[k : k + 4], "discourse", "gent")
    if found is None:
        return None
    later = [t for t in words if t.start > found.start]
    rivals = [
        t
        for k, t in enumerate(later)
        if t.forms[0].pos == "NOUN"
        and t.has("nomn", "plur")
        and not (k and later[k - 1].forms[0].pos == "NOUN" and t.has("gent"))  # «Поиск работы»
        and not _in_aside(spot, t)
    ]
    return None if rivals else found


def _after_time(words: Sequence[Token]) -> int:
    """Where the words begin after «За год», «К концу 2024 года», «чтобы к лету»."""
    k = 0
    while k < len(words):
        if words[k].forms[0].pos == "PREP":
            nouns = [i for i in range(k + 1, min(k + 5, len(words))) if in_list("time_units", words[i].lemma)]
            if not nouns:
                return k
            k = nouns[-1]
        elif words[k].text[:1].isalpha() and not _is_passed_over(words[k]):
            return k
        k += 1
    return k


def _is_passed_over(token: Token) -> bool:
    """«Больше всего договоров …», «Выдано наборов: …»: what may stand before the topic."""
    top = token.forms[0]
    impersonal = is_predicate(token) and "neut" in top.grammemes
    return (
        impersonal or top.pos in ("CONJ", "PRCL", "ADVB", "COMP") or token.text.lower() in ("всего", "всех")
    )


def _in_aside(spot: Spot, token: Token) -> bool:
    """In a clause that another conjunction or participle opens."""
    clause = spot.scene.clause(spot.scene.doc.token_index(token.start))
    return clause != spot.clause


def _first_noun(spot: Spot) -> Counted | None:
    """«Административные расходы удалось удержать на уровне 9 процентов»: the plural that opens the clause."""
    words = [t for t in spot.scene.words(spot.sentence) if t.start < spot.number.start]
    return first_plural(words[:4], "discourse", "nomn", "accs")


# --- pronouns --------------------------------------------------------------------------------------------

_THEIR = Screened(r"(?:^|[^а-яё])(?:их|которых|таких)(?:[ \u00a0][а-яё-]+){0,5}[ \u00a0:—–-]*$")


def pronoun(spot: Spot, back: int = MAX_BACK) -> Counted | None:
    """«К сиделкам, а их подготовили шестьдесят две»: the plural before the pronoun, in gender with the
    number; else the subject («закреплён координатор. Их в области 46»).
    """
    found = _THEIR.search(spot.left_text)
    if found is None:
        return None
    at = spot.number.start - len(spot.left_text) + found.end()
    pronoun = next((t for t in spot.left if t.text.lower() in ("их", "которых", "таких")), None)
    at = pronoun.start if pronoun is not None else at
    for stretch in _stretches_back(spot, back):
        words = [t for t in spot.scene.words(stretch) if t.start < at and t.text[:1].isalpha()]
        for test in (_is_named, _is_plural, _is_subject, _is_any_plural):
            for k in range(len(words) - 1, -1, -1):
                if test(words, k) and _agrees(spot, words[k]):
                    return Counted(
                        unit_lemma(words[k].text, noun_reading(words[k].text)),
                        "discourse",
                        words[k].start,
                        words[k].stop,
                    )
    return None


def _stretches_back(spot: Spot, back: int) -> Iterator[Stretch]:
    """The number's sentence and those before it in its block, `back` in all."""
    sentences, at = spot.scene.sentences, spot.scene.sentence_number(spot.first)
    block = spot.block
    for k in range(at, max(-1, at - back), -1):
        stretch = sentences[k]
        if spot.scene.tokens[stretch.first].start < block.start:
            return
        yield stretch


def _is_named(words: Sequence[Token], k: int) -> bool:
    """A plural in the nominative, or after a preposition or verb that makes it no one's attribute."""
    token = words[k]
    before = words[k - 1].forms[0].pos if k else ""
    if token.forms[0].pos != "NOUN" or in_list("time_units", token.lemma) or token.lemma == "раз":
        return False
    named = noun_reading(token.text, "nomn", plural=True)
    if named is not None and before != "PREP":
        if k == 0 or token.forms[0].grammemes >= {"plur", "nomn"}:
            return True
        if before == "CONJ" and k > 1 and words[k - 2].forms[0].pos == "VERB":
            return True  # «получили и дедушки»: no genitive
    return "datv" in token.forms[0].grammemes and "plur" in token.forms[0].grammemes


def _is_plural(words: Sequence[Token], k: int) -> bool:
    token = words[k]
    if token.forms[0].pos != "NOUN" or in_list("time_units", token.lemma):
        return False
    if noun_reading(token.text, plural=True) is None or "plur" not in token.forms[0].grammemes:
        return False
    governed = k > 0 and words[k - 1].forms[0].pos == "NOUN" and "gent" in token.forms[0].grammemes
    return not governed


def _is_any_plural(words: Sequence[Token], k: int) -> bool:
    """«на старте служб ранней помощи было четыре, теперь их семнадцать»."""
    top = words[k].forms[0]
    return top.pos == "NOUN" and "plur" in top.grammemes and not in_list("time_units", top.lemma)


def _is_subject(words: Sequence[Token], k: int) -> bool:
    token = words[k]
    if token.forms[0].pos != "NOUN" or in_list("time_units", token.lemma) or token.lemma == "раз":
        return False
    return "nomn" in token.forms[0].grammemes and not (k and words[k - 1].forms[0].pos == "PREP")


def _agrees(spot: Spot, noun: Token) -> bool:
    reading = noun_reading(noun.text)
    return reading is not None and agrees(spot, unit_lemma(noun.text, reading))


# --- people ----------------------------------------------------------------------------------------------


def _people(spot: Spot, drafts: Sequence[Draft]) -> Counted | None:
    """«Жильё получили 15», «паспорта восстановили пятидесяти трём»: the verb says that people are meant."""
    if spot.number.value != spot.number.value.to_integral_value() or (
        spot.number.scaled and not spot.predicates
    ):
        return None
    if spot.left and spot.left[0].text.lower() in _ON:
        return None  # «На 81 ответили сразу», «нарушения нашли у девяти»
    one = "sing" if spot.number.form == "every" else "plur"
    verbs = [t for t in spot.predicates or _before_colon(spot) if one in t.forms[0].grammemes]
    dative = spot.number.words and all(
        t.has("datv") for t in spot.scene.doc.tokens_in(spot.number.start, spot.number.end)
    )
    known, done = set(load("units")["person_verbs"]), set(load("units")["person_participles"])
    said = any(
        t.forms[0].lemma in known or (t.forms[0].pos == "PRTS" and t.forms[0].lemma in done) for t in verbs
    ) and not _other_subject(spot)
    said = said or any(
        t.forms[0].pos == "VERB" and "past" in t.forms[0].grammemes and t.forms[0].lemma in done
        for t in verbs
    )
    if not (said or (dative and verbs)):
        return None
    return (
        _person_before(spot, drafts)
        or meant_for(spot)
        or Counted("человек", "discourse", spot.number.start, spot.number.end)
    )


def _everyone(spot: Spot, drafts: Sequence[Draft]) -> Counted | None:
    """«На что потратили? Каждый третий отдал деньги маме»: people, as it is one of them who did it."""
    if spot.number.form != "every" or not spot.right or not spot.right[0].has("VERB", "past", "sing"):
        return None
    return _person_before(spot, drafts) or Counted("человек", "discourse", spot.number.start, spot.number.end)


_ON = frozenset("на у по в во о об с со при для".split())


def _before_colon(spot: Spot) -> list[Token]:
    """«Получили место в школе: 97»: the predicates of the label that the colon closes."""
    if not spot.left or spot.left[0].text != ":":
        return []
    clause = spot.scene.clause(spot.scene.doc.token_index(spot.left[0].start) - 1)
    return [t for t in spot.scene.words(clause) if is_predicate(t)]


def _done_things(spot: Spot) -> Counted | None:
    """«восстановлены паспорта – 244»: what was done, the noun between the participle and the dash."""
    left = spot.left
    if len(left) < len(("–", "паспорта", "восстановлены")) or left[0].text not in "–—-:":
        return None
    reading = noun_reading(left[1].text, "nomn", plural=True) if left[1].text[:1].isalpha() else None
    if reading is None or "anim" in reading.grammemes or not left[2].has("PRTS", "plur"):
        return None
    return Counted(unit_lemma(left[1].text, reading), "discourse", left[1].start, left[1].stop)


def _other_subject(spot: Spot) -> bool:
    """A plural in the nominative is who did it: «педагоги получили 19»."""
    for token in spot.scene.words(spot.clause):
        if spot.number.start <= token.start < spot.number.end or not token.text[:1].isalpha():
            continue
        top = token.forms[0]
        if top.pos == "NOUN" and {"plur", "nomn"} <= top.grammemes and "anim" in top.grammemes:
            return True
        if top.pos == "NPRO" and "nomn" in top.grammemes:
            return True
    return False


def _person_before(spot: Spot, drafts: Sequence[Draft]) -> Counted | None:
    """The persons that a figure of the same paragraph counts, or a plural that the sentence before names."""
    at = spot.scene.sentence_number(spot.first)
    for draft in reversed(drafts):
        if draft.spot.block_index != spot.block_index:
            break
        reading = draft.reading
        if at - spot.scene.sentence_number(draft.spot.first) > MAX_BACK:
            break
        if (
            reading is not None
            and reading.kind == "count"
            and is_person(reading.unit)
            and agrees(spot, reading.unit)
        ):
            return Counted(reading.unit, "discourse", draft.spot.number.start, draft.spot.number.start)
    return None
