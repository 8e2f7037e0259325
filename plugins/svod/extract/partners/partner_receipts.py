"""Is a name an item of a list of receipts: «Поступило: … – ООО «X» 110 000», «доходы: фонд «Y» — 2 млн».

Knows the text around the name only.
"""

from __future__ import annotations

import re

REACH_BACK, REACH = 500, 90
_SUM = re.compile(
    r"^[^\n;]{0,70}?(?:\d[\d \u00a0.,]*(?:тыс|млн|миллион|руб|₽|р\.)|\d{2,3}[ \u00a0]\d{3}(?!\d)|\|\s*\d"
    r"|(?:сто|двести|триста|четыреста|пят\w+|шест\w+|сем\w+|восем\w+|девят\w+|полмиллион\w*|миллион\w*|десять)"
    r"\s+(?:тысяч|миллион|рубл))",
    re.IGNORECASE,
)
_GOT = re.compile(
    r"собрано|собрал|поступ(?:ил|лен|ает)|приход\b|пришедш|пришло|доход|источник|пожертвовани|софинансирован"
    r"|благотворител|жертвовател|спонсор|откуда|внебюджетн|привлечен|взнос|получено|финансирование\b",
    re.IGNORECASE,
)
_SPENT = re.compile(
    r"потрач|израсходован|расход|потратил|куплен|закуплен|победител|получател|выплачен|ушло|на что"
    r"|заявк|проект\w*:|грант\w* получил|распределен|направлен",
    re.IGNORECASE,
)
_NO_MONEY = re.compile(
    r"(?:\b(?:в|во|на|при|из|для|через|ящик\w*|труд|психолог\w*|имуществ\w*|вещ\w*|продукт\w*|оборудовани\w*"
    r"|аренд\w*|сбор|помещени\w*|услуг\w*|мастер\w*|закупк\w*|изготовлени\w*)(?:\s+(?:в|от|у|из|на))?)\s+(?:[^\s,.;]+\s+){0,1}$",
    re.IGNORECASE,
)
_TOLD = re.compile(r"[.!?]\s|[а-яё]{3}(?:ал|ил|ял|ел|ул)[аио]?\b|оборудован", re.IGNORECASE)


def is_receipt(text: str, start: int, end: int) -> bool:
    """True where the sum that came from the organisation stands behind it, under a head of receipts."""
    after = text[end : end + REACH]
    sum_ = _SUM.match(after)
    if sum_ is None or _TOLD.search(after[: sum_.end()]):
        return False
    before = text[max(0, start - REACH_BACK) : start]
    line = before.rpartition("\n")[2]
    if _NO_MONEY.search(line) or re.search(r"[^\s\d|(«\"–—•▪️*:-]\s*[–—-]\s+$", line) is not None:
        return False
    got, spent = (max((m.end() for m in p.finditer(before)), default=-1) for p in (_GOT, _SPENT))
    return got > spent
