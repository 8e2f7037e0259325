"""Numbers of a private life: an individual's story, a family's children, things in passing, debts."""

from __future__ import annotations

from collections.abc import Sequence

from svod.extract.figures.changes import is_change_verb
from svod.extract.figures.context import Spot, is_predicate
from svod.extract.figures.counted import Counted, in_list
from svod.extract.figures.signs import (
    clause_patterns,
    extent,
    is_share,
    lexicon,
    of_other_figure,
    result_words,
    states_result,
    verbs_of,
)
from svod.extract.figures.sum_lists import is_spent
from svod.extract.people.person_units import group_of_unit, is_person
from svod.extract.words.screened import Screened, search
from svod.language.document import Token

_WAGE = 200_000  # roubles
_THOUSAND = 1000
_OWN_SUM = 500_000  # roubles: what one person takes for a business of their own
_WON_BACK = frozenset("взыскать вернуть возвратить списать погасить отсудить реструктурировать".split())
_SHE_BOUGHT = Screened(  # «На 350 тысяч рублей она купила …»
    r"^[ \u00a0]?(?:руб[а-яё.]*|₽)?[ \u00a0](?:он|она|я)[ \u00a0][а-яё]+(?:л|ла)(?:ся|сь)?(?![а-яё])"
)
_GIVES = frozenset(  # what one gives or hands out is no private matter
    "поддержать направить выделить перечислить передать дать предоставить пожертвовать вложить подарить "
    "внести профинансировать направлять выделять перечислять оплатить".split()
)


def story(spot: Spot, counted: Counted | None) -> bool:
    """An individual's story: the clause's subject is one person («за лето он продал 140 скамеек»)."""
    if (spot.number.form == "multiple" or is_share(spot)) and spot.number.form != "share":
        return False
    if _beside_group(spot):
        return False  # «бригада (22 человека, командир Аюна Доржиева) собирала мусор»
    if _at_work(spot, counted) or (
        counted is not None and counted.lemma == "рубль" and verbs_of(spot) & _GIVES
    ):
        return False
    own_sum = counted is not None and counted.lemma == "рубль" and spot.number.value <= _OWN_SUM
    if own_sum and _TOOK.search(spot.left_text):
        return True  # «Алсу Г., взявшая 350 тысяч рублей на печь»
    if _BEHIND_HIM.search(spot.left_text) or _OF_HERS.search(spot.left_text):
        return True
    if counted is not None and counted.lemma in _SCHOOLS and _WENT_TO.search(spot.left_text):
        return True  # «окончила два института»
    return _single_person(spot)


_TOOK = Screened(
    r"(?<![а-яё])(?:взявш|получивш|потративш|вложивш|выигравш|заработавш)"
    r"(?:ая|ий|его|ую|ей|ему)[ \u00a0](?:[а-яё]+[ \u00a0])?$"
)
_SCHOOLS = frozenset("институт вуз университет факультет техникум училище класс".split())
_WENT_TO = Screened(r"(?<![а-яё])(?:окончил|закончил|сменил)а?[ \u00a0]$")
_OF_HERS = Screened(  # «В её сумке три тонометра»
    r"(?<![а-яё])в[ \u00a0](?:его|е[её]|мо[её][йм])[ \u00a0](?:сумке|рюкзаке|доме|квартире|комнате|хозяйстве"
    r"|огороде|саду|шкафу|руках)[ \u00a0]$"
)
_BEHIND_HIM = Screened(
    r"(?<![а-яё])за плечами[ \u00a0](?:(?:котор[а-яё]+|у[ \u00a0]|его|е[её]|него|не[её])[^.;]{0,50})?$"
)


def _beside_group(spot: Spot) -> bool:
    """In brackets without a verb, after a word that is no person's name."""
    bracket = spot.bracket
    if bracket is None or any(is_predicate(t) for t in spot.scene.words(bracket)):
        return False
    before = spot.scene.tokens[bracket.first - 2] if bracket.first > 1 else None
    return before is not None and not before.text[:1].isupper()


def _at_work(spot: Spot, counted: Counted | None) -> bool:
    """«Психолог Аня провела 40 консультаций», «юрист закрыла 38 обращений, в производстве 14»: one of the
    team did what reports count.
    """
    if counted is None:
        return False
    if _served(spot, counted):
        return True
    if is_person(counted.lemma):
        return False
    if counted.lemma not in result_words()[1] and not _worked(spot, counted):
        return False
    before = [t for t in spot.left if t.forms and t.forms[0].pos == "NOUN" and t.start < spot.number.start]
    return any(_is_of_team(t) and t.has("NOUN", "nomn", "sing") for t in before)


