"""How a page is cited, and whether a cited page is still what it was."""

from datetime import date
from urllib.parse import urlencode

import streamlit as st

from dashboard.component.views import mount_views
from dashboard.shell.addresses import CITE, settings_of
from dashboard.shell.header import Header
from dashboard.shell.page_address import expect_settings
from dashboard.shell.pages import Page, Settings
from dashboard.shell.writing import note, notice
from dashboard.snapshots import row_codes_of_data, snapshot_on
from indicators import __version__
from indicators.core.citation.code_version import code_version
from indicators.core.citation.references import FORMATS, Reference
from indicators.core.citation.row_sums import RowCode, RowId
from indicators.core.citation.seal import (
    Seal,
    Standing,
    Verdict,
    compare,
    read_seal,
    seal_view,
    with_background,
    write_seal,
)
from indicators.core.plain_text import quoted

LIVE, FROZEN = "Live", "Frozen"


def citation(page: Page, header: Header) -> None:
    """Offer the page's citation, and check the citation that the page was opened with."""
    day = header.day
    with header.actions:
        popover = st.popover("Cite or save", type="tertiary", key="cite_popover", on_change="rerun")
    if popover.open:
        with popover:
            _offer(page, header.title, day)
            st.subheader("Save this view", anchor=False)
            mount_views(whole_list=False, today=date.today(), key="save_view")
    expect_settings(CITE)
    given = st.query_params.get(CITE)
    with header.below:
        if given and day is not None:
            _check(given, page, day)
        elif given:
            notice("This link is a citation of a day, but its day is missing. The latest is shown.")


def _offer(page: Page, title: str, day: date | None) -> None:
    today = date.today()
    kind = st.segmented_control(
        "Link",
        (FROZEN, LIVE),
        default=FROZEN,
        required=True,
        key="cite_link",
        help="A frozen link shows what was known on this day and says if anything has changed since. "
        "A live link shows the latest.",
    )
    settings = settings_of(st.query_params.to_dict())
    seal = seal_of_view(page, settings, day or today)
    if kind == FROZEN:
        reference = _frozen(title, settings, day or today, today, st.context.url or "", seal)
    else:
        query = settings | ({"as_of": day.isoformat()} if day else {})
        reference = _reference(title, _address(st.context.url or "", query), today, day, seal)
    style = st.segmented_control("Format", list(FORMATS), default="Short", required=True, key="cite_format")
    st.code(FORMATS[str(style)](reference), language=None, wrap_lines=True)
    st.code(reference.address, language=None, wrap_lines=True)
    note(f"Rests on {seal.rows:,} rows of the data.")


def frozen_reference(page: Page, title: str, settings: Settings, day: date, today: date, address: str) -> Reference:
    """Return the citation of a page as known on a day, whose link says by itself whether anything has changed.

    Args:
        address: The page's address without settings.
    """
    return _frozen(title, settings, day, today, address, seal_of_view(page, settings, day))


def _frozen(title: str, settings: Settings, day: date, today: date, address: str, seal: Seal) -> Reference:
    query = {**settings, "as_of": day.isoformat(), CITE: write_seal(seal)}
    return _reference(title, _address(address, query), today, day, seal)


def _address(page: str, query: Settings) -> str:
    return f"{page}{'?' if query else ''}{urlencode(query)}"


def _reference(title: str, address: str, today: date, replayed: date | None, seal: Seal) -> Reference:
    return Reference(
        title=title,
        address=address,
        seen=today,
        replayed=replayed,
        data_version=seal.data_version,
        code_version=seal.code_version,
        result=seal.result,
    )


def _check(given: str, page: Page, day: date) -> None:
    settings = settings_of(st.query_params.to_dict())
    try:
        cited = read_seal(given)
    except ValueError as error:
        notice(f"This citation can't be checked: {error}.")
        return
    now = seal_of_view(page, settings, day)
    verdict = compare(cited, now, codes_of_view(page, settings, day), row_codes_of_data())
    sentence = verdict_sentence(verdict, cited, now)
    if verdict.standing is Standing.SAME:
        notice(sentence, "success", icon=":material/verified:")
    elif verdict.standing is Standing.CHANGED:
        notice(sentence, icon=":material/difference:")
    else:
        notice(sentence, "info", icon=":material/tune:")


def verdict_sentence(verdict: Verdict, cited: Seal, now: Seal) -> str:
    """Say whether a view is the one that was cited."""
    if verdict.standing is Standing.SAME:
        moved = (
            "" if cited.data_version == now.data_version else f" Data version {now.data_version} left its rows alone."
        )
        if cited.code_version != now.code_version:
            moved += f" Code version {now.code_version} computes the same from them."
        return f"Same as cited: the {cited.rows:,} rows and the result {now.result} are unchanged.{moved}"
    if verdict.standing is Standing.OTHER_VIEW:
        return "This is not the cited view: the settings or the day were changed after the link was opened."
    return (
        f"Changed since it was cited, because {'; '.join(verdict.reasons)}. "
        f"Cited: data {quoted(cited.data_version)}, result {quoted(cited.result)}. "
        f"Now: data {now.data_version}, result {now.result}."
    )


def codes_of_view(page: Page, settings: Settings, day: date) -> dict[RowId, RowCode]:
    """Return the codes of the rows that a page rests on."""
    snapshot, codes = snapshot_on(day), row_codes_of_data()
    return {row: codes[row] for row in with_background(snapshot.evidence, page.rows(snapshot, settings))}


def seal_of_view(page: Page, settings: Settings, day: date) -> Seal:
    """Seal a page as it stands on a day."""
    codes, snapshot = codes_of_view(page, settings, day), snapshot_on(day)
    return seal_view(
        data_version=snapshot.evidence.data_version,
        code_version=code_version(__version__),
        settings={"page": page.stem, "day": day, **settings},
        result=page.result(snapshot, settings) if page.result else sorted(codes.items()),
        codes=codes,
    )
