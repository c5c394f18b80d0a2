"""The API's description tells the truth: generated requests, right and wrong, get what it declares."""

from __future__ import annotations

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import positive_data_acceptance
from schemathesis.config import SchemathesisConfig
from test_api import client

ROUTES = 26
IN_EVERY_RUN, IN_LONG_RUNS = 300, 5_000
RULES = (
    "expected initial <= units",
    "expected growth_weekly or growth_monthly",
    "expected share_low <= share_mode <= share_high",
    "expected a day not after today",
    "expected at least one weight above 0",
    "replicates with so many units, neighbours and ticks",
)
"""What a schema can't say: rules between parameters, and the day on which somebody asks."""

ANSWERED = (200, 404, 405, 422)


def contract(*, every_bound: bool) -> schemathesis.schemas.BaseSchema:
    """Return what the API says of itself.

    Args:
        every_bound: Whether to go through the bounds and kinds of every parameter, besides drawing at random.
    """
    config = SchemathesisConfig.from_dict({"phases": {"coverage": {"enabled": every_bound}}})
    return schemathesis.openapi.from_asgi("/openapi.json", client().app, config=config)


def checked(case: schemathesis.Case) -> int:
    """Return the status of an answer that is as described; a request that breaks one of the rules may be refused."""
    response = case.call()
    detail = response.json()["detail"] if response.status_code == 422 else ""
    by_rule = any(rule in detail for rule in RULES)
    case.validate_response(response, excluded_checks=[positive_data_acceptance] if by_rule else [])
    return int(response.status_code)


@contract(every_bound=False).parametrize()
@settings(max_examples=IN_EVERY_RUN // ROUTES + 1, suppress_health_check=list(HealthCheck))
def test_answers_are_as_described(case: schemathesis.Case) -> None:
    assert checked(case) in ANSWERED


@pytest.mark.long
@contract(every_bound=True).parametrize()
@settings(max_examples=IN_LONG_RUNS // ROUTES + 1, suppress_health_check=list(HealthCheck))
def test_many_more_answers_are_as_described(case: schemathesis.Case) -> None:
    assert checked(case) in ANSWERED


def test_the_number_of_routes_is_known() -> None:
    assert len(client().get("/openapi.json").json()["paths"]) == ROUTES


def test_problems_and_downloads_are_described() -> None:
    document = client().get("/openapi.json").json()
    assert set(document["components"]["schemas"]["Problem"]["properties"]) == {"type", "title", "status", "detail"}
    assert "HTTPValidationError" not in document["components"]["schemas"]
    for path, methods in document["paths"].items():
        answers = methods["get"]["responses"]
        for status in ("422", "503", *(["404"] if "{" in path else [])):
            assert list(answers[status]["content"]) == ["application/problem+json"], (path, status)
    forms = {path: set(methods["get"]["responses"]["200"]["content"]) for path, methods in document["paths"].items()}
    assert forms["/v1/corrections.atom"] == {"application/atom+xml"}
    assert forms["/v1/package.zip"] == {"application/zip"}
    assert forms["/v1/events"] == {"application/json", "text/csv"}
