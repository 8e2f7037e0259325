"""Numbers that tell how a thing is built or only introduce a list: «в трёх номинациях», «два проекта: …»."""

from __future__ import annotations

from svod.extract.figures.changes import before_is_by
from svod.extract.figures.context import Spot
from svod.extract.figures.counted import Counted
from svod.extract.figures.signs import is_share, lexicon, states_result, verbs_of
from svod.extract.words.screened import Screened, match, search

_HANDED_OVER = frozenset(
    "передать подарить закупить приобрести установить изготовить отремонтировать".split()
)


def structure(spot: Spot, counted: Counted | None) -> bool:
    """«в четырёх номинациях», «на двух языках»: how a thing is built, not what was done."""
    if spot.number.value <= _LAST_CLASS and _LETTERED.match(spot.right_text):
        return True
    if counted is None or counted.source not in ("right", "left", "discourse", "label") or is_share(spot):
        return False
    if spot.number.form in ("multiple", "change"):
        return False
    if verbs_of(spot) & _HANDED_OVER or (counted.lemma == "направление" and _OPENED.search(spot.left_text)):
        return False
    if _MADE_OF.search(spot.left_text):
        return True
    if counted.lemma in ("класс", "курс") and spot.left and spot.left[0].text.lower() in _PUPILS:
        return True  # «184 учащихся 5–11 классов»
    if (
        counted.lemma == "класс"
        and spot.number.value > _LAST_CLASS
        and spot.left
        and spot.left[0].text.lower() == "в"
    ):
        return False  # «выступили в 64 классах»
    if counted.lemma in _COUNTABLE and not _within(spot) and states_result(spot):
        return False  # «в ярмарке участвовали 23 класса», «подключил два класса»
    return counted.lemma in lexicon()["units"]["structure"] and spot.number.value < 100


_LAST_CLASS = 11  # of a school: «в 9 классе», «в 11 классах»


_LETTERED = Screened(r"[ \u00a0]класс[а-яё]{0,2}[ \u00a0]?[«\"“][а-яё][»\"”]")  # «5 класс «Г»»
_OPENED = Screened(  # «запустили больше 15 новых направлений»: what is on offer
    r"(?<![а-яё])(?:запу(?:стил|щен)|откры(?:л|т)|появил|добавил|доступн|предлага|запуска|открыва)[а-яё]*"
    r"[ \u00a0](?:[а-яё]+[ \u00a0]){0,3}$"
)
_MADE_OF = Screened(  # «его расписание из 7 карточек»: the parts of one thing
    r"(?<![а-яё])(?:расписани|тест|анкет|опросник|экзамен|набор|комплект|колод|гирлянд|схем|альбом|плакат|коллаж)[а-яё]{0,3}"
    r"[ \u00a0]из[ \u00a0]$"
)
_PUPILS = frozenset(
    "учащихся учеников учениц школьников школьниц студентов студенток ребят детей подростков воспитанников "
    "обучающихся старшеклассников".split()
)
_COUNTABLE = frozenset("класс вопрос вещь модель окно дверь лист блок строка круг курс".split())
_WITHIN = frozenset("в на из по с из-за через о об к до у".split())


def _within(spot: Spot) -> bool:
    """«обучение в двух классах», «группа из трёх блоков»: the number hangs on a preposition."""
    return bool(spot.left) and spot.left[0].text.lower() in _WITHIN


def scored(spot: Spot, counted: Counted | None) -> bool:
    """«63 балла для проектов до 1 млн рублей, 70 – от 5 до 15 млн»: what the marks were asked of; «команда
    набрала 87 очков», which are no glasses.
    """
    if counted is not None and counted.lemma == "очки" and _MATCH.search(spot.sentence_text):
        return True
    return _SCORED.search(spot.left_text) is not None


_MATCH = Screened(r"(?<![а-яё])(?:мест[оа]|набрал|команд|турнир|соперни|выиграл|победил|финал|сч[её]т)")
_SCORED = Screened(r"балл[а-яё]*[ \u00a0]для[ \u00a0](?:проект|заяв|организац)")


def by_results(spot: Spot, counted: Counted | None) -> bool:
    """«По итогам двух конкурсов распределят …»: how many there were is said in passing."""
    return (
        counted is not None
        and counted.lemma in ("конкурс", "этап", "отбор", "тур", "год", "сезон")
        and search(r"по[ \u00a0](?:итогам|результатам)[ \u00a0]$", spot.left_text) is not None
    )


_GONE_THROUGH = frozenset("проект нацпроект программа подпрограмма госпрограмма регпроект".split())


def _of_whole(spot: Spot, counted: Counted) -> bool:
    """«На три нацпроекта потрачено 5 млрд», «отчиталось по трём проектам»: what a text goes through."""
    if counted.lemma not in _GONE_THROUGH or not spot.left:
        return False
    by = spot.left[0].text.lower()
    noun = spot.scene.tokens[spot.scene.doc.token_index(counted.start)]
    return by == "на" or (by == "по" and noun.has("datv", "plur"))


