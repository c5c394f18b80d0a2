"""The folder of The Economist: deaths by week, and the area assessed as controlled by Russia."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, timedelta

from indicators.upstream.monthly import (
    Fetch,
    MonthlyFigure,
    UpstreamError,
    csv_rows,
    day,
    months_between,
    needed,
    next_month,
    number,
)

NAME = "economist"
FOLDER = "TheEconomist/the-economist-ukraine-war-dead-and-wounded-estimates/main/source-data/deaths-and-casualties-data"
AREA = f"{FOLDER}/area_assessed_as_controlled_by_russia.csv"
AREA_COLUMN = "area_assessed_as_russia_controlled"
FIRST_DEATHS, FIRST_AREA = date(2022, 3, 1), date(2022, 5, 1)
NAMED, ESTIMATE = "BmzNow", ("EDAssembled", "EDAssembledLow", "EDAssembledHigh")
SQUARE_METRES = 1e6
MOST_AREA = 60_000.0
MOST_DEATHS_A_WEEK = 10_000.0


def figures(fetch: Fetch, today: date) -> list[MonthlyFigure]:
    """Return named and estimated deaths, and the change of the area under Russian control, by month.

    Raises:
        UpstreamError: If a file is missing, or its numbers can't be true.
    """
    return [*_deaths(fetch, today), *_area(fetch, today)]


def _deaths(fetch: Fetch, today: date) -> list[MonthlyFigure]:
    for year in (today.year, today.year - 1):
        path = f"{FOLDER}/meduza_{year}_weekly.csv"
        content = fetch(path)
        if content is not None:
            break
    else:
        raise UpstreamError(
            f"{path}: expected the file of this year or the last one, got neither; it may have been renamed"
        )
    sums: dict[date, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for place, row in enumerate(csv_rows(path, content, ("Year", "Week", NAMED, *ESTIMATE)), start=2):
        week = int(number(path, f"row {place}, Week", row["Week"]))
        try:
            thursday = date.fromisocalendar(int(number(path, f"row {place}, Year", row["Year"])), week, 4)
        except ValueError:
            raise UpstreamError(f"{path}, row {place}: expected an ISO week, got {row['Year']}, {week}") from None
        if thursday > today:
            raise UpstreamError(f"{path}, row {place}: expected weeks up to {today}, got {row['Year']}, week {week}")
        sums_here = sums[thursday.replace(day=1)]
        sums_here["weeks"] += 1
        for name in (NAMED, *ESTIMATE):
            value = number(path, f"row {place}, {name}", row[name])
            if value > MOST_DEATHS_A_WEEK:
                raise UpstreamError(
                    f"{path}, row {place}, {name}: expected at most {MOST_DEATHS_A_WEEK:,.0f}, got {value:,.0f}"
                )
            sums_here[name] += value
    found = []
    for month in months_between(FIRST_DEATHS, max(sums)):
        here = sums.get(month)
        if here is None or here["weeks"] != _thursdays(month):
            continue
        weeks = f"{here['weeks']:.0f} ISO weeks with Thursday in month."
        named, assembled, low, high = (here[name] for name in (NAMED, *ESTIMATE))
        found += [
            MonthlyFigure(
                series="mediazona_ru_named_deaths",
                month=month,
                known=None,
                source_id="the-economist-3",
                value=named,
                locator=f"column {NAMED}",
                note=f"By date of death; recent months still incomplete. {weeks}",
            ),
            MonthlyFigure(
                series="mediazona_ru_deaths_estimate",
                month=month,
                known=None,
                source_id="the-economist-3",
                value=round(assembled, 2),
                low=round(low, 2),
                high=round(high, 2),
                locator=f"column {ESTIMATE[0]} (Low/High summed, so bounds are conservative)",
                note=f"Probate-registry killed plus missing. {weeks}",
            ),
        ]
    if not found:
        raise UpstreamError(f"{path}: expected whole months of weeks, got none")
    return found


def _thursdays(month: date) -> int:
    last = (next_month(month) - timedelta(days=1)).toordinal()
    # 1 January of year 1 was a Monday, so Thursdays have ordinals that leave 4 when divided by 7.
    return (last - 4) // 7 - (month.toordinal() - 5) // 7


def _area(fetch: Fetch, today: date) -> list[MonthlyFigure]:
    content = needed(fetch, AREA)
    areas: dict[date, float] = {}
    for place, row in enumerate(csv_rows(AREA, content, ("date", AREA_COLUMN)), start=2):
        when = day(AREA, f"row {place}, date", row["date"])
        if when > today:
            raise UpstreamError(f"{AREA}, row {place}: expected days up to {today}, got {when}")
        if row[AREA_COLUMN] in ("", "NA"):
            continue
        areas[when] = number(AREA, f"row {place}, {AREA_COLUMN}", row[AREA_COLUMN]) / SQUARE_METRES
        if areas[when] > MOST_AREA * 5:
            raise UpstreamError(f"{AREA}, row {place}: expected square metres, got {row[AREA_COLUMN]}")
    if not areas:
        raise UpstreamError(f"{AREA}: expected areas, got none")
    return [
        MonthlyFigure(
            series="ru_controlled_area_change",
            month=month,
            value=round(_end(areas, month) - areas[month - timedelta(days=1)], 2),
            known=None,
            source_id="the-economist-2",
            locator=f"month-end difference of {AREA_COLUMN}",
            note="Net change incl. reassessments; positive = Russian gain; source of terrain data inferred.",
        )
        for month in months_between(FIRST_AREA, max(areas))
        if next_month(month) - timedelta(days=1) in areas and month - timedelta(days=1) in areas
    ]


def _end(areas: Mapping[date, float], month: date) -> float:
    return areas[next_month(month) - timedelta(days=1)]
