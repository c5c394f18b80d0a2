"""The page that documents every route, drawn from our own origin."""

from __future__ import annotations

import base64
import hashlib
import re

from fastapi import FastAPI, Request
from fastapi.openapi.docs import get_swagger_ui_html
from fastapi.responses import HTMLResponse

_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)


def add_documentation(app: FastAPI, files: str) -> None:
    """Add the page, with a policy that lets it load our own files and run the one script inside it.

    Args:
        app: The API.
        files: Where the page's scripts and styles are mounted.
    """

    @app.get("/docs", include_in_schema=False)
    async def documentation(request: Request) -> HTMLResponse:
        root = str(request.scope.get("root_path", ""))
        page = get_swagger_ui_html(
            openapi_url=f"{root}{app.openapi_url}",
            title=app.title,
            swagger_js_url=f"{root}{files}/swagger-ui-bundle.js",
            swagger_css_url=f"{root}{files}/swagger-ui.css",
            swagger_favicon_url=f"{root}{files}/favicon.png",
        )
        digests = (hashlib.sha256(script.encode()).digest() for script in _SCRIPT.findall(bytes(page.body).decode()))
        scripts = " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)
        page.headers["Content-Security-Policy"] = (
            "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; "
            f"script-src 'self' {scripts}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
        )
        return page
