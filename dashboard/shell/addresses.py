"""Links to the API and to pages: below the server's base path, and with the replayed day if there is one."""

from collections.abc import Mapping
from datetime import date
from urllib.parse import urlencode

from dashboard.component.assets import server_path
from indicators.core.text import day_text
from indicators.core.tracking_marks import is_tracking_mark

API_ROOT = "/api"
API = f"{API_ROOT}/v1"
EMBED = "/embed"
OEMBED = "/oembed"
PREVIEW = "/preview"
ARCHIVE = "/downloads"
BRIEFING = "/briefing"
FIRST = "overview"
"""Stem of the page at the root address."""

CITE = "cite"
NOT_SETTINGS = (CITE, "as_of", "later")
"""Parameters of the address that are no settings: the citation, the day, and an overlay of what came later."""


def api_link(path: str, day: date | None, **query: str) -> str:
    """Return the address of an answer of the API as a page links to it.

    Args:
        path: Address below the version, such as ``indicators/refusal_cases``.
        day: The replayed day; None for the latest evidence, or for an answer that no day changes.

    Example:
        >>> api_link("events", date(2023, 8, 30), format="csv")
        '/api/v1/events?format=csv&as_of=2023-08-30'
        >>> api_link("events", None)
        '/api/v1/events'
    """
    return _address(f"{API}/{path}", query_on(day, **query))


def documentation_link() -> str:
    """Return the address of the API's documentation."""
    return server_path("/api/docs")


def description_link() -> str:
    """Return the address of the API's description for programs."""
    return server_path(f"{API_ROOT}/openapi.json")


def page_link(stem: str, day: date | None, /, **query: str) -> str:
    """Return the address of a page, for a link that opens it anew.

    Example:
        >>> page_link("indicator", date(2023, 8, 30), indicator="refusal_cases")
        '/indicator?indicator=refusal_cases&as_of=2023-08-30'
        >>> page_link("overview", None)
        '/'
    """
    return _address("/" if stem == FIRST else f"/{stem}", query_on(day, **query))


def preview_link(stem: str, day: date | None, /, **query: str) -> str:
    """Return the address of the picture that a link to a page is shown with.

    Example:
        >>> preview_link("claims", date(2023, 8, 30))
        '/preview/claims.png?as_of=2023-08-30'
    """
    return _address(f"{PREVIEW}/{stem}.png", query_on(day, **query))


def archive_link(stem: str) -> str:
    """Return the address of a page's archive; the page's own settings follow it.

    Example:
        >>> archive_link("claims")
        '/downloads/claims.zip'
    """
    return server_path(f"{ARCHIVE}/{stem}.zip")


def briefing_link(stem: str) -> str:
    """Return the address of a page's briefing; the page's own settings follow it.

    Example:
        >>> briefing_link("claims")
        '/briefing/claims'
    """
    return server_path(f"{BRIEFING}/{stem}")


def settings_of(address: Mapping[str, str]) -> dict[str, str]:
    """Return the settings of a view, without what is no setting and what others hung on the link.

    Example:
        >>> settings_of({"indicator": "refusal_cases", "as_of": "2023-08-30", "cite": "1~", "fbclid": "x"})
        {'indicator': 'refusal_cases'}
    """
    return {name: text for name, text in address.items() if name not in NOT_SETTINGS and not is_tracking_mark(name)}


def embed_links(
    path: str, day: date | None, today: date, *, sentence: Mapping[str, str] | None = None, **query: str
) -> dict[str, str]:
    """Return the addresses at which a chart stands by itself, by what they show.

    Args:
        path: Which chart, such as ``indicator/refusal_cases/weekly``.
        day: The replayed day; None offers the latest and what is known today.
        sentence: Settings of the page whose answer can stand alone as well; None where it can't.

    Example:
        >>> embed_links("projection", date(2023, 8, 30), date(2026, 11, 26), sentence={})
        {'Frozen: as known on 30 Aug 2023': '/embed/projection?as_of=2023-08-30', \
'Answer alone, frozen': '/embed/sentence/projection?as_of=2023-08-30'}
    """
    frozen = day or today
    alone = f"sentence/{path.partition('/')[0]}"
    named = {f"Frozen: as known on {day_text(frozen)}": embed_link(path, frozen, **query)}
    if day is None:
        named = {"Live: always the latest": embed_link(path, None, **query)} | named
    if sentence is not None and day is None:
        named["Answer alone, live"] = embed_link(alone, None, **sentence)
    if sentence is not None:
        named["Answer alone, frozen"] = embed_link(alone, frozen, **sentence)
    return named


def embed_link(path: str, day: date | None, /, **query: str) -> str:
    """Return the address at which a chart or an answer stands by itself.

    Args:
        path: Which one, such as ``indicator/refusal_cases/weekly``.

    Example:
        >>> embed_link("sentence/answer", None)
        '/embed/sentence/answer'
    """
    return _address(f"{EMBED}/{path}", query_on(day, **query))


def oembed_link(address: str) -> str:
    """Return the address that describes how to put what an address shows on another page.

    Example:
        >>> oembed_link("http://127.0.0.1/answer")
        '/oembed?url=http%3A%2F%2F127.0.0.1%2Fanswer'
    """
    return _address(OEMBED, {"url": address})


def query_on(day: date | None, /, **query: str) -> dict[str, str]:
    """Return the parameters of an address, the replayed day last."""
    return query if day is None else {**query, "as_of": day.isoformat()}


def _address(path: str, query: dict[str, str]) -> str:
    return server_path(path) + (f"?{urlencode(query)}" if query else "")
