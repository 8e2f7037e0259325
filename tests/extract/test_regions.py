"""Regions as marked text: `codes <- text`; no code means that the text names none."""

from __future__ import annotations

import pytest

from svod.extract.layout.segments import segment
from svod.extract.lexicon import load
from svod.extract.publication.places import find_places, genitive, town_adjectives
from svod.extract.publication.regions import read_regions
from svod.extract.reader import read
from svod.language.document import analyse
from svod.models import ReportText

CASES = """
RU-TUL <- В Тульской области открыли пункт проката, им уже пользуются жители Щёкина и Алексина.
RU-PER <- Прикамские волонтёры собрались в Кунгуре, об этом сообщает администрация города.
RU-KEM <- В Кузбассе подвели итоги акции для семей участников СВО.
RU-KHM <- В Югре вручили сертификаты на няню, первыми их получили семьи Нефтеюганска.
RU-SA <- Министерство труда и социального развития Республики Саха (Якутия) подвело итоги года.
RU-ALT <- В Барнауле прошёл форум отцов, организованный правительством Алтайского края.
RU-AL <- Министерство труда Республики Алтай открыло центр в Горно-Алтайске.
RU-SPE <- Комитет по социальной политике Санкт-Петербурга поддержал ночлежки.
RU-LEN <- Комитет по социальной защите населения Ленинградской области провёл заседание в Гатчине.
RU-SVE <- Шадринские гости приехали в Каменск-Уральский: город Свердловской области принимал фестиваль.
RU-NIZ <- В Арзамасе работает школа ухода, а опытом делилась гостья из Казани.
RU-KAM <- Детский центр на Камчатке принял ребят из Елизова.
RU-MOW <- Департамент труда и социальной защиты населения города Москвы открыл новый центр.
RU-UD <- КЦСОН Глазовского района провёл ярмарку.
UA-43 <- В Симферополе и Керчи открыты классы для детей.
RU-ME <- Параньгинская межпоселенческая библиотека подвела итоги цикла встреч.
RU-SAR <- Соцработники Ершовского района получили новые велосипеды.
RU-KO <- Конкурс провела администрация МР «Прилузский», победили восемь команд.
RU-ME <- Акция прошла в Сернурском и Моркинском районах.
RU-SMO <- СОГБУ «Вяземский КЦСОН» принял 40 семей.
RU-TA <- В Казани начнётся акция, сообщает газета «Светлый день».
RU-BRY <- Кроме того, акцию поддержали школы. Кроме подарков, собрали книги. Об этом сообщила мэрия Брянска.
 <- Кроме того, в районе открыли клуб. – Кроме занятий, там пьют чай, – рассказала заведующая.
RU-PER <- В Перми собрали книги, как пишет «Комсомольская правда». Комсомольская правда писала и раньше.
RU-TYU <- Смены ТИМ «Бирюса» прошли в Тюмени, школы готовят заявки.
RU-OMS <- МОСКВА, 9 апр — РИА Вести. В Омской области открыли дом отца, туда пришли сорок семей.
RU-OMS <- МОСКВА, 9 апреля. /ТАСС/. Дом отца открыт в Омске.
RU-VGG <- Отряд Волгоградской области побывал в Москве, Казани, Туле, Самаре и Твери.
RU-VGG <- В Волгоградской области отдыхали дети Тульской, Тверской и Самарской областей, Перми и Тулы.
 <- Посылки уйдут в интернаты (Тверская, Тульская, Калужская, Псковская, Брянская и другие области).
RU-SMO <- За две смены в смоленских лагерях отдохнули шесть тысяч ребят.
RU-ROS <- На Дону шестьсот семей получили дрова от добровольцев.
RU-YAR <- Тутаевские и ярославские школьники собрали книги, рядом с ними стояли омские гости.
RU-ORL <- В Орле помогли двадцати семьям.
RU-TUL <- Субботник прошёл в Советске Тульской области.
RU-KGD <- Калининградские волонтёры побывали в Советске и Черняховске.
 <- В Советске прошёл субботник, пришли сорок человек.
RU-MOS <- В Павловском Посаде открыт клуб отцов.
RU-MOS <- В Подмосковье помогли 20 семьям, в Советском районе открыта школа ухода.
 <- В Советском районе наградили добровольцев.
 <- В Вознесенском храме собрались родители.
 <- Психологи центра провели занятие для родителей, пришли двадцать человек.
RU-MUR <- Клуб ведёт Апатитский комплексный центр социального обслуживания населения.
RU-NGR <- Старорусский центр помог детям. Директор родилась в деревне Ивановское.
RU-DA <- В Хасавюрте открыт клуб. В соседнем Ставрополье такая служба побывала в районах.
 <- Сергей Тамбов и Елена Орлова провели встречу на улице Кирова.
"""


def _cases() -> list[tuple[tuple[str, ...], str]]:
    rows = [line.split("<-") for line in CASES.strip("\n").split("\n")]
    return [(tuple(codes.split()), text.strip()) for codes, text in rows]


