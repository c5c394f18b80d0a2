"""Saved views: what a reader named and kept, in this browser alone."""

from datetime import date

from dashboard.component.views import mount_views
from dashboard.shell.pages import Opening, Page, Settings
from dashboard.shell.parts import page_header
from dashboard.shell.writing import bullets
from indicators.core.snapshot import Snapshot

QUESTION = "Which views did you save?"
ANSWER = (
    "Views that you save stay in this browser, with your notes; nobody else sees them, and nothing of them is sent."
)
CARE = (
    "To save a view, open its page and choose “Cite or save”.",
    "A view without a day shows the latest figures each time you open it; one as known on a day stays as it is.",
    "Another browser has other views. Save them as a file here and open the file there.",
    "Whoever clears the data of this site in the browser deletes them.",
)


def opening(snapshot: Snapshot, settings: Settings) -> Opening:
    """Return the page's question, and where the views are."""
    return Opening(question=QUESTION, answer=ANSWER)


def draw_page() -> None:
    """Draw the page from top to bottom."""
    page_header(QUESTION, ANSWER)
    mount_views(whole_list=True, today=date.today(), key="saved_views")
    bullets(CARE)


PAGE = Page(
    stem="views",
    title="Saved views",
    group="Data",
    order=6,
    draw=draw_page,
    opening=opening,
    rows=lambda *_: [],
    opens_with_chart=False,
    citable=False,
)
