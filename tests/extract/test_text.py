"""Bodies to clean text: every kind of file, what is kept of a page, and what a hostile file may cost."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Callable
from contextlib import suppress

import docx
import openpyxl
import pytest
from bench._pages import f1, pages
from hypothesis import given, settings
from hypothesis import strategies as st

from svod.errors import UnreadableReport
from svod.extract.files.text import CleanText, clean_text, media_type_of, substance_sha256

SENTENCE = "Проведено 120 занятий для 45 семей"


def read(name: str, body: bytes | str, charset: str | None = None, selector: str | None = None) -> CleanText:
    data = body.encode() if isinstance(body, str) else body
    return clean_text(data, media_type_of(name), charset, selector)


def code_of(name: str, body: bytes) -> str:
    with pytest.raises(UnreadableReport) as refused:
        read(name, body)
    return refused.value.code


# --- plain text ---


def test_a_text_file_is_kept_to_the_letter() -> None:
    text = "  Отчёт\n\n\t• 23 семьям;\n   • 75 услуг – без\u00a0остатка\n\n\n"
    assert read("a.txt", text).text == text


def test_only_newlines_are_made_one_kind() -> None:
    assert read("a.txt", "один\r\nдва\rтри\n").text == "один\nдва\nтри\n"


# --- pages ---

PAGE = """<!doctype html><html><head><title>Сайт — Итоги</title></head><body>
<div class="menu"><a href="/">Главная</a> <a href="/n">Новости</a></div>
<div id="content"><h1>Итоги проекта «Шаг»</h1><div class="date">23.12.2020</div>
<p>Социальный центр завершил проект «Шаг», поддержанный фондом. С 1 сентября по 30 декабря 2020 года:</p>
<ul><li>23&nbsp;семьям оказана <b>услуга</b>;</li><li>более 300 детей<br>приняли участие</li></ul>
<table><tr><th>Показатель</th><th>План</th><th>Факт</th></tr>
<tr><td>Семей</td><td>20</td><td><p>23</p></td></tr>
<tr><td>Услуг</td><td></td><td>75</td></tr></table>
<h3>Планы</h3><p>В будущем году работа про&shy;должится
на средства районного бюджета и пожертвования жителей.</p>
<div>Просмотров: 160</div><h4>Читайте также</h4><p><a href="/x">Совсем другая новость о другом событии</a></p>
</div><div class="footer">© 2020 Центр</div></body></html>"""


def test_a_page_keeps_its_structure_and_loses_its_furniture() -> None:
    clean = read("a.html", PAGE)
    assert clean.text.split("\n") == [
        "Итоги проекта «Шаг»",
        "",
        "23.12.2020",
        "",
        "Социальный центр завершил проект «Шаг», поддержанный фондом. С 1 сентября по 30 декабря 2020 года:",
        "",
        "• 23\u00a0семьям оказана услуга;",
        "• более 300 детей",
        "",
        "приняли участие",
        "",
        "Показатель\tПлан\tФакт",
        "Семей\t20\t23",
        "Услуг\t\t75",
        "",
        "Планы",
        "",
        "В будущем году работа продолжится на средства районного бюджета и пожертвования жителей.",
    ]
    assert clean.title == "Итоги проекта «Шаг»"
    assert clean.published is not None
    assert clean.published.date().isoformat() == "2020-12-23"
    assert (clean.published_precision, clean.published_basis) == ("day", "page")


@pytest.mark.parametrize(
    ("markup", "day", "precision"),
    [
        (
            '<meta property="article:published_time" content="2024-04-24T02:00:00+07:00">',
            "2024-04-24",
            "instant",
        ),
        (
            '<script type="application/ld+json">{"@graph":[{"datePublished":"2024-04-24"}]}</script>',
            "2024-04-24",
            "day",
        ),
        ('<time datetime="2024-04-24T23:59:00">вчера</time>', "2024-04-24", "day"),
        ('<span itemprop="datePublished">24 апреля 2024 г.</span>', "2024-04-24", "day"),
        ('<script type="application/ld+json">{broken</script>', None, None),
        ('<time datetime="2024-04-24"></time><time datetime="2020-01-01"></time>', None, None),
    ],
)
def test_the_date_that_a_page_states(markup: str, day: str | None, precision: str | None) -> None:
    text = f"<p>{SENTENCE}, сообщили в министерстве социальной политики области накануне вечером.</p>"
    clean = read("a.html", f"<html><body>{markup}{text}</body></html>")
    assert (clean.published.date().isoformat() if clean.published else None) == day
    assert clean.published_precision == precision


def test_a_selector_takes_the_place_of_guessing() -> None:
    other = "Длинный посторонний текст. " * 20
    page = f"<div class='a'><p>{other}</p></div><div class='b'><p>{SENTENCE}.</p></div>"
    assert read("a.html", page, selector=".b").text == f"{SENTENCE}."
    assert SENTENCE not in read("a.html", page, selector=".a").text
    assert "посторонний" in read("a.html", page, selector=".missing").text  # then it is guessed after all


def test_word_f1_on_known_pages_stays_where_it_was() -> None:
    """Floors that only rise: 288 pages, 12 layouts; trafilatura has .892 on them."""
    corpus = pages()
    assert len(corpus) >= 250
    by_layout: dict[str, list[tuple[int, int, int]]] = {}
    for page in corpus:
        by_layout.setdefault(page.layout, []).append(page.score(read("a.html", page.html).text))
    assert len(by_layout) >= 12
    assert f1([s for scores in by_layout.values() for s in scores]) >= 0.99
    assert min(f1(scores) for scores in by_layout.values()) >= 0.95


def test_a_counter_or_a_reflow_is_no_new_substance() -> None:
    text = f"Новость\n\n{SENTENCE}.\n\nПросмотров: 160\n"
    assert substance_sha256(text) == substance_sha256(f"Новость\n{SENTENCE}.\nПросмотров: 161")
    assert substance_sha256(text) != substance_sha256(text.replace("45", "46"))


# --- office files ---


def docx_file() -> bytes:
    document = docx.Document()
    document.core_properties.title = "Отчёт за год"
    document.add_paragraph("Отчёт о проекте")
    document.add_paragraph(f"{SENTENCE}", style="List Bullet")
    table = document.add_table(2, 2)
    for row, cells in enumerate((("Показатель", "Факт"), ("Семей", "45"))):
        for column, value in enumerate(cells):
            table.cell(row, column).text = value
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def xlsx_file() -> bytes:
    book = openpyxl.Workbook()
    book.active.title = "Итоги"
    book.active.append(["Показатель", "Факт"])
    book.active.append([])
    book.active.append([None, "Доля, %", 64.5])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def zip_file(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("_", "."), data)
    return out.getvalue()


def pdf_file(pages: list[str]) -> bytes:
    """A PDF with a page a text (Latin: the standard fonts have no Cyrillic), written by hand."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>"]
    kids = " ".join(f"{4 + 2 * i} 0 R" for i in range(len(pages)))
    objects.append(f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>")
    objects.append("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
    for i, text in enumerate(pages):
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 300] /Resources << /Font << /F1 3 0 R >> >> "
            f"/Contents {5 + 2 * i} 0 R >>"
        )
        stream = f"BT /F1 12 Tf 20 200 Td ({text}) Tj ET"
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    out = b"%PDF-1.4\n"
    offsets = []
    for number, text in enumerate(objects, start=1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{text}\nendobj\n".encode()
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    size = len(objects) + 1
    return (
        out
        + (
            f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer << /Size {size} /Root 1 0 R >>\n"
            f"startxref\n{len(out)}\n%%EOF"
        ).encode()
    )


def at(clean: CleanText, quote: str) -> str:
    """The anchor under which a quote stands."""
    offset = clean.text.index(quote)
    return [a.label for a in clean.anchors if a.start <= offset][-1]


def test_a_docx_keeps_lists_tables_and_places() -> None:
    clean = read("a.docx", docx_file())
    assert clean.text == f"Отчёт о проекте\n• {SENTENCE}\nПоказатель\tФакт\nСемей\t45"
    assert clean.title == "Отчёт за год"
    assert at(clean, SENTENCE) == "paragraph 2"


def test_a_spreadsheet_keeps_rows_and_cells() -> None:
    clean = read("a.xlsx", xlsx_file())
    assert clean.text == "Итоги\nПоказатель\tФакт\nДоля, %\t64,5"
    assert at(clean, "64,5") == "Итоги!B3"


def test_a_pdf_keeps_its_pages() -> None:
    clean = read("a.pdf", pdf_file(["120 lessons", "45 families"]))
    assert clean.text.split("\n") == ["120 lessons", "45 families"]
    assert at(clean, "45 families") == "page 2"


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_a_csv_becomes_rows(delimiter: str) -> None:
    rows = [["Показатель", "Факт"], ["Семей", "45"], ["Услуг", "75"]]
    body = "\r\n".join(delimiter.join(row) for row in rows).encode("cp1251")
    clean = read("a.csv", body)
    assert clean.text == "Показатель\tФакт\nСемей\t45\nУслуг\t75"
    assert at(clean, "75") == "row 3"


def test_a_zip_of_one_report_is_that_report() -> None:
    assert read("a.zip", zip_file(report_txt=SENTENCE.encode("cp1251"))).text == SENTENCE
    assert "• " + SENTENCE in read("a.zip", zip_file(report_docx=docx_file())).text
    assert code_of("a.zip", zip_file(a_txt=b"one", b_txt=b"two")) == "many_members"


def encrypted_zip() -> bytes:
    body = bytearray(zip_file(report_txt=b"secret"))
    body[6] |= 1  # the flag in the local header, and in the directory
    body[body.index(b"PK\x01\x02") + 8] |= 1
    return bytes(body)


@pytest.mark.parametrize(
    ("name", "body", "code"),
    [
        ("a.txt", b"", "empty_file"),
        ("a.txt", b" \r\n\t ", "empty_file"),
        ("a.txt", b"\xef\xbb\xbf", "empty_file"),
        ("a.html", b"<html><body><script>x()</script></body></html>", "empty_file"),
        ("a.txt", bytes(range(256)) * 50, "not_text"),
        ("a.txt", b"\x7fELF" + b"\x00\x01\x02\x03" * 2_000, "not_text"),
        ("a.bin", b"\x00\x01\x02" * 2_000, "unsupported_type"),
        ("a.pdf", b"%PDF-1.7\n1 0 obj garbage", "damaged"),
        ("a.pdf", b"this is no pdf", "damaged"),
        ("a.docx", b"PK\x03\x04 cut off", "damaged"),
        ("a.docx", b"not even a zip", "damaged"),
        ("a.xlsx", zip_file(report_txt=b"hello"), "damaged"),
        ("a.zip", encrypted_zip(), "encrypted"),
        ("a.zip", zip_file(report_txt=b"0" * 40_000_000), "zip_limits"),
        ("a.zip", zip_file(inner_zip=zip_file(a_txt=b"x")), "zip_limits"),
        ("a.zip", zip_file(**{f"f{n}_txt": b"x" for n in range(600)}), "zip_limits"),
        ("a.txt", b"x" * 30_000_001, "too_large"),
        ("a.csv", b"a;b\n" * 60_000, "too_large"),
        ("a.html", b"<p>" + b"x" * 12_100_000, "too_large"),
    ],
)
def test_what_cannot_be_read_says_why(name: str, body: bytes, code: str) -> None:
    assert code_of(name, body) == code


def bomb_sheet() -> bytes:
    """A sheet of 40,000 rows that packs two hundred to one."""
    row = '<row><c t="inlineStr"><is><t>45</t></is></c></row>' * 400_000
    head = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    sheet = f"{head}{row}</sheetData></worksheet>"
    return zip_file(**{"xl/workbook_xml": b"<workbook/>", "xl/worksheets/sheet1_xml": sheet.encode()})


HOSTILE: dict[str, Callable[[], tuple[str, bytes]]] = {
    "nested": lambda: ("a.html", b"<div>" * 200_000 + SENTENCE.encode()),
    "unclosed_bold": lambda: ("a.html", "<p><b>слово ".encode() * 50_000),
    "million_attributes": lambda: ("a.html", b"<p " + b"a=1 " * 500_000 + b">text"),
    "million_entities": lambda: ("a.html", b"<p>" + b"&amp;" * 1_000_000),
    "only_open_brackets": lambda: ("a.html", b"<" * 2_000_000),
    "long_class": lambda: ("a.html", b"<div class='" + b"menu-" * 300_000 + b"'><p>text</p></div>"),
    "hundred_thousand_links": lambda: ("a.html", b"<a href='/x'>link</a>" * 100_000),
    "huge_table": lambda: ("a.html", b"<table>" + b"<tr><td>1<td>2" * 60_000),
    "nested_tables": lambda: ("a.html", b"<table><tr><td>" * 3_000),
    "nested_lists": lambda: ("a.html", b"<ul><li>" * 3_000),
    "megabyte_word": lambda: ("a.html", b"<p>" + "я".encode() * 1_000_000),
    "json_depth": lambda: (
        "a.html",
        b'<script type="application/ld+json">' + b"[" * 100_000 + b"</script><p>x y z</p>",
    ),
    "sheet_bomb": lambda: ("a.xlsx", bomb_sheet()),
    "pdf_loop": lambda: (
        "a.pdf",
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 1 0 R>>endobj\ntrailer<</Root 1 0 R>>",
    ),
    "csv_quotes": lambda: ("a.csv", b'"' * 1_000_001),
    "csv_wide": lambda: ("a.csv", b"," * 2_000_000),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_files_end_in_bounded_time(kind: str) -> None:
    name, body = HOSTILE[kind]()
    started = time.monotonic()
    with suppress(UnreadableReport):  # a reason is as good as a text
        clean_text(body, media_type_of(name), None)
    assert time.monotonic() - started < 20


def test_a_selector_on_absurd_nesting_is_refused() -> None:
    with pytest.raises(UnreadableReport) as refused:
        clean_text(b"<div>" * 20_000, "text/html", None, "article")
    assert refused.value.code == "too_deep"


_TAGS = st.sampled_from(
    ["<p>", "</p>", "<div>", "</div>", "<li>", "<ul>", "<table>", "<td>", "<tr>", "<br>", "<a href=x>"]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(_TAGS, st.text(max_size=30)), max_size=80))
def test_any_markup_gives_text_or_a_reason(parts: list[str]) -> None:
    with suppress(UnreadableReport):  # nothing in it, or nothing readable
        clean = clean_text("".join(parts).encode("utf-8", "surrogatepass"), "text/html", "utf-8")
        assert "\x00" not in clean.text
        assert clean.text.encode()
