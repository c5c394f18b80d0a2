"""Where the inputs of a cascade come from, and what holds over all of their plausible values."""

from __future__ import annotations

import numpy as np
import pytest

from dashboard.cascade.section_text import importance_finding
from indicators.core.evidence.load import load_evidence
from indicators.methods.cascade.assumptions import assumption_rows, plausible_ranges, state_cascade_assumptions
from indicators.methods.cascade.parameters import BOUNDS, DEFAULTS, PRESETS, CascadeParameters
from indicators.methods.cascade.plausible import HELD, NOISE, _outcome, plausible_spread
from indicators.methods.projection.assumptions import state_assumptions
from indicators.methods.projection.parameters import ProjectionParameters

EVIDENCE = load_evidence()


def test_every_number_of_the_model_has_a_range_and_a_reason() -> None:
    rows = assumption_rows(EVIDENCE)
    assert set(rows.index) == set(BOUNDS) - {"replicates", "seed"}
    for name, row in rows.iterrows():
        low, high = BOUNDS[str(name)]
        assert row["default"] == getattr(DEFAULTS, str(name)), name
        assert low <= row["minimum"] < row["maximum"] <= high, name
    assert all(rows.loc["r", "minimum"] <= preset.r <= rows.loc["r", "maximum"] for preset in PRESETS)


def test_nothing_about_a_cascade_is_called_published() -> None:
    stated = state_cascade_assumptions(EVIDENCE, CascadeParameters(r=1.35))
    bases = {item.id: item.basis for item in stated}
    assert bases["r"] == "reader's assumption"
    assert bases["units"] == "assumed"
    assert set(bases.values()) == {"assumed", "reader's assumption"}


def test_inputs_without_effect_are_not_stated() -> None:
    def names(**changes: object) -> set[str]:
        parameters = CascadeParameters.model_validate(changes)
        return {item.id for item in state_cascade_assumptions(EVIDENCE, parameters)}

    assert names(topology="ring") - names() == {"neighbours"}
    assert names(tolerance="common") - names() == {"tolerance_mean"}
    assert names(tolerance="normal") - names() == {"tolerance_mean", "tolerance_spread"}


def test_a_projection_states_nothing_of_the_cascade() -> None:
    stated = state_assumptions(EVIDENCE, ProjectionParameters())
    assert {item.id for item in stated} <= set(ProjectionParameters.model_fields)


def test_the_outcome_depends_on_what_nobody_knows() -> None:
    spread = plausible_spread(plausible_ranges(EVIDENCE), draws=256)
    for outcome in (spread.beyond_start, spread.beyond_tenth):
        assert outcome.verdict == "fragile"
        assert len(outcome.probabilities) == 256
        assert outcome.likely == np.mean(outcome.probabilities >= 0.5)
        assert not HELD & set(outcome.importance)
        assert list(outcome.importance.values()) == sorted(outcome.importance.values(), reverse=True)
        assert outcome.importance["r"] > outcome.importance[NOISE]
    assert (spread.beyond_tenth.probabilities <= spread.beyond_start.probabilities).all()


def test_the_order_of_two_settings_is_said_only_where_other_draws_keep_it() -> None:
    levels = np.random.default_rng(5).random((512, 3))
    names = ["one", "other", NOISE]
    assert not _outcome(names, levels, 3 * levels[:, 0] + levels[:, 1]).tied
    alike = _outcome(names, levels, levels[:, 0] + levels[:, 1])
    assert alike.tied
    assert "cannot be ranked: Other, and One" in importance_finding(alike, {"one": "One", "other": "Other"})


def test_without_any_pressure_nothing_spreads_and_nothing_matters() -> None:
    spread = plausible_spread({"r": (0.0, 0.0), "tolerance_mean": (0.5, 0.5), "tolerance_spread": (0.0, 0.0)}, draws=64)
    assert spread.beyond_start.likely == 0
    assert spread.beyond_start.verdict == "robust"
    assert set(spread.beyond_start.importance.values()) == {0.0}


@pytest.mark.parametrize("ranges", [{"colour": (0, 1)}, {"r": (1, 0)}, {"r": (-1, 1)}])
def test_wrong_ranges_are_refused(ranges: dict[str, tuple[float, float]]) -> None:
    with pytest.raises(ValueError, match="a range within its bounds"):
        plausible_spread(ranges)
