"""Who issues a text: the wall or site above it, the press service or the owner below it, the body that
reports.

«As the ministry told us» names no publisher. Names of sites and channels are kept as they stand.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from svod.extract.layout.furniture import is_menu, is_signature_mark, menu_words
from svod.extract.layout.issuers import is_issuer, names_press_service, tells
from svod.extract.layout.lines import DATE
from svod.extract.layout.page import Page
from svod.extract.layout.segments import Block
from svod.extract.publication.mastheads import (
    agency,
    bare_masthead,
    cell_beside_date,
    first_line,
    issue_named,
    name_before_rubrics,
    name_behind_title,
    reporting_form,
    site_above,
    wire,
)

_WALL_NAME = re.compile(
    r'^(?:эта )?запись (?:была )?(?:опубликована )?на стене\s+\w+\s+["«](?P<name>.+?)["»]'
    r"\s+(?:от\s+)?\d{1,4}[-.]",
    re.IGNORECASE,
)
_EXPORTED = re.compile(r"^(?P<name>[^\[\]\n]{3,90}?),?\s+\[\d{1,2}[./]\d{1,2}[./]\d{2,4}[^\]]{0,20}\]")
_LABEL = re.compile(
    r"^(?:телеграм-)?(?:канал|сайт|группа|сообщество|паблик|страница|источник публикации|издатель"
    r"|учредитель сайта)\s*:\s*",
    re.IGNORECASE,
)
_COPYRIGHT = re.compile(
    r"^(?:©|\([cс]\))[\s,]*(?:\d{4}\s*(?:[-–—]\s*(?:\d{4}\b|н\.\s?в\.))?\s*(?:гг?\.|год[аы]?)?[\s,.]*)?(?P<name>[^\W\d_].*|[«\"].*)$",
    re.IGNORECASE,
)
_CONTACT = re.compile(
    r"[.,;|]?\s*(?:тел(?:\.|ефон)|e-?mail|адрес|все права|\d{6},|18\+|при (?:использ|копир)|копирование"
    r"|разработ|создание сайта|зарегистрирован).*$"
    r"|,?\s*\d{4}\s*(?:[-–—]\s*\d{4})?\s*(?:гг?\.?|год[аы]?)?\s*$",
    re.IGNORECASE,
)
_PLACE = re.compile(r"^(?:г\.|пос\.|с\.|пгт)\s?[А-ЯЁ]")
_NO_NAME = re.compile(
    r"[←→☰≡]|\d\s?[xх]\s?\d|\bбаннер|^об?\s+\w+$|^российская федерация\b", re.IGNORECASE
)  # a calendar, an advert, a menu
_SOURCE = re.compile(
    r"^(?:источник|текст(?: и фото)?|фото и текст|материалы?|информация|по материалам"
    r"|предоставлено)\s*[:—–-]?\s*"
    r"(?P<name>пресс-(?:служб|центр|секретар)\w*\s+.+)$",
    re.IGNORECASE,
)
_THANKS = re.compile(
    r"^(?P<name>[А-ЯЁ][^.!?\n]{8,120}?)\s+(?:сердечно |искренне |от души )?(?:благодар(?:ит|ят))\b"
)
_REPORT = re.compile(r"отч[её]т|доклад|информация|сведения|справка|итоги|результаты", re.IGNORECASE)
_OWN_REPORT = re.compile(
    rf"\b(?:{_REPORT.pattern})\b(?:\s+(?:публичный|годовой|ежегодный))?"
    r"(?:\s+(?:о|об|по)\s+(?:\w+\s+){0,2}?(?:работе|деятельности)|\s+(?:работы|деятельности))?\s*$",
    re.IGNORECASE,
)
_ITS_YEAR = re.compile(
    r"^\s*[.:—–-]?\s*(?:(?:публичный|годовой|ежегодный|итоговый)\s+(?:отч[её]т|доклад)|год\s+\d{4})",
    re.IGNORECASE,
)
_OFFICIAL = re.compile(
    r"^(?:и\.\s?о\.\s+)?(?:директор|руководитель|председатель|заведующ\w+|начальник|министр|глава|президент)\s+",
    re.IGNORECASE,
)
_INITIALS = re.compile(r"[А-ЯЁ]\.\s?[А-ЯЁ]\.|[А-ЯЁ][а-яё]+\s+[А-ЯЁ][а-яё]+\s*$")
_ISSUE = re.compile(rf"^(?P<name>[«\"А-ЯЁ][^\d\n]{{4,50}}?),\s+{DATE}\s*$", re.IGNORECASE)
_TEAM = re.compile(
    r"(?:ваш[аи]?\s+)?(?:команда|коллектив|дирекция|правление|сотрудники|редакция)\s+|\bваш[аи]?\s+",
    re.IGNORECASE,
)
_COMMAND = re.compile(rf"(?:{_TEAM.pattern})$", re.IGNORECASE)
_FIRST_PERSON = re.compile(
    r"\b(?:мы|нас|нам|нами|наш(?:а|е|и|его|ему|ей|их|им|ими|у|ем|ём)?)\b", re.IGNORECASE
)
_OURS = re.compile(r"(?:\bмы\s*[,–—-]\s*|\bнаш(?:а|его|ему|ей|ем|ём|у|им)?\s+)$", re.IGNORECASE)


_GOVERNMENT = re.compile(r"^(?:правительство|администрация)\s", re.IGNORECASE)
_BODY_OF_IT = re.compile(r"^(?:министерство|департамент|комитет|управление|служба)\s", re.IGNORECASE)


def wall_name(page: Page) -> str | None:
    return next((m["name"] for _, text in page.signatures() if (m := _WALL_NAME.match(text))), None)


_POSTED = re.compile(
    r"^\W*(?:\d{1,2}\s[а-яё]{3,8}\.?(?:\s\d{4})?|сегодня|вчера)\s+в\s+\d{1,2}:\d\d\b", re.IGNORECASE
)
_ON_WALL = re.compile(r"\s*\|\s*запис[ьи]\b.*$", re.IGNORECASE)
_MASTHEAD = re.compile(
    r"^(?:[А-ЯЁ][а-яё-]+\s)?(?:[а-яё-]+\s){0,3}(?:газета|журнал|еженедельник|вестник)\s+[«\"][^»\"\n]{2,60}[»\"]",
    re.IGNORECASE,
)
_SEAT = re.compile(r"(?<=[»\"”]),?\s+(?:г\.|пос\.|с\.|пгт)\s?[А-ЯЁ][а-яё-]+\s*$")


def post_above(page: Page) -> str | None:
    """The line right above «5 дек 2024 в 16:40»: the wall's name, as an exported post begins."""
    if len(page.blocks) < 2 or not _POSTED.match(page.of(page.blocks[1])):
        return None
    text = bare_masthead(_ON_WALL.sub("", page.of(page.blocks[0])).strip())
    return text if 2 < len(text) <= 90 and not tells(text) and text[-1] not in ".!?:" else None


