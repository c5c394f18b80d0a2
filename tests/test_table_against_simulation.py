"""The lookup table against the model that it condenses, at random settings of every slider."""

from __future__ import annotations

import numpy as np
import pytest
from projection_settings import READINGS, random_settings

from indicators.methods.projection.claim_layer.simulation import simulate
from indicators.methods.projection.parameters import ProjectionParameters
from indicators.methods.projection.project import project

SETTINGS = 500
REPLICATES = 100
# Seven levels of 500 settings: by chance alone about one in fifty such tests has a deviation above 4.5 errors.
LARGEST_DEVIATION = 4.5


@pytest.fixture(scope="module")
def deviations() -> np.ndarray:
    """Return, by setting and level, the share of simulated totals below the table's quantile less the level."""
    rows = []
    for number, parameters in enumerate(random_settings(SETTINGS)):
        projection = project(parameters)
        assert projection.claim_paths is not None
        totals = simulate(parameters, replicates=REPLICATES, seed=number).totals
        row = []
        for level, quantile in zip(projection.levels, projection.claim_paths[:, -1], strict=True):
            # Recorded cases are whole: a quantile may be one of them off, which stands for 1 / p cases.
            case = 1 / parameters.recording
            below, above = np.mean(totals < quantile - case), np.mean(totals <= quantile + case)
            row.append(min(max(level, below), above) - level)
        rows.append(row)
    return np.array(rows)


def errors(replicates: int) -> np.ndarray:
    """Return by how much a share of so many simulated totals differs from its level from seed to seed."""
    levels = np.array(project(ProjectionParameters()).levels)
    return np.sqrt(levels * (1 - levels) / replicates)


@pytest.mark.thorough
def test_every_setting_agrees_with_the_simulation_within_its_error(deviations: np.ndarray) -> None:
    assert deviations.shape == (SETTINGS, 7)
    assert np.abs(deviations / errors(REPLICATES)).max() < LARGEST_DEVIATION


def test_no_reading_is_off_to_one_side(deviations: np.ndarray) -> None:
    by_reading = np.array([deviations[number :: len(READINGS)].mean(axis=0) for number in range(len(READINGS))])
    assert np.abs(by_reading / errors(REPLICATES * SETTINGS // len(READINGS))).max() < LARGEST_DEVIATION
