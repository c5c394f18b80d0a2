"""What an address of a frame asks for: a chart or an answer, or a refusal that says what was expected."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import date
from typing import NamedTuple

from dashboard.charts.palette import COLOURS
from dashboard.component import ChartContent
from dashboard.component.controls import Control
from dashboard.indicator.charts import panel_content
from dashboard.pressure.content import index_content
from dashboard.projection.chart import projection_content
from dashboard.projection.controls import controls, read_settings
from dashboard.server.page_text import opening_of
from dashboard.shell.addresses import page_link
from dashboard.shell.pages import Opening, page_of
from dashboard.shell.sections.forecast import forecast_content
from dashboard.shell.sections.weekly_sentences import weekly_sentences
from dashboard.shell.wording.forecast_text import forecast_sentence
from dashboard.snapshots import snapshot_on
from indicators.core.figures.periods import FULL_SCALE_INVASION
from indicators.core.ledger.entries import dated_entries, places
from indicators.core.model import DATED_KINDS, Indicator, as_known
from indicators.core.plain_text import quoted, read_day
from indicators.core.registry import all_indicators
from indicators.core.tracking_marks import is_tracking_mark
from indicators.methods.index.parameters import BOUNDS as INDEX_BOUNDS
from indicators.methods.index.parameters import IndexParameters, Mean, index_query, read_index_settings
from indicators.methods.projection.parameters import BOUNDS, ProjectionParameters, to_query
from indicators.methods.projection.project import project

Query = Mapping[str, str]
ANSWER, PROJECTION, INDICATOR, INDEX = "answer", "projection", "indicator", "index"
SENTENCES = (ANSWER, PROJECTION, INDICATOR, INDEX)
"""Pages whose answer can stand by itself."""


class RefusedError(Exception):
    """An address that can't be answered.

    Args:
        status: HTTP status of the answer.
        sentence: What was expected, what came and what to do.
    """

    def __init__(self, status: int, sentence: str) -> None:
        """Keep status and sentence."""
        super().__init__(sentence)
        self.status = status


class Embedded(NamedTuple):
    """What stands by itself, and the address of the page that it is from.

    Args:
        content: A chart, or what a page says first.
    """

    content: ChartContent | Opening
    page: str


class Asked(NamedTuple):
    """What an address asks for.

    Args:
        theme: "light" or "dark"; empty follows the reader's own setting.
    """

    embedded: Embedded
    day: date | None
    theme: str


Reader = Callable[[Query, Query, date | None], Embedded]
"""Returns what one kind of address asks for: from parts of its path, its settings and its day."""


def reader_of(path: str) -> tuple[Reader, Query]:
    """Return what reads an address, and the parts of its path by name.

    Args:
        path: Path below the address of frames, such as ``indicator/refusal_cases/weekly``.

    Raises:
        RefusedError: If nothing stands there.
    """
    match path.split("/"):
        case ["answer"]:
            return answer_chart, {}
        case ["projection"]:
            return projection_chart, {}
        case ["index"]:
            return index_chart, {}
        case ["indicator", indicator, panel]:
            return panel_chart, {"indicator": indicator, "panel": panel}
        case ["forecast", series]:
            return forecast_chart, {"series": series}
        case ["sentence", page]:
            return sentence, {"page": page}
    expected = "answer, projection, index, indicator/ID/CHART, forecast/SERIES or sentence/PAGE"
    raise RefusedError(404, f"Nothing stands at {quoted(path)}; expected {expected}.")


def asked_for(read: Reader, path: Query, given: Iterable[tuple[str, str]]) -> Asked:
    """Return what an address asks for.

    Args:
        given: Parameters of the address, as they came.

    Raises:
        RefusedError: If the address can't be answered.
    """
    query: dict[str, str] = {}
    for name, text in given:
        if name in query:
            raise RefusedError(422, f"{quoted(name)} stands in the address twice; expected it once.")
        if not is_tracking_mark(name):
            query[name] = text
    day, theme = _day(query.pop("as_of", "")), query.pop("theme", "")
    if theme not in ("", *COLOURS):
        raise RefusedError(422, f"theme is {quoted(theme)}; expected {' or '.join(COLOURS)}, or leave it out.")
    return Asked(read(path, query, day), day, theme)


def answer_chart(path: Query, query: Query, day: date | None) -> Embedded:
    """Return the chart of weekly sentences with the answer."""
    _expect(query)
    snapshot = snapshot_on(day)
    content = weekly_sentences(snapshot)
    if content is None:
        raise RefusedError(404, snapshot.answer.sentence)
    return Embedded({**content, "subtitle": snapshot.answer.sentence}, page_link(ANSWER, day))


def projection_chart(path: Query, query: Query, day: date | None) -> Embedded:
    """Return the chart of a projection."""
    parameters = _parameters(query, day)
    content = projection_content(project(parameters), snapshot_on(day))
    return Embedded(content, page_link(PROJECTION, day, **to_query(parameters)))


def index_chart(path: Query, query: Query, day: date | None) -> Embedded:
    """Return the chart of the index."""
    parameters = _index_parameters(query)
    return Embedded(index_content(snapshot_on(day), parameters), page_link(INDEX, day, **index_query(parameters)))


def panel_chart(path: Query, query: Query, day: date | None) -> Embedded:
    """Return one chart of an indicator."""
    indicator = _indicator(path["indicator"])
    panels = {panel.id: panel for panel in as_known(indicator, day).panels}
    panel = panels.get(path["panel"])
    if panel is None:
        raise RefusedError(
            404, f"{indicator.id} has no chart {quoted(path['panel'])} here; expected one of {', '.join(panels)}."
        )
    _expect(query, "place")
    offered = places(dated_entries(indicator.id, panel, snapshot_on(day).evidence)) if panel.kind in DATED_KINDS else []
    if "place" in query and query["place"] not in offered:
        expected = f"expected one of {', '.join(offered)}, or leave it out" if offered else "this chart has no places"
        raise RefusedError(422, f"place is {quoted(query['place'])}; {expected}.")
    content = panel_content(indicator, panel, day, place=query.get("place"))
    return Embedded(content, page_link(INDICATOR, day, indicator=indicator.id, **query))


def forecast_chart(path: Query, query: Query, day: date | None) -> Embedded:
    """Return the chart of a series' forecast with its sentence, or why there is none."""
    _expect(query)
    snapshot, series = snapshot_on(day), path["series"]
    if series not in snapshot.forecast_series:
        expected = ", ".join(snapshot.forecast_series)
        raise RefusedError(404, f"No forecast of {quoted(series)}; expected one of {expected}.")
    found = snapshot.outlook(series)
    content = forecast_content(snapshot, found)
    if content is None:
        raise RefusedError(404, found.refusal)
    return Embedded({**content, "subtitle": forecast_sentence(found)}, page_link("track_record", day, forecast=series))


