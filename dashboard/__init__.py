"""The dashboard: pages, charts and the browser component that draws them."""