def masthead(page: Page) -> str | None:
    """«Газета «X», выпуск № 31» in one of the first lines."""
    for block in page.blocks[: min(page.body, 3)]:
        match = _MASTHEAD.match(page.of(block))
        if match is not None and block.kind != "furniture":
            return match[0]
    return None


def exported_name(page: Page) -> str | None:
    """«Название канала, [19.02.2025 18:44]»: a post as a messenger exports it."""
    first = page.of(page.blocks[0]) if page.blocks else ""
    match = _EXPORTED.match(first)
    return match["name"].strip() if match else None


_ENDED_BY_DATE = re.compile(rf",?\s+{DATE}(?:\s*г\.?)?\s*$", re.IGNORECASE)
_SLASHED = re.compile(r"/\s*(?P<name>пресс-служба\s[^/\n]{5,140}?)\s*/", re.IGNORECASE)


_TELLS = re.compile(r"^(?:Сообщает|Информирует|Рассказывает)\s+п(?=ресс-(?:служба|центр)\s)")


def press_above(page: Page) -> str | None:
    """«Пресс-служба X» as the first line, or between strokes in the dateline."""
    for block in page.blocks[: page.body + 1]:
        text = _TELLS.sub("П", page.of(block, 260))
        slashed = _SLASHED.search(text)
        if slashed is not None or (
            names_press_service(text) and len(text) < 160 and " / " not in text and text[-1] != ":"
        ):
            return slashed["name"] if slashed is not None else _ENDED_BY_DATE.sub("", text).rstrip(" .")
    return None


_MAIL = re.compile(r"[:,;]?\s*[\w.-]+@[\w.-]+.*$")


