"""Streamlit as its documentation suggests it: a fragment for what a slider changes, the rest cached."""

from __future__ import annotations

import streamlit as st

from benchmarks.peers.figures import LABELS, TITLE, fan_figure, history_figure, tile_texts
from benchmarks.peers.model import GROWTHS, RATES, START_GROWTH, START_RATE, simulate

st.set_page_config(page_title=TITLE, layout="wide")
st.title(TITLE)
history = st.cache_data(history_figure)


@st.fragment
def projection() -> None:
    rate = st.slider("Weekly rate", *RATES, START_RATE)
    growth = st.slider("Growth a week (%)", *GROWTHS, START_GROWTH, 0.1)
    outcome = simulate(rate, growth)
    for column, label, text in zip(st.columns(4), LABELS, tile_texts(rate, growth, outcome), strict=True):
        column.metric(label, text)
    st.plotly_chart(fan_figure(outcome), key="fan")


st.plotly_chart(history(), key="history")
projection()
