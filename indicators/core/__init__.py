"""Machinery shared by all indicators; knows no single indicator."""

import pandas as pd

# Tables are short and read cell by cell, which takes Arrow's text columns half as long again as Python's.
pd.set_option("mode.string_storage", "python")