def press_service(page: Page) -> str | None:
    """The last line that signs: «Пресс-служба Министерства X»."""
    lines = [
        page.of(b)
        for i, b in enumerate(page.blocks)
        if i >= page.body and b.kind != "furniture" and b.end - b.start < 220
    ]
    for text in reversed(lines):
        if names_press_service(text) and not text.endswith(":"):  # whose words follow
            return _ENDED_BY_DATE.sub("", _MAIL.sub("", text)).rstrip(" .")
        match = _SOURCE.match(text)
        if match is not None:
            name = re.sub(r"^пресс-служб\w*", "Пресс-служба", match["name"], flags=re.IGNORECASE)
            return name.rstrip(" .")
    ends = (
        _PRESS_AT_END.search(page.text[b.start : b.end])
        for b in page.blocks
        if b.kind in {"lead", "paragraph"}
    )
    return next((m["name"].rstrip(" .") for m in ends if m is not None), None)


_PRESS_AT_END = re.compile(  # «… взята на патронаж. Пресс-служба администрации города.»
    r"[.!?»]\s+(?P<name>Пресс-(?:служба|центр)\s[^.!?,:;\n]{5,120})\.?\s*$"
)


_OBLIQUE = re.compile(r"^[А-ЯЁ][а-яё]+(?:ого|ой)\s")


def name_above(page: Page) -> str | None:
    """The name of a site, channel or issuer that stands alone above the text."""
    for i, block in page.top():
        text = page.of(block)
        if block.kind == "signature" and _is_name(text) and not _is_other_line(page, i, block):
            if _OBLIQUE.match(text) and any(_REPORT.search(page.of(b)) for b in page.blocks[:i]):
                named = [m for m in page.organisations if block.start <= m.start < block.end]
                return named[0].name if named else None  # «ГОДОВОЙ ОТЧЁТ / Благотворительного фонда «X»»
            for after in page.blocks[i + 1 : i + 4]:
                if (
                    after.kind != "signature"
                    or not page.of(after)[:1].islower()
                    or not _is_name(page.of(after))
                ):
                    break
                text += " " + page.of(after)  # a letterhead of several lines
            if (
                _GOVERNMENT.match(text)
                and i + 1 < len(page.blocks)
                and page.blocks[i + 1].kind == "signature"
            ):
                below = page.of(page.blocks[i + 1])
                text = below if _BODY_OF_IT.match(below) and _is_name(below) else text
            return _with_territory(page, i, bare_masthead(_SEAT.sub("", _LABEL.sub("", text))))
        if block.kind == "furniture" and (name := _name_in_menu(text)) is not None:
            return name
    return None


_REPORT_LINE = re.compile(rf"^(?:[А-ЯЁа-яё-]+\s){{0,3}}(?:{_REPORT.pattern})\b", re.IGNORECASE)


def reporting_title(page: Page) -> str | None:
    """«Благотворительный фонд «X» / Отчёт за III квартал»: the first line names who reports in the next."""
    lines = [x.strip() for x in page.text[:400].splitlines() if re.search(r"\w", x)][:2]
    if len(lines) < 2 or not is_issuer(lines[0]) or not _REPORT_LINE.match(lines[1]):
        return None
    return bare_masthead(lines[0])


_TERRITORY = re.compile(
    r"^(?:[А-ЯЁ][а-яё-]+(?:ой|ого)\s+(?:области|края|республики|округа)"
    r"|Республики\s[А-ЯЁ][а-яё-]+(?:\s[А-ЯЁ][а-яё]+)?|[А-ЯЁ-]+(?:ОЙ|ОГО)\s(?:ОБЛАСТИ|КРАЯ|РЕСПУБЛИКИ|ОКРУГА))$"
)
_OWN_NAME = re.compile(r"^(?P<name>[«\"].{3,120}?[»\"])(?:\s+\(?(?:г|с|пос)\.\s?[^()\n]{2,40}\)?)?$")
_FORM_ALONE = re.compile(r"(?:организация|учреждение|фонд|общество|движение|объединение)$", re.IGNORECASE)


def _with_territory(page: Page, at: int, name: str) -> str:
    """A letterhead that goes on in the next line: whose ministry it is, what a body is called."""
    below = page.of(page.blocks[at + 1]) if at + 1 < len(page.blocks) else ""
    if _TERRITORY.match(below) and not name.endswith((below, "»")):
        return f"{name} {below}"
    own = _OWN_NAME.match(below) if _FORM_ALONE.search(name) else None
    return f"{name} {own['name']}" if own is not None else name