def _is_of_team(person: Token) -> bool:
    """«психолог», «волонтёр-электрик»."""
    lemmas = (person.lemma, person.lemma.partition("-")[0])
    return any(group_of_unit(lemma) in ("specialists", "volunteers") for lemma in lemmas)


_SERVICES = frozenset(
    "консультация занятие выезд приём осмотр урок тренировка концерт экскурсия лекция рейс беседа визит "
    "мастер-класс репетиция сеанс стрижка перевязка дежурство патронаж".split()
)
_SERVING = frozenset(
    "консультировать проконсультировать принять осмотреть обучить навестить обслужить прооперировать "
    "обследовать подготовить сопровождать научить вылечить подстричь постричь накормить перевезти отвезти "
    "привить вакцинировать измерить померить направить выслушать".split()
)


def _served(spot: Spot, counted: Counted) -> bool:
    """«Ольга провела 31 консультацию», «врач осмотрел 64 семьи»: services, so many that one works for all."""
    if spot.number.value < _SOME or spot.is_share:
        return False
    if counted.lemma in _SERVICES and counted.source == "right":
        return any(t.has("past") for t in spot.predicates)
    return is_person(counted.lemma) and not spot.verbs.isdisjoint(_SERVING)


_SOME = 10
_AND_MORE = Screened(r"(?<!\d)\d\d+[ \u00a0][^.;\d]{1,30}[ \u00a0]и[ \u00a0]$")  # «38 стрижек и три причёски»


def _worked(spot: Spot, counted: Counted) -> bool:
    """«медсестра сделала 112 перевязок»: many things done, none of them a measure or a private matter."""
    few = spot.number.value < _SOME and not _AND_MORE.search(spot.left_text)
    if counted.source != "right" or few or counted.lemma in result_words()[2]:
        return False
    if (
        in_list("measure_units", counted.lemma)
        or in_list("time_units", counted.lemma)
        or counted.lemma == "рубль"
    ):
        return False
    return any({"past", "tran"} <= t.forms[0].grammemes for t in spot.predicates)


_SUCH_AS = Screened(r"(?<![а-яё])таких,?[ \u00a0]как[ \u00a0][^.;]{2,60}$")


def _single_person(spot: Spot) -> bool:
    words = spot.scene.words(spot.clause)
    if search(r"(?<![а-яё«])(?:помню|вспоминаю)(?![а-яё])", spot.sentence_text[: _upto(spot)]):
        return True
    if _SHE_BOUGHT.match(spot.right_text):
        return True
    if _SUCH_AS.search(spot.left_text):
        return False  # «таких, как Алёна, в районе теперь 42»
    verbs = [t for t in words if t.forms and t.forms[0].pos == "VERB"]
    if any("plur" in t.forms[0].grammemes for t in verbs):
        return False
    if search(
        r"(?<![а-яё])у[ \u00a0](?:него|неё|нее|меня|[а-яё]+ы и [а-яё]+[яа])[ \u00a0]", spot.clause_text
    ):
        return True
    named = spot.scene.doc.names_in(*extent(spot))
    names = [
        n
        for n in named
        if n.type == "PER"
        and not _is_thing(spot, n.start)
        and not _aside(spot, n.start)
        and "," not in spot.scene.text[spot.number.end : max(spot.number.end, n.start)]
    ]
    if any(spot.scene.text[max(0, n.start - 2) : n.start].lower() in ("у ",) for n in names):
        return True
    told = lexicon()["verbs_of_telling"]
    if all(t.forms[0].lemma in told for t in verbs):  # «глава поблагодарил за грант в размере …»
        return False
    singular = [t for t in verbs if {"sing"} <= t.forms[0].grammemes and "neut" not in t.forms[0].grammemes]
    if not singular:
        return False
    if not _has_subject(words, spot) and _lone_subject_before(spot):
        return True
    start = extent(spot)[0]
    for token in words:
        if token.start >= spot.number.start:
            break
        in_name = spot.own_text[token.start - start : token.stop - start].isspace()
        if (
            not in_name
            and not _one_of_many(spot, token)
            and _is_lone_person(token)
            and not _stands_for_thing(spot, token)
        ):
            return True
    return any(_nominative(spot, n.start) for n in names)