def sentence(path: Query, query: Query, day: date | None) -> Embedded:
    """Return the answer that a page gives to its question."""
    stem = path["page"]
    if stem not in SENTENCES:
        raise RefusedError(404, f"No answer of a page {quoted(stem)}; expected one of {', '.join(SENTENCES)}.")
    if stem == PROJECTION:
        query = to_query(_parameters(query, day))
    elif stem == INDEX:
        query = index_query(_index_parameters(query))
    elif stem == INDICATOR:
        _expect(query, INDICATOR)
        query = {INDICATOR: _indicator(query.get(INDICATOR, "")).id}
    else:
        _expect(query)
    opening = opening_of(page_of(stem), day, query)
    if not opening.answer:
        raise RefusedError(404, "This page has no answer on this day.")
    return Embedded(opening, page_link(stem, day, **query))


def _indicator(given: str) -> Indicator:
    indicators = {indicator.id: indicator for indicator in all_indicators()}
    if given not in indicators:
        raise RefusedError(404, f"No indicator {quoted(given)}; expected one of {', '.join(indicators)}.")
    return indicators[given]


def _expect(query: Query, *names: str) -> None:
    unknown = [quoted(name) for name in query if name not in names]
    if unknown:
        *others, last = ("as_of", "theme", *names)
        raise RefusedError(
            422, f"{', '.join(unknown)} is no setting of this chart; expected {', '.join(others)} or {last}."
        )


def _index_parameters(query: Query) -> IndexParameters:
    """Return weights and mean of the index; other ones than asked for would be another index."""
    _expect(query, *IndexParameters.model_fields)
    parameters, changes = read_index_settings(query)
    if not changes:
        return parameters
    low, high = next(iter(INDEX_BOUNDS.values()))
    allowed = {"mean": f"one of {', '.join(Mean)}"}
    sentences = [
        f"{name} is {quoted(text)}; expected {allowed.get(name, f'a number from {low:g} to {high:g}')}."
        for name, text in query.items()
        if any(said.startswith(f"{name} ") for said in read_index_settings({name: text})[1])
    ]
    refused = " ".join(sentences or ["All weights are 0; expected one above 0."])
    raise RefusedError(422, f"This index is refused and nothing is drawn. {refused}")


def _parameters(query: Query, day: date | None) -> ProjectionParameters:
    """Return the settings of a projection; other ones than asked for would be another projection."""
    listed = controls(snapshot_on(day).evidence)
    parameters, changes = read_settings(listed, query)
    if not changes:
        return parameters
    alone = {name: read_settings(listed, {name: text})[1] for name, text in query.items()}
    refused = [name for name, said in alone.items() if any(sentence.startswith(f"{name} ") for sentence in said)]
    sentences = [f"{name} is {quoted(query[name])}; {_expected(name, listed)}." for name in refused]
    if not sentences:
        together = ", ".join(f"{name} {quoted(text)}" for name, text in query.items())
        sentences = [f"These settings don't go together: {together}."]
    raise RefusedError(422, f"This projection is refused and nothing is drawn. {' '.join(sentences)}")


def _expected(name: str, listed: Sequence[Control]) -> str:
    if name not in ProjectionParameters.model_fields:
        return "it is no setting of the projection"
    control = next((control for control in listed if control.name == name), None)
    if control is not None and control.options:
        return f"expected one of {', '.join(control.options)}"
    if control is None and name != "growth_weekly":
        return "it rests on a source that was not known yet on this day"
    low, high = BOUNDS[name] if control is None else (control.minimum, control.maximum)
    return f"expected a number from {low:g} to {high:g}"


def _day(text: str) -> date | None:
    first, last = FULL_SCALE_INVASION, max(date.today(), FULL_SCALE_INVASION)
    with suppress(ValueError):
        if not text or first <= read_day(text) <= last:
            return read_day(text) if text else None
    expected = f"a day as YYYY-MM-DD from {first} to {last}"
    raise RefusedError(422, f"as_of is {quoted(text)}; expected {expected}, or leave it out.")