def _read(text: str, **known: object) -> tuple[str, ...]:
    (doc,) = analyse([text])
    return read_regions(doc, segment(doc), ReportText(text=text, **known), None)  # type: ignore[arg-type]


@pytest.mark.parametrize(("expected", "text"), _cases(), ids=lambda v: v[:40] if isinstance(v, str) else "")
def test_region_of_a_text(expected: tuple[str, ...], text: str) -> None:
    assert _read(f"Новость дня\n\n{text}") == expected


@pytest.mark.parametrize(
    "title",
    [
        "В Чувашии и Марий Эл открыли школы ухода",
        "Опыт Чувашской Республики и Республики Марий Эл: школы ухода",
        "Фонд «Берег» (Чебоксары, Йошкар-Ола)",
    ],
)
def test_two_subjects_on_a_par_in_the_title(title: str) -> None:
    text = f"{title}\n\nВ Чебоксарах учатся двадцать семей, в Йошкар-Оле – тридцать.\n"
    assert _read(text) == ("RU-CU", "RU-ME")


def test_a_town_of_two_subjects_tells_none_of_them() -> None:
    assert _read("Центр «Луч», г. Троицк\n\nПровели четырнадцать встреч.") == ()


def test_the_seat_of_a_body_is_no_person() -> None:
    assert _read("Фонд «Луч», Иваново\nОтчёт за октябрь 2025\n\nПровели 14 встреч.") == ("RU-IVA",)


def test_a_guest_is_not_on_a_par() -> None:
    text = "Опыт Чувашии изучили гости из Казани и Самары\n\nВ Чебоксарах показали школу ухода.\n"
    assert _read(text) == ("RU-CU",)


def test_a_digest_is_about_every_region_that_rules_a_part_of_it() -> None:
    text = (
        "Обзор за месяц\n\nВышло много материалов о семьях.\n\nАРХАНГЕЛЬСКАЯ ОБЛАСТЬ\n\n"
        "В Котласе открыли клуб, туда ходят двадцать семей, и это только начало.\n\nРЕСПУБЛИКА КАРЕЛИЯ\n\n"
        "В Сегеже прошла смена для подростков, и на ней побывали двое из Перми.\n"
    )
    assert _read(text) == ("RU-ARK", "RU-KR")


def test_the_source_s_territory_counts_only_where_the_text_is_silent() -> None:
    assert _read("Новость\n\nВ центре прошла встреча родителей.", regions=("RU-TOM",)) == ("RU-TOM",)
    assert _read("Новость\n\nВ Томске прошла встреча родителей.", regions=("RU-OMS",)) == ("RU-TOM",)


def test_every_subject_has_a_genitive_and_towns_of_its_own() -> None:
    regions = load("regions")
    assert len(regions) == 85
    assert genitive("RU-TUL") == "Тульской области"
    assert genitive("RU-SA") == "Республики Саха (Якутия)"
    assert genitive("RU-KHM") == "Ханты-Мансийского автономного округа – Югра"
    towns = [t for facts in regions.values() for t in facts["towns"]]
    assert len(towns) > 1200
    assert all(len(set(facts["towns"])) == len(facts["towns"]) for facts in regions.values())
    assert not {facts["centre"] for facts in regions.values()} & set(towns)  # a centre is meant before a town


def test_towns_give_their_adjectives() -> None:
    assert "кинешемский" in town_adjectives("Кинешма")
    assert "шадринский" in town_adjectives("Шадринск")
    assert "елабужский" in town_adjectives("Елабуга")


def test_places_know_where_they_stand() -> None:
    text = "В Великом Устюге и Вологде рады гостям из Брянской и Орловской областей."
    (doc,) = analyse([text])
    found = [(text[p.start : p.end], p.iso, p.kind) for p in find_places(doc)]
    assert found == [
        ("Великом Устюге", "RU-VLG", "town"),
        ("Вологде", "RU-VLG", "centre"),
        ("Брянской", "RU-BRY", "subject"),
        ("Орловской", "RU-ORL", "subject"),
    ]


@pytest.mark.parametrize(
    ("text", "regions"),
    [
        ("Проект «Московское долголетие» собрал 700 тысяч участников, сообщил мэр.", ("RU-MOW",)),
        ("В Московской области прошли обучение 120 семей.", ("RU-MOS",)),
        ("Более пятисот тюменцев обратились на телефон доверия.", ("RU-TYU",)),
        ("Омичи собрали 40 посылок.", ("RU-OMS",)),
        (
            "Администрация Владивостока выделила субсидии ТОС «Сочинская аллея», «Сочинский сквер».",
            ("RU-PRI",),
        ),
    ],
)
def test_what_a_page_calls_its_region(text: str, regions: tuple[str, ...]) -> None:
    assert read(ReportText(text=text)).regions == regions
