"""The addresses of frames, of the script beside them, and of their oEmbed description."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from dashboard.component.assets import FRAME_SCRIPT, MEDIA_TYPES, frame_script, server_path
from dashboard.server.embedding.asked import asked_for, place_of
from dashboard.server.embedding.document import SCRIPTS, document, refusal
from dashboard.server.embedding.oembed import WIDTH, oembed
from dashboard.server.protection.security_headers import POLICY, embed_policy
from dashboard.shell.addresses import EMBED, OEMBED
from dashboard.shell.exact_settings import RefusedError
from indicators.core.plain_text import quoted


def embed_routes() -> list[Route]:
    """Return the routes of what stands by itself.

    Their parameters are `as_of` (a day; none for the latest), `theme` (light or dark; none for the reader's own) and
    the settings of the chart, as in the address of its page.
    """
    return [
        Route(server_path(FRAME_SCRIPT), _script),
        Route(server_path(f"{EMBED}/{{path:path}}"), _frame),
        Route(server_path(OEMBED), _oembed),
    ]


async def _script(_: Request) -> Response:
    return Response(frame_script(), media_type=MEDIA_TYPES[".js"], headers={"Cache-Control": "public, max-age=3600"})


async def _frame(request: Request) -> Response:
    def answer() -> Response:
        # Also a refusal may be framed: nobody would see it otherwise.
        headers = {"Cache-Control": "no-cache", POLICY: embed_policy(SCRIPTS)}
        try:
            asked = asked_for(place_of(request.path_params["path"]), request.query_params.multi_items())
        except RefusedError as error:
            return HTMLResponse(refusal(str(error)), error.status, headers)
        return HTMLResponse(document(asked), headers=headers)

    return await run_in_threadpool(answer)


async def _oembed(request: Request) -> Response:
    """Answer as oembed.com says; parameters that it does not name are the consumer's own, and left alone."""
    given = request.query_params
    if given.get("format", "json") != "json":
        return PlainTextResponse("Expected format json; there is no other.", 501)
    try:
        wide, tall = _pixels(given.get("maxwidth", "")), _pixels(given.get("maxheight", ""))
        if "url" not in given:
            raise RefusedError(422, "url is missing; expected the address of a page or a chart of this server.")
        origin = f"{request.url.scheme}://{request.url.netloc}"
        described = await run_in_threadpool(
            oembed, given["url"], origin, width=wide or WIDTH, height=tall, theme=given.get("theme", "")
        )
    except RefusedError as error:
        return PlainTextResponse(str(error), error.status)
    return JSONResponse(described, media_type="application/json")


def _pixels(text: str) -> int | None:
    if text and not (text.isdecimal() and int(text[:6]) > 0):
        raise RefusedError(422, f"a number of pixels is {quoted(text)}; expected a whole number above 0.")
    return int(text[:6]) if text else None
