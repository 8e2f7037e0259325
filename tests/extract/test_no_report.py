"""A long text that reports nothing: whatever it counts, hardly a figure is told as done, paid or planned."""

from __future__ import annotations

from svod.extract.reader import read
from svod.models import ReportText

AT_HOME = """«Мы просто живём»

Вера Орлова из Кинешмы — приёмная мама и бабушка, её дом знает весь посёлок, и первое, что замечают гости
центра помощи семье и детям, — как тихо у неё по вечерам.

— Вера Петровна, сколько у вас детей?

— Сейчас дома шестеро, двое родных давно взрослые. А всего через наш дом прошло четырнадцать, младшему тогда
был год.

— Опека помогает?

— Заходит, смотрит, как дети живут, это нормально. А клуб приёмных родителей при центре социальной помощи —
моя вторая семья: приезжаешь, плачешь, уезжаешь. Волонтёры клуба возят нас на речку, с нас только дорога —
900 рублей.

— Самое трудное?

— Старший. Ушёл от нас взрослым и долго не звонил. Позвонил весной и сказал, что у него родилась дочь. Я села
прямо на крыльцо и долго не могла встать. Попробуйте прокормить троих мальчишек и не пожалеть об этом ни разу.
"""
DONE = "\nЗа год клуб провёл 48 встреч, психологи приняли 130 семей.\n"


def test_a_tale_holds_no_metrics() -> None:
    assert [m.evidence.quote for m in read(ReportText(text=AT_HOME)).metrics] == []


def test_a_report_may_open_with_a_tale() -> None:
    found = {m.evidence.quote for m in read(ReportText(text=AT_HOME + DONE)).metrics}
    assert {"48 встреч", "130 семей"} <= found
