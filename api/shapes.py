"""The shapes of the answers; field names are part of the product and stay."""

from datetime import date
from typing import Annotated, Any

from pydantic import AliasPath, BaseModel, BeforeValidator, ConfigDict, Field

Number = float | None

OrNull = Annotated[str | None, BeforeValidator(lambda text: text or None)]
"""A text that is null where our own code has an empty one."""


def inside(attribute: str, place: str | int, **details: Any) -> Any:
    """Return a field that is read from an attribute of an attribute, or from a place in one."""
    return Field(validation_alias=AliasPath(attribute, place), **details)


class Answer(BaseModel):
    """What every answer carries."""

    as_of: date | None = Field(description="Day whose knowledge the answer is restricted to; null means the latest.")
    data_version: str = Field(description="First 12 digits of the SHA-256 over the data files.")


class Source(BaseModel):
    """A page or document, or the reader."""

    model_config = ConfigDict(extra="ignore")

    source_id: str | None
    publisher: str
    title: str = ""
    url: str | None = None
    page: str = ""
    published: str | None = None
    language: str = ""
    licence: str = ""
    derived_from: str = Field("", description="Source ids that this page relays, joined by ;")


class _Figure(BaseModel):
    """What a published figure and a computed one have in common: their period, and the day they were known."""

    model_config = ConfigDict(extra="ignore")

    series: str
    stage: str
    period_start: str
    period_end: str
    value: float
    low: Number
    high: Number
    unit: str
    qualifier: str
    side: str
    claimant: str
    known: str
    known_basis: str
    source_id: str = Field(description="Source ids, joined by ;")
    note: str


class Observation(_Figure):
    """A published figure with its two clocks: its period, and the day it was known."""

    observation_id: str


class Derived(_Figure):
    """A computed figure; `inputs` names the observations it comes from."""

    label: str
    n: Number = Field(description="Denominator of a share.")
    method: str
    inputs: str
    status: str = Field(description="ok, mixed_vintages, not_informative or incomplete")


class Entry(BaseModel):
    """A dated event that concerns an indicator, or an assessment that one of its charts shows."""

    entry_id: str
    kind: str = Field(description="event or mention")
    line: str = Field(description="Category of an event, theme of a mention.")
    date: str
    end_date: str
    title: str
    summary: str
    geography: str
    status: str = Field(description="Status of an event, direction of a mention.")
    claimant: str
    denied_by: str
    known: str
    known_basis: str
    source_id: str


class Latest(BaseModel):
    """The newest figure or event of an indicator."""

    kind: str = Field(description="figure or event")
    value: Number
    qualifier: str | None
    unit: str | None
    summary: str
    period_start: date
    period_end: date
    known: date
    source_id: str
    change: str | None = Field(
        description="Against the figure before it: up, down or same; not distinguishable where bounds and chance leave "
        "no gap between the two; null without one."
    )


class SeriesFreshness(BaseModel):
    """The newest figure of a series, and when the next one was to be expected."""

    series: str
    label: str
    cadence: str = Field(description="How often figures come, in words")
    period_end: date = Field(description="End of the newest period")
    known: date
    due: date | None = Field(description="Day by which the next figure is expected; null where they come irregularly")
    overdue: bool


class FreshnessSummary(BaseModel):
    """How fresh an indicator's figures are on the day of the answer."""

    sentence: str = Field(description="Since when nothing newer was found; empty for half a year after a figure")
    series: list[SeriesFreshness]


class IndicatorSummary(BaseModel):
    """An indicator's definition and newest figure."""

    id: str
    name: str
    group: str
    question: str
    unit: str
    direction: int | None
    direction_reason: str
    latest: Latest | None
    freshness: FreshnessSummary
    origins: int = Field(description="Independent origins behind the headline series; relays count once.")
    caveats: list[str]
    references: list[str]


class IndicatorList(Answer):
    """All indicators."""

    indicators: list[IndicatorSummary]


class IndicatorDetail(Answer, IndicatorSummary):
    """One indicator with its observations, derived figures, dated entries and sources."""

    formula: str
    observations: list[Observation]
    derived: list[Derived]
    entries: list[Entry] = Field(description="Dated events and mentions; they have no side and no place in the CSV.")
    sources: list[Source]


class SeriesAnswer(Answer):
    """One series of observations."""

    series: str
    name: str
    definition: str
    unit: str
    kind: str
    observations: list[Observation]
    sources: list[Source]


class RowsAnswer(Answer):
    """A list of rows whose columns are documented in the codebook."""

    rows: list[dict[str, object]]
    sources: list[Source] = Field(description="Pages that the rows name in source_id; empty where they name none.")