def _upto(spot: Spot) -> int:
    """How much of the sentence stands before the end of the number's own clause."""
    return extent(spot)[1] - spot.scene.tokens[spot.sentence.first].start


def _aside(spot: Spot, offset: int) -> bool:
    """«комиссия (завуч и ученик Глеб Вахрушев) насчитала …»: the name stands in brackets, the number not."""
    bracket = spot.scene.bracket(spot.scene.doc.token_index(offset))
    return bracket is not None and spot.first not in bracket


def _is_thing(spot: Spot, offset: int) -> bool:
    """«Концентраторы, кровати …»: a capital letter at the beginning does not make a name."""
    top = spot.scene.tokens[spot.scene.doc.token_index(offset)].forms[0]
    return top.pos == "NOUN" and top.known and "inan" in top.grammemes


def _one_of_many(spot: Spot, token: Token) -> bool:
    """«31 мама ушла»: a number stands before the noun."""
    i = spot.scene.doc.token_index(token.start)
    while i > spot.sentence.first and spot.scene.tokens[i - 1].has("ADJF"):
        i -= 1  # «61 дновская пенсионерка»
    return i > spot.sentence.first and spot.scene.tokens[i - 1].text[-1:].isdigit()


def _has_subject(words: Sequence[Token], spot: Spot) -> bool:
    return any(
        t.start < spot.number.start and t.forms and t.forms[0].pos in ("NOUN", "NPRO") and t.has("nomn")
        for t in words
    )


def _lone_subject_before(spot: Spot) -> bool:
    """«Семья Гриценко воспитывает …, держит 15 коров»: the subject stands in an earlier clause of the
    sentence.
    """
    scene = spot.scene
    earlier = scene.tokens[spot.sentence.first : spot.clause.first]
    nouns = [t for t in earlier if t.forms and t.forms[0].pos == "NOUN" and t.has("NOUN", "nomn")]
    return bool(nouns) and _is_lone_person(nouns[0])


def _nominative(spot: Spot, offset: int) -> bool:
    token = spot.scene.tokens[min(spot.scene.doc.token_index(offset), len(spot.scene.tokens) - 1)]
    return any("nomn" in f.grammemes and f.score > 0.2 for f in token.forms[:2])


def _stands_for_thing(spot: Spot, token: Token) -> bool:
    """«Телефон создан в 2010 году. Он принял …»: the pronoun stands for the thing that the sentence before is
    about.
    """
    gender = {"он": "masc", "она": "femn"}.get(token.text.lower())
    scene = spot.scene
    at = scene.sentence_number(spot.first)
    if gender is not None and _is_subject_of_sentence(spot, token, gender):
        return True
    if gender is None or at == 0:
        return False
    if any(is_change_verb(t) for t in spot.predicates) or spot.verbs & _OF_THINGS:
        return True  # «она сократилась до 87», «теперь она действует в семи районах»: no person does
    before: Sequence[Token] = scene.tokens[
        scene.sentences[max(0, at - 3)].first : scene.sentences[at - 1].last
    ]
    if any(_is_lone_person(t) and _may_be(t, gender) for t in before) or any(
        n.type == "PER" for n in scene.doc.names_in(before[0].start, before[-1].stop)
    ):
        return False
    before = scene.words(scene.sentences[at - 1])
    if any(n.type == "ORG" for n in scene.doc.names_in(before[0].start, before[-1].stop)):
        return True
    nouns = [t for t in before if t.forms and t.forms[0].pos == "NOUN"]
    return any({"sing", "inan", gender} <= t.forms[0].grammemes for t in nouns)


_OF_THINGS = frozenset("действовать функционировать охватывать охватить насчитывать распространяться".split())
_OF_BOTH = frozenset("доктор врач водитель судья тренер герой сирота инвалид чемпион солист".split())


def _may_be(person: Token, gender: str) -> bool:
    """Whether «он» (masc) or «она» (femn) may stand for this person; «я» is neither."""
    top = person.forms[0]
    return person.text.lower() != "я" and (gender in top.grammemes or top.lemma in _OF_BOTH)