def enumeration_head(spot: Spot, counted: Counted | None) -> bool:
    """«два наших проекта: «…» и «…»»: the number only introduces the list after the colon."""
    if counted is None or counted.source != "right" or spot.number.value > 12 or is_share(spot):
        return False
    if _of_whole(spot, counted):
        return True
    if spot.number.value != spot.number.value.to_integral_value():
        return False
    after = spot.scene.text[counted.end : counted.end + 140]
    if match(r"[^.!?\n]{0,100}[.!?][ \u00a0—–-]*Перв(?:ый|ая|ое)(?![а-яё])", after):
        return True
    listed = match(r"[^.,;:()]{0,45}:", after)
    if not listed or before_is_by(spot):  # «фонд пополнился на 12 кресел: …»
        return False
    if (
        _EXPLAINED.match(after)
        or (spot.predicates and _PLACES.match(after))
        or _is_told(spot, counted.end + listed.end())
    ):
        return False
    if counted.lemma not in _HEADS and not _NAMES_FOLLOW.match(after):
        return False
    made = {t.forms[0].pos for t in spot.predicates if t.start < spot.number.start} & {"PRTS"}
    return not made


_HEADS = frozenset(  # what a text announces before it goes through them one by one
    "проект программа инициатива конкурс направление номинация этап блок состав часть тема вопрос вариант "
    "категория способ причина пример история вывод правило вещь новость задача цель шаг формат практика "
    "сценарий условие критерий пункт тип вид раздел модуль сюжет".split()
)
_NAMES_FOLLOW = Screened(r"[^.,;:()]{0,45}:[ \u00a0](?:[а-яё]+[ \u00a0])?«")


def _is_told(spot: Spot, offset: int) -> bool:
    """«две семьи вернули деньги: потратили не на то»: a verb after the colon, no list."""
    after = spot.scene.doc.tokens_in(offset, offset + 40)[:3]
    if after and after[0].text[:1].isdigit():
        return len(after) < 2 or after[1].text not in ").("  # «три прибора: 276 000»
    if any(t.text in '«"“' for t in after):
        return False
    return any(t.forms and t.forms[0].pos == "VERB" and "past" in t.forms[0].grammemes for t in after)


_PLACES = Screened(r"[^.,;:()]{0,45}:[ \u00a0](?:в|во|на)[ \u00a0]")  # «откроем два пункта: в Туле и на Оке»
_EXPLAINED = Screened(  # «присоединились пять школ: там открыли …»
    r"[^.,;:()]{0,45}:[ \u00a0]"
    r"(?:здесь|там|тут|теперь|их|им|они|(?:в|для|у)[ \u00a0]них)(?![а-яё])"
)


def partition(spot: Spot, counted: Counted | None) -> bool:
    """«разделились на две команды»."""
    return (
        search(
            r"(?:дел(?:ит|ят|ил)|разби|распредел)\w*(?:[ \u00a0]\w+)?[ \u00a0]на[ \u00a0]$", spot.left_text
        )
        is not None
    )


def per_so_many(spot: Spot, counted: Counted | None) -> bool:
    """«3,2 на 1000 человек», «7757 кв. м на 10 тыс. жителей»: a rate, and what it is reckoned by."""
    if spot.number.value in _ROUND and _PEOPLE.match(spot.right_text):
        by = _RECKONED_BY if spot.number.value >= _ROUND[1] else _RECKONED_BY_EACH
        if by.search(spot.left_text):
            return True
    return _PER.match(spot.right_text) is not None


_ROUND = (100, 1000, 10_000, 100_000)
_PEOPLE = Screened(r"[ \u00a0]?(?:человек|чел(?![а-яё])|жител|населени|детей|детского|семей|женщин)")
_RECKONED_BY_EACH = Screened(r"(?:(?:в|из)[ \u00a0]расч[её]т[еа][ \u00a0]на|на[ \u00a0]каждые)[ \u00a0]$")
_RECKONED_BY = Screened(
    r"(?:\d[ \u00a0](?:[а-яё]+\.?[ \u00a0]){0,2}на|(?:в|из)[ \u00a0]расч[её]т[еа][ \u00a0]на"
    r"|на[ \u00a0]каждые)[ \u00a0]$"
)
_PER = Screened(
    r"^[ \u00a0]?(?:[а-яё]+\.?[ \u00a0]){0,3}(?:на|в[ \u00a0]расч[её]те[ \u00a0]на)[ \u00a0]"
    r"(?:10{0,2}[ \u00a0]?(?:000|тыс[а-яё]*\.?)[ \u00a0](?:человек|чел|жител|населени|детей|женщин)"
    r"|100[ \u00a0](?:жител|населени))"
)