def _is_name(text: str) -> bool:
    if len(text) > 160 or re.search(DATE, text, re.IGNORECASE) or _PLACE.match(text) or _NO_NAME.search(text):
        return False
    return not is_signature_mark(text)


def _is_other_line(page: Page, at: int, block: Block) -> bool:
    """The title told twice, the author's name, a link that bids («Войти на сайт»)."""
    text = page.of(block)
    if any(page.of(b) == text for b in page.blocks[at + 1 : at + 4]):
        return True
    person = next((n for n in page.doc.names_in(block.start, block.end) if n.type == "PER"), None)
    if person is not None and person.stop - person.start >= len(text.strip()) - 1:
        return True
    return text.split()[0].casefold().endswith(("йти", "ться", "ать", "ить", "йтесь", "ите", "айте"))


def _name_in_menu(text: str) -> str | None:
    """«НКО Поволжья | Анонсы | Конкурсы»: the first cell is the site's name when the others are menu
    words."""
    found = [c.strip() for c in re.split(r"\s*[|•/→›>]\s*|\s»\s*|\s{2,}", text) if c.strip()]
    if len(found) < 2 or not is_menu(text) or found[0].casefold() in menu_words():
        return None
    if not is_issuer(found[0]) and (len(found) < 3 or found[0].isupper()):
        return None
    known = sum(c.casefold() in menu_words() for c in found[1:])
    return found[0] if known * 2 >= len(found) - 1 else None


_BEHIND_NAME = re.compile(r"(?:(?<=[»\"”]),\s|[.,]\s*(?:ИНН|ОГРН)|,?\s*(?:19|20)\d\d\b|\.\s\d{1,2}\+).*$")


def copyright_owner(page: Page) -> str | None:
    for _, text in page.signatures():
        match = _COPYRIGHT.match(text)
        if match is not None:
            name = _BEHIND_NAME.sub("", _CONTACT.sub("", _CONTACT.sub("", match["name"]))).strip(" .,")
            if 3 < len(name) < 200:
                return _MASS_MEDIA.sub("", name)
    return None


_MASS_MEDIA = re.compile(r"^СМИ\s+(?=[«\"А-ЯЁ])")


def closing_name(page: Page) -> str | None:
    """An issuer alone in one of the last lines: «РИА «Волга-новости»»."""
    for block in reversed(page.blocks[page.last :]):
        if block.end - block.start < 120 and block.kind in {"paragraph", "heading", "signature"}:
            text = page.of(block)
            if is_issuer(text):
                return text
    return None


def closing_issue(page: Page) -> str | None:
    """«Калужская неделя, 14 ноября 2019 года»: a newspaper and its date in the last line."""
    tail = [b for b in page.blocks if b.kind != "furniture"][-1:]
    match = _ISSUE.match(page.of(tail[0])) if tail and tail[0].end - tail[0].start < 100 else None
    if match is None or tells(match["name"]) or is_signature_mark(match["name"]):
        return None
    person = any(n.type == "PER" for n in page.doc.names_in(tail[0].start, tail[0].start + match.end("name")))
    return None if person or "," in match["name"] or _PLACE.match(match["name"]) else match["name"].strip()


def thanking_name(page: Page) -> str | None:
    """The last paragraph opens with an organisation that thanks."""
    tail = [b for b in page.blocks[page.body :] if b.kind not in {"furniture", "signature"}][-6:]
    for block in tail:
        match = _THANKS.match(page.text[block.start : block.start + 300])
        if match is not None and is_issuer(match["name"].strip()):
            return match["name"].strip()
    return None


def signing_official(page: Page) -> str | None:
    """«Директор ГБУ «X» И. И. Иванова» in one of the last lines."""
    tail = [b for b in page.blocks[page.body :] if b.kind != "furniture" and b.end - b.start < 200][-3:]
    if not any(_OFFICIAL.match(page.text[b.start : b.end]) for b in tail):
        return None
    for mention in page.organisations:
        block = next((b for b in tail if b.start <= mention.start < b.end), None)
        if block is None:
            continue
        if _OFFICIAL.fullmatch(page.text[block.start : mention.start]) and _INITIALS.search(
            page.text[mention.end : block.end]
        ):
            return mention.name
    return None