def _is_subject_of_sentence(spot: Spot, pronoun: Token, gender: str) -> bool:
    """«Помогал ресурсный центр: за год он провёл 12 занятий»: a thing of that gender, and no person."""
    first = spot.scene.tokens[spot.sentence.first].start
    if spot.scene.doc.names_in(first, pronoun.start) and any(
        n.type == "PER" for n in spot.scene.doc.names_in(first, pronoun.start)
    ):
        return False
    before = spot.scene.doc.tokens_in(first, pronoun.start)
    if any(_is_lone_person(t) for t in before):
        return False
    nouns = [t.forms[0] for t in before if t.forms and t.forms[0].pos == "NOUN"]
    return any({"nomn", "sing", "inan", gender} <= f.grammemes for f in nouns)


def _is_lone_person(token: Token) -> bool:
    if token.text.lower() in ("он", "она", "я"):
        return True
    top = token.forms[0] if token.forms else None
    if top is None or top.pos != "NOUN" or not {"nomn", "sing"} <= top.grammemes:
        return False
    return top.lemma in lexicon()["persons_of_story"] and top.lemma != "человек"


def family_of(spot: Spot, counted: Counted | None) -> bool:
    """«у них трое детей», «семьи с тремя детьми», «семеро внуков»: children of a family, not of a report."""
    if counted is None or is_share(spot) or spot.number.form == "multiple":
        return False
    if counted.lemma in _GRANDCHILDREN and spot.number.value <= (50 if counted.source == "right" else 12):
        return True
    if spot.number.value > 12:
        return False
    if counted.lemma not in ("ребёнок", "сын", "дочь", "брат", "сестра", "человек", "приёмный"):
        return False
    own = (
        r"(?:(?<![а-яё])у[ \u00a0][а-яё«»]+(?:[ \u00a0]и[ \u00a0][а-яё]+)?|(?<![а-яё])(?:с|"
        r"где|где[ \u00a0](?:растут|живут|воспитываются|подрастают)|имеющ\w+|"
        r"мам[аы]|мать|матери|отец|отца|пап[аы]|вдов[аы]|имеет|имеют|"
        r"воспитывающ\w+|воспита\w+|вырасти\w+|родила|подн[яи]\w+))[ \u00a0](?:уже[ \u00a0])?$"
    )
    if _WORKED_WITH.search(spot.left_text):
        return False  # «занимались с шестью детьми»
    return search(own, spot.left_text) is not None and counted.lemma != "человек"


_GRANDCHILDREN = frozenset("внук внучка правнук правнучка праправнук".split())
_WORKED_WITH = Screened(
    r"(?<![а-яё])(?:занима|работа|провод|играл|гулял|начинал|познакоми|занят|урок"
    r"|встреч)[а-яё]*[ \u00a0](?:со?|у)[ \u00a0]$"
)


def incidental(spot: Spot, counted: Counted | None) -> bool:
    """A few of something in passing («на столе стояли два самовара»): nothing that reports count, and
    nothing done.
    """
    number = spot.number
    ours = number.words and _OURS.search(spot.left_text) is not None
    has = counted is not None and counted.source == "right" and counted.lemma in result_words()[1]
    if ours and number.value <= 10 and not (has and counted is not None and not is_person(counted.lemma)):
        return True  # «нас двое»; «у нас шесть кабинетов» counts
    if counted is None or counted.source != "right" or is_share(spot) or number.form == "multiple":
        return False
    if not number.words or number.value > 10 or number.scaled or in_list("measure_units", counted.lemma):
        return False
    _, known, private = result_words()
    if counted.lemma in private:
        return True
    if number.value > 2 and group_of_unit(counted.lemma) in ("specialists", "volunteers"):
        return False
    if states_result(spot) or search(r"всего|итог|вместе|за ", spot.clause_text):
        return False
    finite = any(t.forms[0].pos == "VERB" for t in spot.predicates)
    if not finite or _beside_figures(spot):
        return False
    if number.value > 2 and not _hangs(spot):
        return False
    return counted.lemma not in known or is_person(counted.lemma)


_OURS = Screened(r"(?<![а-яё])(?<!у )(?:нас|вас)(?:[ \u00a0][а-яё]+)?[ \u00a0]$")


def _hangs(spot: Spot) -> bool:
    """«ехал на трёх автобусах», «хватало четырёх стульев»: the number is no subject or object of its own."""
    first = spot.scene.tokens[spot.first]
    by = spot.left[0].text.lower() if spot.left else ""
    return by in _WITH or not (first.has("nomn") or first.has("accs"))


