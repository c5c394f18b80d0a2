"""Texts of the method page: computations that are shared by indicators, and tables of series and assumptions."""

from datetime import date
from typing import NamedTuple

import pandas as pd

from dashboard.shell.markdown import Markdown, code, joined, markup
from indicators.core.evidence.load import Evidence
from indicators.core.evidence.provenance import cited_pages
from indicators.core.model import Dated, texts_known
from indicators.core.text import number_text


class Method(NamedTuple):
    """A computation that pages share.

    Args:
        what: What it says, in a sentence or two.
        formula: The computation, in symbols that `what` or the formula itself explains.
        references: Where it comes from; empty where it is plain arithmetic.
        module: The module of `indicators` that computes it.
    """

    name: str
    what: str
    formula: str
    limit: str
    references: tuple[str, ...]
    module: str


METHODS: tuple[Method, ...] = (
    Method(
        name="Forecast of a monthly or weekly series",
        what="Up to twelve models, by how long the history is, forecast from the series' past alone: last value, "
        "drift, local level, smoothing, damped trend, Theta, two of counts, four with seasons. At each of 23 levels "
        "their quantiles are combined by a weighted mean, and the weights follow what each model missed by before.",
        formula="weight ~ exp(-8 (error / least error - 1)); half-width = s(h) (3/4 t + 1/4 c), s the spread of past "
        "errors h periods ahead, t Student's quantile, c the rank of past errors; counts from 0 and rounded outward",
        limit="Nothing but the past of the series enters. Below 8 figures, with most missing, or if all are the same "
        "there is no forecast; below 10 past forecasts no word on how good they are.",
        references=(
            "Bracher and others, Evaluating epidemic forecasts in an interval format, PLoS Computational Biology 17 "
            "(2021), doi:10.1371/journal.pcbi.1008618",
            "Harvey, Leybourne and Newbold, Testing the equality of prediction mean squared errors, International "
            "Journal of Forecasting 13 (1997), doi:10.1016/S0169-2070(96)00719-4",
        ),
        module="methods/forecast/ensemble.py",
    ),
    Method(
        name="Projection: every week, and minus court holidays",
        what="Carries c persons a week on for n weeks with growth g a week. Where the figure is a ceiling on a week "
        "(“up to”), the year has D of 260 days; an average over calendar weeks holds its holidays already.",
        formula="total = c ((1 + g)^n - 1) / g, or c n without growth; minus court holidays, D / 260 of it",
        limit="Growth goes on to the end unless the reader lets it fade after 13 weeks; then it fades in every total. "
        "The qualifier of the weekly figure stays with the total.",
        references=(
            Dated(
                "UK Ministry of Defence, update of 30 August 2023: 100 a week is about 5,200 a year, as relayed",
                date(2023, 8, 30),
            ),
        ),
        module="methods/projection/run_rate.py",
    ),
    Method(
        name="Projection: the realistic average",
        what="A reading turns “up to” into a distribution of the factor f between the figure and the mean week. Growth "
        "is unsure by s a month, and the pace drifts by d from month to month. Weeks vary by a negative binomial law "
        "with dispersion r; of all cases a share p is recorded.",
        formula="pace of week w = c f exp(g t + sum of (d e - d² / 2)), g normal around ln(1 + growth) with spread s; "
        "variance = pace + pace² / r; N = T + NB(T, p)",
        limit="The widths are judgements: drift and spread are the size of the changes between published absence "
        "rates. If both are set to 0, the pace holds to what is set. With both at their ends over three years the 5 % "
        "level is up to 5 % off the simulation.",
        references=(
            "Curran, Valuing Asian and portfolio options by conditioning on the geometric mean price, Management "
            "Science 40 (1994): the sum of a drifting path",
        ),
        module="methods/projection/claim_layer/lookup.py",
    ),
    Method(
        name="What the range consists of",
        what="Splits the variance of the total by cause: how the figure is read, growth, drift, recording, counting, "
        "and weeks that differ by more than chance.",
        formula="Var N = Var E[N | cause] + E Var[N | cause], one cause after the other",
        limit="A cause that is taken as known has no share; that makes the others look larger.",
        references=("Law of total variance",),
        module="methods/projection/uncertainty.py",
    ),
    Method(
        name="Break-even",
        what="The value of one assumption at which the total reaches a target, all others held.",
        formula="the root x of total(x) = target within the range of the assumption, else “not reached”",
        limit="It says nothing on how likely that value is.",
        references=(),
        module="methods/projection/break_even.py",
    ),
    Method(
        name="Track record",
        what="Holds a published projection against what was counted later, once for each definition, and splits the "
        "miss into definition, rate, model and delay.",
        formula="ln(counted / projected) = definition + rate + model + delay + unexplained",
        limit="Few projections have come due. A total over a window needs counts that bound the window.",
        references=(),
        module="methods/track_record/score.py",
    ),
    Method(
        name="Change of rate at an unknown date",
        what="The share of probability of each date at which a series of counts changed its rate, if it changed once.",
        formula="p(k | x) from counts and exposures divided by their spread phi, gamma priors on both rates, summed "
        "exactly over all dates; clear from a log Bayes factor of 3",
        limit="Refused where counts vary far more than chance. It says when, never why.",
        references=("Carlin, Gelfand and Smith 1992, J. R. Stat. Soc. C 41(2):389, doi 10.2307/2347570",),
        module="methods/counts/change_points.py",
    ),
    Method(
        name="Counts around a known date",
        what="The step of the rate at a date, held against the steps at all other dates of the same series.",
        formula="p = (1 + other dates with a step as large) / (1 + J); Holm's rule over the dates asked about",
        limit="Law, population and counting may have changed at the same time. Short series can tell nothing.",
        references=(
            "Abadie, Diamond and Hainmueller 2015, Am. J. Polit. Sci. 59:495, doi 10.1111/ajps.12116",
            "Holm 1979, Scand. J. Statist. 6:65",
        ),
        module="methods/counts/dated_changes.py",
    ),
    Method(
        name="Bounds of conflicting figures",
        what="One interval for each claimant, and the values that fit all of them. Nothing is averaged.",
        formula="common interval = [largest lower bound, smallest upper bound], empty if they conflict",
        limit="A claimant without bounds is taken at its word.",
        references=("Manski 2003, doi 10.1007/b97478",),
        module="methods/comparison/claim_bounds.py",
    ),
    Method(
        name="Origins and echoes",
        what="Follows each page to the page that it repeats, until one repeats nothing.",
        formula="origins = distinct ends of the chains; echoes = pages - origins",
        limit="A relation that no page states is not seen, so origins may be fewer than counted.",
        references=(),
        module="core/evidence/echoes.py",
    ),
    Method(
        name="Cascade",
        what="A unit breaks when the pressure on it passes what it bears. A broken unit presses on others for a while.",
        formula="P(t+1) = P(t) + R m (1 - c) active(t) / ((N - 1) tau) + h; broken = units that bear at most P",
        limit="No setting was measured for units of this war; nothing public could calibrate it.",
        references=(
            "Sellke 1983, J. Appl. Prob. 20:390",
            "Granovetter 1978, Am. J. Sociol. 83:1420",
            "Watts 2002, PNAS 99:5766, doi 10.1073/pnas.082090499",
        ),
        module="methods/cascade/run.py",
    ),
    Method(
        name="Index of pressure",
        what="Puts eight published series into one line. Counts enter as logarithms, each part on fixed goalposts; "
        "parts of a pillar are averaged, pillars put together by a geometric mean on the morale scale. Where parts "
        "come or go, months are linked over the parts that both have. A month is refused where less than two thirds of "
        "the weight, half of the pillars or three independent origins have a figure.",
        formula="s = 1 + 99 (y - low) / (high - low); A = 101 - product of (101 - s)^w; I(t) = I(t-1) A(t) / A(t-1)",
        limit="Nobody has measured the weights. The bands hold choices of method, not whether a claim is biased.",
        references=(
            "OECD and JRC 2008, Handbook on constructing composite indicators, ISBN 978-92-64-04345-9",
            "Saisana, Saltelli and Tarantola 2005, J. R. Stat. Soc. A 168(2):307, doi 10.1111/j.1467-985X.2005.00350.x",
        ),
        module="methods/index/index.py",
    ),
    Method(
        name="Which setting of the cascade decides",
        what="Moves all settings at once over their plausible ranges and compares outcomes with one setting held.",
        formula="PAWN index = median over slices of the largest distance between two distribution functions",
        limit="The ranges are assumptions; the index ranks settings, it measures no force.",
        references=("Pianosi and Wagener 2015, Environ. Model. Softw. 67:1, doi 10.1016/j.envsoft.2015.01.004",),
        module="methods/cascade/plausible.py",
    ),
)