def own_report(page: Page) -> str | None:
    """The body whose own report the title announces: «Отчёт АНО X», «Информация о работе X»."""
    titles = [b for _, b in page.top() if b.kind in {"title", "heading"}]
    if not any(_REPORT.search(page.text[b.start : b.end]) for b in titles):
        return None
    for mention in page.organisations:
        if any(b.start <= mention.start < b.end for b in titles):
            block = page.layout.block_at(mention.start)
            before = (
                page.text[max(block.start, mention.start - 120) : mention.start] if block is not None else ""
            )
            if _OWN_REPORT.search(before) or _ITS_YEAR.match(page.text[mention.end : mention.end + 60]):
                return mention.name
    return None


_AUTHORITY_SITE = re.compile(r"^\s*(?:администрация|мэрия|правительство)\s", re.IGNORECASE)


def below_authority(page: Page) -> str | None:
    """«Администрация X … Информация о работе МБУ «Y»»: on the authority's site a body reports of itself."""
    if _AUTHORITY_SITE.match(page.text) is None:
        return None
    return own_report(page)


_SOURCE_PAPER = re.compile(
    r"^источник\s*[:—–-]\s*(?P<name>(?:газета|журнал|портал|сайт|сетевое издание)"
    r"\s+[«\"][^»\"\n]{2,60}[»\"])\W*$"
    r"|^(?:подготовлено|предоставлено|материал подготовлен)\s+"
    r"(?P<press>пресс-(?:центр|служб)[а-яё]+\s[^.\n]{4,120})",
    re.IGNORECASE,
)
_AFTER_DATE = re.compile(
    rf"^{DATE}(?:\s*г(?:ода?|\.))?,\s+[«\"](?P<name>[^»\"\n]{{3,50}})[»\"]$", re.IGNORECASE
)


def closing_source(page: Page) -> str | None:
    """«Источник: газета «X»», «12 марта 2024, «Меридиан»», «Подготовлено пресс-центром фонда «Y»»."""
    for block in page.blocks[-4:]:
        for piece in re.split(r"(?<=[.\d])\s+(?=[А-ЯЁ])", page.text[block.start : block.end]):
            source = _SOURCE_PAPER.match(piece)
            if source is not None and source["name"]:
                return source["name"][:1].upper() + source["name"][1:]
            if source is not None:
                return re.sub(r"^пресс-(центр|служб)\w*", _press_word, source["press"], flags=re.IGNORECASE)
        dated = _AFTER_DATE.match(page.text[block.start : block.end].strip())
        if dated is not None:
            return dated["name"]
    return None


def _press_word(match: re.Match[str]) -> str:
    return "Пресс-центр" if match[1].casefold() == "центр" else "Пресс-служба"


def closing_team(page: Page) -> str | None:
    """«Ваша команда фонда «X»» in the last short line."""
    tail = [b for b in page.blocks if b.kind not in {"furniture"}][-3:]
    if not any(b.end - b.start < 120 and _TEAM.search(page.text[b.start : b.end]) for b in tail):
        return None
    for mention in page.organisations:
        block = next((b for b in tail if b.start <= mention.start < b.end and b.end - b.start < 120), None)
        if block is not None and _COMMAND.search(page.text[block.start : mention.start]):
            return mention.name
    return None


def first_person(page: Page) -> str | None:
    """An organisation that names itself while it writes as «we»: «наш фонд «X»», «мы, центр «X»»."""
    if len(_FIRST_PERSON.findall(_unquoted(page))) < 3:
        return None
    for mention in page.organisations:
        if _OURS.search(
            page.text[max(0, mention.start - 20) : mention.start]
        ) and not page.layout.is_furniture(mention.start):
            return mention.name
    return None


def _unquoted(page: Page) -> str:
    """The body without what people say."""
    parts: list[str] = []
    at = 0
    for quote in page.prose.quotes:
        if quote.start >= at and quote.stop - quote.inner > 60:
            parts.append(page.text[at : quote.start])
            at = quote.end
    parts.append(page.text[at:])
    return " ".join(
        line for part in parts for line in part.splitlines() if not line.lstrip().startswith(("—", "–"))
    )


PUBLISHER_RULES: tuple[Callable[[Page], str | None], ...] = (
    wall_name,
    post_above,
    exported_name,
    masthead,
    press_service,
    press_above,
    site_above,
    name_behind_title,
    name_before_rubrics,
    below_authority,
    cell_beside_date,
    first_line,
    name_above,
    reporting_title,
    copyright_owner,
    agency,
    wire,
    issue_named,
    closing_source,
    closing_name,
    closing_issue,
    thanking_name,
    own_report,
    reporting_form,
    signing_official,
    closing_team,
    first_person,
)
