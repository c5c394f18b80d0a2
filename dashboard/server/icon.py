"""The site's own icon, inside the documents that show it."""

from urllib.parse import quote

_DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="6" fill="#1f4e79"/>'
    '<path d="M5 23h5v-6h6v3h5v-9h6" fill="none" stroke="#fff" stroke-width="3"/></svg>'
)
ICON = f'<link rel="icon" type="image/svg+xml" href="data:image/svg+xml,{quote(_DRAWING)}">'
"""The element of a document's head."""