QUESTION = "How is each figure made, and what is assumed?"
ANSWER = (
    "Every figure comes from a page that anybody can open, with the day on which the public could first read it. "
    "Rates, shares and ranges are computed from these figures by the formulas below; nothing is filled in, except "
    "that the index carries a figure for two months at most and says so. "
    "Projections follow from settings that you can move."
)
LIMITS = (
    "The index of pressure refuses many months, the newest among them: too few indicators have fresh figures.",
    "Monthly series are forecast from their own past by twelve models, and the forecasts written down and scored. "
    "Counts of refusal are too few and too irregular for that.",
    "Figures are added by hand or by a refresh that the operator starts, and carry their day; a page fetches nothing.",
)


def method_text(method: Method, day: date | None) -> Markdown:
    """Write a computation as Markdown.

    Args:
        day: The replayed day; None for today's words.
    """
    lines = (
        method.what,
        code(method.formula),
        markup("**Limit.** {}", method.limit),
        joined("\n", (markup("- {}", reference) for reference in texts_known(method.references, day))),
        markup("Computed in {}.", code(f"indicators/{method.module}")),
    )
    return joined("\n\n", (line for line in lines if line))


def series_table(evidence: Evidence) -> pd.DataFrame:
    """Return every series with its definition, for people."""
    rows = evidence.series[evidence.series["series"].isin(evidence.observations["series"])]
    return pd.DataFrame(
        {
            "Series": rows["name"],
            "Definition": rows["definition"],
            "Stage": rows["stage"],
            "Unit": rows["unit"],
            "Id": rows["series"],
        }
    )


def range_table(evidence: Evidence) -> pd.DataFrame:
    """Return every assumption of the models with its range and source, for people."""
    rows = evidence.assumptions
    return pd.DataFrame(
        {
            "Assumption": rows["name"],
            "Default": rows["default"].map(number_text),
            "Range": [
                f"{number_text(low)} to {number_text(high)}"
                for low, high in zip(rows["minimum"], rows["maximum"], strict=True)
            ],
            "Unit": rows["unit"],
            "Basis": rows["basis"],
            "Source": [cited_pages(evidence, source) if source else "" for source in rows["source_id"]],
            "Reason": rows["reason"],
        }
    )
