"""Armoured vehicles abandoned or captured, as a share of those visually confirmed lost.

A crew that leaves a working vehicle behind says something about cohesion that a destroyed vehicle does not. Oryx
lists a vehicle when a picture turns up, so months are months of listing; corrections make some months negative.
A share over months of which one is negative, or of fewer than 100 vehicles, is marked as not informative.

Formula: share = a / v, a abandoned and captured, v all losses (vehicles: tanks, AFV, IFV, APC), for one month and
for three trailing months, with Wilson's 95 % interval.

Reference: Oryx lists of visually confirmed losses, as archived in public datasets.
"""

from collections.abc import Iterator
from datetime import date

import pandas as pd

from indicators.core.evidence.load import Evidence
from indicators.core.evidence.vocabulary import Qualifier, Stage, Status
from indicators.core.figures.derived import DerivedRow, DerivedSeries, derived_table, figures
from indicators.core.figures.direction import wilson_interval
from indicators.core.figures.periods import Figure, merge_provenance
from indicators.core.model import Dated, Indicator, Panel
from indicators.core.text import count_text

MINIMUM_VEHICLES = 100
TRAILING_MONTHS = 3
SIDES = {
    "RU": ("oryx_ru_armour_losses_net", "oryx_ru_armour_abandoned_captured_net", "Russia"),
    "UA": ("oryx_ua_armour_losses_net", "oryx_ua_armour_abandoned_captured_net", "Ukraine"),
}


def _share(side: str, name: str, months: int) -> DerivedSeries:
    span = "month" if months == 1 else "three_months"
    return DerivedSeries(
        id=f"equipment_abandonment_share_{side.lower()}_{span}",
        label=f"{name}, {'by month' if months == 1 else 'three trailing months'}",
        stage=Stage.LOSS,
        unit="share",
        method=f"Abandoned and captured over all listed armour losses of {count_text(months, 'month')}.",
    )


def compute(evidence: Evidence) -> pd.DataFrame:
    """Compute the abandoned and captured share by month and over three trailing months, for both sides.

    Returns:
        Table with `DERIVED_COLUMNS`; `value` is a share (0 to 1), `n` its denominator (vehicles).
    """
    rows: list[DerivedRow] = []
    for side, (losses, abandoned, name) in SIDES.items():
        lost, left = _by_month(evidence, losses), _by_month(evidence, abandoned)
        months = sorted(lost.keys() & left.keys())
        pairs = [(left[month], lost[month]) for month in months]
        rows += _shares(pairs, 1, _share(side, name, 1), side)
        rows += _shares(pairs, TRAILING_MONTHS, _share(side, name, TRAILING_MONTHS), side)
    return derived_table(rows, evidence.unfinished_months)


def _by_month(evidence: Evidence, series: str) -> dict[date, Figure]:
    """Return the newest known edition of each month, by the month's first day."""
    editions = sorted(figures(evidence.of_series(series)), key=lambda figure: figure.known)
    return {figure.period_start: figure for figure in editions}


def _unbroken(window: list[tuple[Figure, Figure]]) -> bool:
    months = [total.period_start.year * 12 + total.period_start.month for _, total in window]
    return months[-1] - months[0] == len(window) - 1


def _shares(pairs: list[tuple[Figure, Figure]], months: int, series: DerivedSeries, side: str) -> Iterator[DerivedRow]:
    for end in range(months, len(pairs) + 1):
        window = pairs[end - months : end]
        abandoned = sum(left.value for left, _ in window)
        lost = sum(total.value for _, total in window)
        if lost <= 0 or not _unbroken(window):
            continue
        # A vehicle relisted takes one off another month's count, so what is left is no share of anything.
        corrected = any(figure.value < 0 for pair in window for figure in pair) or abandoned > lost
        few = lost < MINIMUM_VEHICLES
        low, high = (None, None) if corrected else wilson_interval(abandoned, lost)
        caution = "corrections are among them" if corrected else "too few to read" if few else ""
        # Both counts are minimums: the interval holds chance alone.
        yield DerivedRow(
            series=series,
            figure=Figure(
                period_start=window[0][1].period_start,
                period_end=window[-1][1].period_end,
                value=abandoned / lost,
                low=low,
                high=high,
                qualifier=Qualifier.ESTIMATE,
                **merge_provenance(*(figure for pair in window for figure in pair)),
            ),
            claimant="Oryx",
            side=side,
            n=lost,
            status=Status.NOT_INFORMATIVE if caution else Status.OK,
            note=f"{abandoned:,.0f} of {lost:,.0f} vehicles" + (f": {caution}" if caution else ""),
        )


INDICATOR = Indicator(
    id="equipment_abandonment",
    name="Abandoned and captured armour",
    group="Losses and cohesion",
    question="What share of lost armour did crews leave behind?",
    unit="share",
    direction=-1,
    direction_reason="Crews that leave vehicles behind point to units that broke; a failed assault can look alike.",
    headline=("equipment_abandonment_share_ru_three_months",),
    formula="a / v: abandoned and captured a over all listed losses v (tanks, AFV, IFV, APC), one and three months",
    caveats=(
        Dated(
            "By the day of listing, not of loss: half are listed within 6 days, a tenth only after 77.",
            date(2026, 9, 1),
            before="By the day of listing, not of loss.",
        ),
        "Fewer than 100 vehicles in three months are not informative, and never a headline.",
        "The range (Wilson, 95 %) holds chance alone: not unseen vehicles, and not who takes the pictures.",
        Dated("No month of 2026 up to September reaches 100 Russian vehicles.", date(2026, 10, 1)),
        "Corrections make some months negative; no share that holds such a month is read.",
        "Captured and abandoned mean different things: a rout, a failed assault, a breakdown.",
        "Only pictured losses are counted: minimums on both sides, with unlike coverage.",
    ),
    references=("Oryx, visually confirmed losses of both sides; dated copies by leedrake5 and scarnecchia",),
    panels=(
        Panel(
            id="three_months",
            tab="Three months",
            title="Abandoned or captured share of armour losses, three trailing months",
            unit="share",
            series=("equipment_abandonment_share_ru_three_months", "equipment_abandonment_share_ua_three_months"),
            kind="line",
            note="Open marks rest on fewer than 100 vehicles or on corrections and are not informative.",
        ),
        Panel(
            id="month",
            tab="By month",
            title="Abandoned or captured share of armour losses, by month",
            unit="share",
            series=("equipment_abandonment_share_ru_month", "equipment_abandonment_share_ua_month"),
            kind="line",
        ),
        Panel(
            id="losses",
            tab="All losses",
            title="Armour losses listed, net of corrections",
            unit="vehicles",
            series=("oryx_ru_armour_losses_net", "oryx_ua_armour_losses_net"),
            kind="line",
        ),
    ),
    compute=compute,
)
