"""The page of a reader's own file: what is drawn, what is refused, and that nothing of it outlives the visit."""

from __future__ import annotations

import io
import json
from datetime import date

import openpyxl
import pytest
from hostile_text import PAYLOADS, html_texts, made_of, made_of_html, marked_texts
from streamlit.testing.v1 import AppTest
from test_pages import ARTICLE, charts, drawn, open_page, texts

from dashboard.own_evidence.chart import beside, own_rows
from dashboard.snapshots import snapshot_on
from indicators.core.evidence.load import DATA_DIRECTORY
from indicators.core.own_evidence.observations import Mapped, observations_mapped
from indicators.core.own_evidence.sheet import sheet_of

HEADER, *ROWS = (DATA_DIRECTORY / "observations.csv").read_text(encoding="utf-8").splitlines()
SUPPORT = [row for row in ROWS if row.split(",")[1] == "levada_support_total"][:6]
MONTHS = "Month;Cases\r\nAug 2023;1.234,5\r\nSep 2023;1.300,0\r\n"


def with_file(content: bytes | str, name: str = "mine.csv", **address: str) -> AppTest:
    """Open the page and a file on it."""
    page = open_page("own_evidence", **address)
    assert charts(page) == 0
    given = content.encode() if isinstance(content, str) else content
    page.file_uploader(key="own_file").upload(name, given, "text/csv").run()
    assert not page.exception, page.exception[0].message
    return page


def select(page: AppTest, label: str, option: str) -> None:
    """Choose an option of a list."""
    next(box for box in page.selectbox if box.label == label).select(option).run()
    assert not page.exception, page.exception[0].message


def test_a_file_in_the_form_of_observations_stands_beside_ours() -> None:
    page = with_file("\n".join([HEADER, *SUPPORT]))
    assert charts(page) == 1
    shown = drawn(page)
    assert "with your own figures" in shown
    assert "your file" in shown
    assert "Levada" in shown
    assert "6 of your figures are drawn." in texts(page)


def test_a_table_of_any_form_is_mapped_and_drawn() -> None:
    page = with_file(MONTHS)
    assert charts(page) == 1
    assert "Cases: A comma is the decimal mark." in texts(page)
    assert "1234.5" in drawn(page)
    assert "with your own figures" not in drawn(page)
    select(page, "Draw it in", "Refusal cases reaching courts: Cases reaching courts, per week (cases per week)")
    assert charts(page) == 1
    assert "with your own figures" in drawn(page)
    assert "read in the unit of this chart: cases per week" in texts(page)


def test_a_workbook_is_read_as_it_is() -> None:
    book = openpyxl.Workbook()
    for row in (["Day", "Count"], ["2023-08-30", 5], ["2023-08-31", 7]):
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    assert "2 of your figures are drawn." in texts(with_file(file.getvalue(), "mine.xlsx"))


def test_figures_known_later_do_not_stand_in_a_replay() -> None:
    page = with_file(MONTHS, as_of=ARTICLE)
    assert charts(page) == 0
    assert "0 of your figures are drawn; 2 became known after the day you replay." in texts(page)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "expected a header and rows"),
        (b"%PDF-1.7", "is a PDF"),
        (b"PK\x03\x04 broken", "is a damaged workbook"),
        (b"<html><body>404</body></html>", "is a web page"),
        (HEADER.encode(), "expected rows below the header"),
        (b"\x00\x01", "is not text"),
    ],
)
def test_a_file_that_is_no_table_gets_its_sentence_and_nothing_else(content: bytes, sentence: str) -> None:
    page = with_file(content)
    assert sentence in page.warning[0].value.replace("\\", "")
    assert charts(page) == 0
    assert len(page.selectbox) == 0


def test_a_wrong_cell_is_named_by_row_and_column_and_nothing_is_drawn() -> None:
    page = with_file(MONTHS + "Oct 2023;many\r\n")
    assert "until one place is mended" in texts(page)
    assert charts(page) == 0
    (found,) = page.table
    assert found.value.iloc[0].tolist()[1:3] == ["4", "Cases (value)"]
    assert "expected a number" in found.value.iloc[0].tolist()[3]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_words_of_a_file_stay_words(payload: str) -> None:
    quoted = '"' + payload.replace('"', '""') + '"'
    for content in (
        f"{quoted},n\n2023-08-30,1\n",
        f"{quoted},n\n{quoted},1\n",
        f"day,n,claimant\n2023-08-30,1,{quoted}\n",
    ):
        page = with_file(content, f"{payload[:40]}.csv".replace("/", "_"))
        made = [*(found for text in marked_texts(page) for found in made_of(text))]
        assert made + [found for text in html_texts(page) for found in made_of_html(text)] == []


def test_the_drawing_library_gets_no_tag_and_no_entity_of_a_file() -> None:
    sheet = sheet_of(b"day,n,note,claimant\n2023-08-30,1,<b>bold</b>,&lt;i&gt;\n", "x.csv")
    columns = {"period_start": "day", "value": "n", "note": "note", "claimant": "claimant"}
    mapped = Mapped(columns=columns, name="<img src=x>", unit="a<br>b")
    snapshot = snapshot_on(None)
    own = own_rows(observations_mapped(sheet, mapped, snapshot.evidence, date(2026, 11, 28)).rows)
    content = beside(own, None, snapshot, "x.csv")
    figure = json.dumps(content["figure"], ensure_ascii=False)
    assert not [tag for tag in ("<img", "<b>bold", "&lt;i&gt;", "<br>b") if tag in figure]
    assert "img src=x" in figure
    table = content["table"]
    assert table is not None
    assert list(table["Series"]) == ["<img src=x>"]


def test_a_file_is_forgotten_with_the_visit_or_when_it_is_taken_away() -> None:
    page = with_file(MONTHS)
    assert "own_evidence_kept" in page.session_state
    page.file_uploader(key="own_file").clear().run()
    assert "own_evidence_kept" not in page.session_state
    assert charts(page) == 0
    assert charts(open_page("own_evidence")) == 0
