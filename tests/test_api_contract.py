"""The API's description tells the truth: generated requests, right and wrong, get what it declares."""

from __future__ import annotations

import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import positive_data_acceptance
from test_api import client

ROUTES = 19
IN_EVERY_RUN, IN_LONG_RUNS = 300, 5_000
RULES = (
    "initial: expected at most as many as units",
    "expected initial <= units",
    "expected growth_weekly or growth_monthly",
    "expected share_low <= share_mode <= share_high",
    "expected a day not after today",
)
"""What a schema can't say: rules between parameters, and the day on which somebody asks."""

CONTRACT = schemathesis.openapi.from_asgi("/openapi.json", client().app)


def check(case: schemathesis.Case) -> None:
    """Fail unless an answer is as described; a request that breaks one of the rules may be refused."""
    response = case.call()
    detail = response.json()["detail"] if response.status_code == 422 else ""
    by_rule = any(rule in detail for rule in RULES)
    case.validate_response(response, excluded_checks=[positive_data_acceptance] if by_rule else [])


@CONTRACT.parametrize()
@settings(max_examples=IN_EVERY_RUN // ROUTES + 1, suppress_health_check=list(HealthCheck))
def test_answers_are_as_described(case: schemathesis.Case) -> None:
    check(case)
