"""The least that a dashboard of tables and charts starts with in plain Streamlit: pandas and one Plotly chart."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

history = pd.DataFrame({"month": pd.date_range("2021-01-01", periods=60, freq="MS"), "cases": range(60)})
st.title("Cases")
st.plotly_chart(go.Figure(go.Scatter(x=history["month"], y=history["cases"])))
