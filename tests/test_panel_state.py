"""What a panel keeps between runs of its page: where it started, what is set now, and what the address says."""

from __future__ import annotations

from datetime import date

from streamlit.testing.v1 import AppTest


def panel_script() -> None:
    import streamlit as st

    from dashboard.component.panel import panel_values, write_address

    def read() -> tuple[dict[str, float | str], list[str]]:
        return {"weekly": float(st.query_params.get("weekly", 100))}, []

    state = panel_values("panel", {"weekly"}, st.session_state.get("day"), read)
    weekly = state.values["weekly"]
    write_address("panel", {} if weekly == 100 else {"weekly": f"{weekly:g}"}, {"weekly"})
    if st.session_state.get("later"):
        state.written -= 60.0
    st.text(f"{state.start['weekly']:g} {weekly:g}")


def release(page: AppTest, serial: int, weekly: float) -> str:
    """Let the panel report a release and return where it started and what is set now."""
    page.session_state["panel"] = {"released": {"serial": serial, "values": {"weekly": weekly}}}
    return str(page.run().text[0].value)


def test_a_release_changes_the_address_and_never_the_start() -> None:
    page = AppTest.from_function(panel_script).run()
    assert page.text[0].value == "100 100"
    assert release(page, 1, 120.0) == "100 120"
    assert page.query_params["weekly"] == "120"
    assert page.run().text[0].value == "100 120"
    assert release(page, 2, 100.0) == "100 100"
    assert "weekly" not in page.query_params


def test_an_address_that_lags_behind_is_not_taken_for_a_new_one() -> None:
    page = AppTest.from_function(panel_script).run()
    release(page, 1, 120.0)
    page.query_params.clear()
    assert release(page, 2, 130.0) == "100 130"
    page.query_params["weekly"] = "120"
    assert page.run().text[0].value == "100 130"
    assert page.query_params["weekly"] == "130"


def test_a_panel_that_was_left_starts_anew() -> None:
    page = AppTest.from_function(panel_script).run()
    release(page, 1, 120.0)
    page.query_params.clear()
    del page.session_state["panel"]
    assert page.run().text[0].value == "100 100"


def test_another_day_starts_the_panel_anew_from_its_address() -> None:
    page = AppTest.from_function(panel_script).run()
    release(page, 1, 120.0)
    page.session_state["day"] = date(2023, 9, 30)
    assert page.run().text[0].value == "120 120"


def test_the_way_back_takes_the_panel_along() -> None:
    page = AppTest.from_function(panel_script).run()
    page.session_state["later"] = True
    assert release(page, 1, 120.0) == "100 120"
    revision = page.session_state["panel_state"].revision
    page.query_params.clear()
    assert page.run().text[0].value == "100 100"
    assert page.session_state["panel_state"].revision == revision + 1


def test_an_address_that_somebody_else_sets_starts_the_panel_anew() -> None:
    page = AppTest.from_function(panel_script).run()
    release(page, 1, 120.0)
    page.query_params["weekly"] = "300"
    assert page.run().text[0].value == "300 300"


def test_the_last_release_counts_on_another_server_unless_the_address_has_it() -> None:
    for address, weekly in (("", "120"), ("?weekly=110", "100")):
        page = AppTest.from_function(panel_script).run()
        released = {"serial": 1, "values": {"weekly": 120.0}, "address": address}
        page.session_state["panel"] = {"released": released}
        assert page.run().text[0].value == f"100 {weekly}"
