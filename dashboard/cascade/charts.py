"""What the charts of a cascade show, on their page and by themselves."""

from collections.abc import Callable
from functools import partial

from dashboard.cascade import section_text
from dashboard.cascade import text as wording
from dashboard.cascade.controls import TOLERANCES, TOPOLOGIES, read_settings
from dashboard.charts.models.cascade import draw_cascade_fan, draw_chances, draw_importance, draw_outcomes
from dashboard.component import ChartContent
from dashboard.shell.exact_settings import number_expected, settled, words_expected
from dashboard.shell.pages import PageChart, Settings
from dashboard.snapshots import cascade_of, plausible_cascade
from indicators.core.snapshot import Snapshot
from indicators.methods.cascade.assumptions import assumption_rows
from indicators.methods.cascade.parameters import BOUNDS, CascadeParameters, Topology
from indicators.methods.cascade.run import SHARES, Cascade
from indicators.methods.levels import LEVELS

TITLE = "Broken units over time, as a share of all units"
FILE_NAME = "cascade"
NETWORKS = {Topology.MIXED: "All others", Topology.RING: "Neighbours on a line", Topology.RANDOM: "Some anywhere"}
SPREADS = {"beyond_start": "beyond the first unit", "beyond_tenth": "to a tenth of all units"}


def fan(cascade: Cascade) -> ChartContent:
    """Return the share of broken units week by week."""
    finding = wording.cascade_finding(cascade)
    return {
        "figure": draw_cascade_fan(dict(zip(LEVELS, cascade.fan.tolist(), strict=True))),
        "title": TITLE,
        "subtitle": finding,
        "source": _source(cascade.parameters),
        "alt": f"{TITLE}. {finding}",
        "table": wording.fan_table(cascade),
        "file_name": FILE_NAME,
    }


def outcomes(cascade: Cascade) -> ChartContent:
    """Return where the runs end."""
    finding = section_text.outcome_finding(cascade)
    return {
        "figure": draw_outcomes(cascade.histogram),
        "title": "Where the runs end",
        "subtitle": finding,
        "source": _source(cascade.parameters),
        "alt": f"Histogram of the final broken share. {finding}",
        "table": section_text.outcome_table(cascade),
        "file_name": "cascade_outcomes",
    }


def networks(cascade: Cascade) -> ChartContent:
    """Return the same force with units that feel each other in other ways."""
    chances = {
        name: list(cascade_of(cascade.parameters.model_copy(update={"topology": topology})).p_at_least.values())
        for topology, name in NETWORKS.items()
    }
    finding = section_text.network_finding(chances)
    return {
        "figure": draw_chances(chances, [wording.SHARE_WORDS[share] for share in SHARES]),
        "title": "The same units, if a broken one presses on others",
        "subtitle": finding,
        "source": _source(cascade.parameters),
        "alt": f"Chances of large cascades by network. {finding}",
        "table": section_text.network_table(chances),
        "file_name": "cascade_networks",
    }


def importance(snapshot: Snapshot, settings: Settings) -> ChartContent:
    """Return which setting decides most, whatever the settings are."""
    evidence = snapshot.evidence
    spread = plausible_cascade(evidence)
    names = section_text.input_names({str(name): text for name, text in assumption_rows(evidence)["name"].items()})
    indices = {
        f"spreads {what}": section_text.importance_names(getattr(spread, outcome), names)
        for outcome, what in SPREADS.items()
    }
    finding = section_text.importance_finding(spread.beyond_tenth, names)
    return {
        "figure": draw_importance(indices),
        "title": "Which unknown decides most",
        "subtitle": finding,
        "source": f"{wording.SOURCE} Index from 0 (no effect) to 1 (decides alone). Ranges: see Assumptions.",
        "alt": f"Importance of settings. {finding}",
        "table": section_text.importance_table(indices),
        "file_name": "cascade_importance",
    }


def _source(parameters: CascadeParameters) -> str:
    return f"{wording.SOURCE} {wording.settings_text(parameters)}"


def _expected(name: str) -> str:
    words = {"topology": TOPOLOGIES, "tolerance": TOLERANCES}
    return words_expected(words[name]) if name in words else number_expected(BOUNDS[name])


def _by_address(snapshot: Snapshot, settings: Settings, *, content: Callable[[Cascade], ChartContent]) -> ChartContent:
    return content(cascade_of(settled(settings, read_settings, _expected, subject="cascade")))


CHARTS = {
    name: PageChart(content=partial(_by_address, content=content), settings=tuple(CascadeParameters.model_fields))
    for name, content in {"": fan, "outcomes": outcomes, "networks": networks}.items()
} | {"importance": PageChart(content=importance, printed=False)}