_WITH = frozenset("на в во с со за от до из под над о об при через перед больше более менее меньше".split())


def _beside_figures(spot: Spot) -> bool:
    """Another figure in digits stands in the same sentence: a report that counts, not a tale."""
    others = (*spot.left, *spot.right)
    return any(t.text.isdigit() and not 1900 <= int(t.text[:6]) <= 2100 for t in others)


def private_money(spot: Spot, counted: Counted | None) -> bool:
    """Pensions, wages, damage, debts, discounts."""
    if spot.number.value >= _THOUSAND and _BARE_WAGE.search(spot.left_text) is not None:
        return True
    if counted is None or counted.lemma not in ("рубль", "скидка"):
        return False
    if spot.is_share and counted.source == "antecedent":
        return False  # «доходы – 48,6 млн рублей, что на 12,4 % выше»
    if any(t.forms[0].lemma in _WON_BACK for t in spot.predicates) or _RAISED.search(spot.sentence_text):
        return False
    found = clause_patterns()["private_money"].search(spot.own_text)
    if found is not None and not of_other_figure(spot, found):
        return not _of_organisation(spot)
    if _WAGE_LINE.match(spot.left_text) and is_spent(spot):
        return False
    if _IS_WAGE.search(spot.own_text) is not None:
        return True
    if spot.number.value >= _WAGE:
        return False
    told = _AVERAGE_WAGE.search(spot.own_text) or _IS_WAGE.search(spot.sentence_text)
    return told is not None


_BARE_WAGE = Screened(  # «у нас оклад двадцать четыре тысячи»
    r"(?<![а-яё])(?:оклад|зарплата|жалованье)[ \u00a0](?:[–—-][ \u00a0])?(?:около[ \u00a0]|всего[ \u00a0])?$"
)
_RAISED = Screened(
    r"(?<![а-яё])(?:реструктурированн|списанн[а-яё]+ долг"
    r"|сбор (?:открыт|идёт|закрыт|продолж)|пожертвовани|донат)"
)
_LARGE, _MILLION = 100_000, 1_000_000  # roubles
_TOOK_IN = Screened(r"(?<![а-яё])доход(?:ы|а)?[ \u00a0](?:[а-яё]+[ \u00a0])?(?:составил[аи]?|[–—:])")
_INCOME = Screened(  # «доходы организации составили 6,4 млн», «доход от платных услуг»
    r"(?<![а-яё])доход[а-яё]*[ \u00a0](?:фонд|организац|центр|учрежден|обществ|объединен|приют|ано(?![а-яё])"
    r"|от[ \u00a0]|за[ \u00a0](?:отч[её]тн|год|(?:19|20)\d\d|квартал|полугоди))|"
    r"(?<![а-яё])(?:обща[яюе]|общей|общую|всего|в общей сложности)[ \u00a0]?(?:сумм)?"
)


def _of_organisation(spot: Spot) -> bool:
    """What an organisation took in, or what many were paid or won back together."""
    if spot.number.value >= _MILLION and _TOOK_IN.search(spot.left_text) is not None:
        return True
    return spot.number.value >= _LARGE and _INCOME.search(spot.clause_text) is not None


_WAGE_LINE = Screened(r"[^а-яё]*(?:зарплат|заработн|оплата труда)[^.;]*[–—:-][ \u00a0]*$")
_AVERAGE_WAGE = Screened(  # «наиболее низкая заработная плата в сфере торговли – 19,0 тыс. руб.»
    r"(?<![а-яё])(?:средн|низк|высок|размер|уровень)[а-яё]*[ \u00a0](?:[а-яё]+[ \u00a0])?"
    r"заработн[а-яё]+[ \u00a0]плат"
)
_IS_WAGE = Screened(  # what is paid «на зарплату» or won back for workers is spent or won, not earned by one
    r"(?<!на[ \u00a0])(?<!на[ \u00a0]их[ \u00a0])(?<!на[ \u00a0]его[ \u00a0])(?<!невыплаченную[ \u00a0])"
    r"(?<!невыплаченной[ \u00a0])(?<!невыплаты[ \u00a0])(?<!задержанную[ \u00a0])(?<!долги по[ \u00a0])"
    r"(?<![а-яё])зарплат"
)
