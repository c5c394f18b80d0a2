"""Whether the server answers and is ready, and the whole data package."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Response
from pydantic import BaseModel, Field, model_validator

from api.contract import download
from api.dependencies import FromApi, NoParameters
from api.shapes import Answer
from api.tables import stamp
from indicators import __version__
from indicators.core.citation.code_version import code_version

RETRY = {"Retry-After": "5"}

routes = APIRouter()


class WholePackage(NoParameters):
    """Nothing: the package is always whole."""

    @model_validator(mode="before")
    @classmethod
    def _check_no_day(cls, given: object) -> object:
        if isinstance(given, Mapping) and "as_of" in given:
            raise ValueError(
                "The package is always whole: the data version is computed from its files. "
                "Leave as_of out, and keep the rows whose column known is not after your day"
            )
        return given


class Health(Answer):
    """Whether the server answers, and with which data and code."""

    status: str
    code_version: str = Field(description="Release, and a digest of the modules that compute every figure.")


class Ready(BaseModel):
    """That a proxy can send readers to the server."""

    status: str


@routes.get("/health", response_model=Health, tags=["service"])
async def health(_: Annotated[NoParameters, Query()], given: FromApi) -> dict[str, object]:
    """Say that the server answers, and with which data and code."""
    evidence = given.snapshot_on(None).evidence
    return stamp(evidence, {"status": "ok", "code_version": code_version(__version__)})


@routes.get("/ready", tags=["service"])
async def readiness(_: Annotated[NoParameters, Query()], given: FromApi, response: Response) -> Ready:
    """Say whether a proxy can send readers here: 503 until every indicator is computed."""
    response.headers["Cache-Control"] = "no-store"
    if not given.ready():
        raise HTTPException(503, "The indicators are being computed; ask again in some seconds.", RETRY)
    return Ready(status="ready")


@routes.get("/package.zip", tags=["data"], response_class=Response, responses=download("application/zip", binary=True))
def download_package(_: Annotated[WholePackage, Query()], given: FromApi) -> Response:
    """Download all tables, the descriptor and the codebook: always whole, since each row says when it was known."""
    headers = {"Content-Disposition": 'attachment; filename="morale-indicators-data.zip"'}
    return Response(given.package(), media_type="application/zip", headers=headers)
