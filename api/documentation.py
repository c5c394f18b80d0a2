"""The page that documents every route, drawn from our own origin."""

import base64
import hashlib
import re

from fastapi import FastAPI, Request
from fastapi.openapi.docs import get_swagger_ui_html
from fastapi.responses import HTMLResponse

STYLE = """<style>
/* Swagger UI's own greys and colours are too pale to read for many. */
.swagger-ui .info .title small pre, .swagger-ui .opblock .opblock-summary-method { background: #2b3440; color: #fff; }
.swagger-ui .info .title small, .swagger-ui .info .title small.version-stamp { background: #2b3440; }
.swagger-ui .opblock.opblock-get .opblock-summary-method { background: #1f4e79; }
.swagger-ui, .swagger-ui .info *, .swagger-ui .opblock-summary *, .swagger-ui .opblock-tag *,
.swagger-ui section.models * { opacity: 1; }
.swagger-ui .info .url, .swagger-ui .info .base-url, .swagger-ui .opblock-summary-description,
.swagger-ui .opblock-summary-path, .swagger-ui .opblock-tag small, .swagger-ui section.models h4,
.swagger-ui .model-title, .swagger-ui .models-control, .swagger-ui .json-schema-2020-12__title,
.swagger-ui .json-schema-2020-12__attribute, .swagger-ui .json-schema-2020-12-expand-deep-button { color: #101317; }
.swagger-ui .info a { color: #1f4e79; }
/* There is one server: this one. */
.swagger-ui .scheme-container { display: none; }
</style>"""
READ_OUT = """<script>
// The page has a title and, below it, groups: to a screen reader they are one level apart.
new MutationObserver(() => {
  for (const heading of document.querySelectorAll("h3.opblock-tag:not([role]), section.models h4:not([role])")) {
    heading.setAttribute("role", "heading");
    heading.setAttribute("aria-level", "2");
  }
}).observe(document, { childList: true, subtree: true });
</script>"""
_CHANGES = (
    ("<html>", '<html lang="en">'),
    ("</head>", f"{STYLE}</head>"),
    ('<div id="swagger-ui">\n    </div>', '<main id="swagger-ui"></main>'),
    ("</body>", f"{READ_OUT}</body>"),
)
_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)


def add_documentation(app: FastAPI, files: str) -> None:
    """Add the page, with a policy that lets it load our own files and run the one script inside it."""

    @app.get("/docs", include_in_schema=False)
    async def documentation(request: Request) -> HTMLResponse:
        root = str(request.scope.get("root_path", ""))
        page = get_swagger_ui_html(
            openapi_url=f"{root}{app.openapi_url}",
            title=app.title,
            swagger_js_url=f"{root}{files}/swagger-ui-bundle.js",
            swagger_css_url=f"{root}{files}/swagger-ui.css",
            swagger_favicon_url=f"{root}{files}/favicon.png",
            # A link within a button is more than a keyboard can press.
            swagger_ui_parameters={"deepLinking": False},
        )
        document = bytes(page.body).decode()
        for part, better in _CHANGES:
            document = document.replace(part, better, 1)
        page = HTMLResponse(document)
        digests = (hashlib.sha256(script.encode()).digest() for script in _SCRIPT.findall(document))
        scripts = " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)
        page.headers["Content-Security-Policy"] = (
            "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; "
            f"script-src 'self' {scripts}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
        )
        return page
