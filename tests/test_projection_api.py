"""The projection over HTTP: its totals, qualifiers, sources and refusals."""

from __future__ import annotations

from typing import Any

import pytest
from test_api import client, get

from indicators.methods.projection.parameters import ProjectionParameters
from indicators.methods.projection.project import project


def publishers(answer: dict[str, Any]) -> set[str]:
    """Return who stands behind an answer."""
    return {source["publisher"] for source in answer["sources"]}


def test_a_hundred_a_week_for_a_year_is_up_to_5200_on_the_word_of_the_ministry() -> None:
    answer = get("/v1/projection", weekly=100, weeks=52)
    assert answer["headline"]["value"] == 5200
    assert answer["headline"]["qualifier"] == "up_to"
    assert answer["assumptions"]["weekly"]["basis"] == "published"
    assert {"UK Ministry of Defence", "Mediazona"} <= publishers(answer)
    assert "reader's assumption" not in publishers(answer)


def test_growth_of_one_percent_a_week() -> None:
    answer = get("/v1/projection", weekly=100, weeks=52, growth_weekly=0.01)
    assert answer["headline"]["value"] == pytest.approx(6776.889, abs=0.001)


@pytest.mark.parametrize(("weeks", "total"), [(52, 4940), (26, 2470)])
def test_on_days_on_which_courts_sit(weeks: int, total: float) -> None:
    answer = get("/v1/projection", weekly=100, weeks=weeks)
    assert answer["calendar"]["value"] == pytest.approx(total)
    assert answer["calendar"]["qualifier"] == "up_to"


@pytest.mark.parametrize("qualifier", ["at_least", "about", "more_than", "up_to"])
def test_a_total_has_the_qualifier_of_its_rate(qualifier: str) -> None:
    assert get("/v1/projection", qualifier=qualifier)["headline"]["qualifier"] == qualifier


def test_a_readers_own_rate_is_nobodys_claim() -> None:
    answer = get("/v1/projection", weekly=130)
    weekly = answer["assumptions"]["weekly"]
    assert (weekly["basis"], weekly["source_ids"]) == ("reader's assumption", [])
    assert weekly["reason"] == "Chosen by the reader; nobody published it."
    assert "reader's assumption" in publishers(answer)
    assert "UK Ministry of Defence" not in publishers(answer)


def test_the_same_figure_with_another_qualifier_is_the_readers() -> None:
    assert get("/v1/projection", weekly=100, qualifier="at_least")["assumptions"]["weekly"]["source_ids"] == []


def test_a_ceiling_has_no_claim_layer_and_says_why() -> None:
    answer = get("/v1/projection", reading="ceiling")
    assert (answer["claim"], answer["paths"], answer["table_version"]) == (None, [], None)
    assert "no point estimate" in answer["claim_reason"]


def test_it_has_the_numbers_of_the_method() -> None:
    answer = get("/v1/projection", weekly=80, weeks=30, growth_monthly=0.02, recording=0.8, dispersion="poisson")
    result = project(
        ProjectionParameters(weekly=80, weeks=30, growth_monthly=0.02, recording=0.8, dispersion="poisson")
    )
    assert answer["headline"]["value"] == result.headline
    assert result.claim is not None
    assert answer["claim"] == vars(result.claim)
    assert len(answer["paths"]) == 7 * 30
    last = [point["value"] for point in answer["paths"] if point["week"] == 30]
    assert last == [answer["claim"][name] for name in ("q05", "q10", "q25", "q50", "q75", "q90", "q95")]


def test_on_the_day_of_the_article_its_own_figure_was_known() -> None:
    answer = get("/v1/projection", as_of="2023-08-30")
    assert (answer["as_of"], answer["origin_date"]) == ("2023-08-30", "2023-08-30")
    assert all((source["published"] or "") <= "2023-08-30" for source in answer["sources"])


def test_a_week_before_the_article_nobody_had_published_the_rate() -> None:
    answer = get("/v1/projection", as_of="2023-06-01")
    assert answer["headline"]["value"] == 5200
    assert "UK Ministry of Defence" not in publishers(answer)
    assert "reader's assumption" in publishers(answer)
    assert answer["assumptions"]["weekly"]["basis"] == "reader's assumption"


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"weeks": "500"}, ("weeks", "156", "'500'")),
        ({"weekly": "-1"}, ("weekly", "0")),
        ({"weekly": "many"}, ("weekly", "'many'")),
        ({"weekly": "nan"}, ("weekly",)),
        ({"qualifier": "roughly"}, ("qualifier", "up_to")),
        ({"growth_weekly": "0.01", "growth_monthly": "0.02"}, ("give only one",)),
        ({"colour": "red"}, ("colour",)),
        ({"as_of": "yesterday"}, ("as_of", "YYYY-MM-DD")),
    ],
)
def test_settings_that_make_no_sense_are_refused_in_a_sentence(query: dict[str, str], words: tuple[str, ...]) -> None:
    response = client().get("/v1/projection", params=query)
    assert response.status_code == 422
    assert response.headers["content-type"] == "application/problem+json"
    assert all(word in response.json()["detail"] for word in words), response.json()["detail"]
