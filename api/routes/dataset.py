"""What the data are, in the words of schema.org: for search engines of data sets."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import JSONResponse

from api.dependencies import FromApi, NoParameters
from api.tables import records
from indicators.core.evidence.descriptor import TITLES
from indicators.core.evidence.load import Evidence

LINKED_DATA = "application/ld+json"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
NAME = "Morale indicators: published figures on military morale"
DESCRIPTION = (
    "Sourced, dated and qualified figures, events and assessments on military morale in the Russian and Ukrainian "
    "armed forces, each with the day on which it became known. A quoted figure is a claim, not a count."
)
DESCRIBED: dict[int | str, dict[str, Any]] = {200: {"content": {LINKED_DATA: {"schema": {"type": "object"}}}}}
TABLES = ("events", "sources", "claims", "corrections")

routes = APIRouter(tags=["data"])


@routes.get("/dataset.jsonld", response_class=Response, responses=DESCRIBED)
def describe_dataset(request: Request, _: Annotated[NoParameters, Query()], given: FromApi) -> JSONResponse:
    """Describe the data as a schema.org Dataset: what is measured, for which days, and where it is downloaded."""
    address = str(request.url.replace(query="")).removesuffix("/dataset.jsonld")
    return JSONResponse(dataset(given.known_on(None).evidence, address), media_type=LINKED_DATA)


def dataset(evidence: Evidence, address: str) -> dict[str, object]:
    """Return the description of the data."""
    rows = evidence.observations
    days = () if rows.empty else (rows["period_start"].min().date(), rows["period_end"].max().date())
    whole = _file(f"{address}/package.zip", "application/zip", "All tables, described for Frictionless")
    csv = [_file(f"{address}/{table}?format=csv", "text/csv", ": ".join(TITLES[table])) for table in TABLES]
    return {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "@id": f"{address}/dataset.jsonld",
        "name": NAME,
        "description": DESCRIPTION,
        "version": evidence.data_version,
        "dateModified": evidence.edition.day.isoformat(),
        "license": LICENCE,
        "isAccessibleForFree": True,
        "creator": {"@type": "Organization", "name": "Morale indicators contributors"},
        "keywords": ["military morale", "refusal to serve", "court cases", "Russia", "Ukraine"],
        "temporalCoverage": "/".join(map(str, days)),
        "spatialCoverage": ["Russia", "Ukraine"],
        "variableMeasured": [_measured(series) for series in records(evidence.series)],
        "distribution": [whole, *csv],
    }


def _file(address: str, media_type: str, name: str) -> dict[str, str]:
    return {"@type": "DataDownload", "name": name, "encodingFormat": media_type, "contentUrl": address}


def _measured(series: dict[str, object]) -> dict[str, object]:
    return {
        "@type": "PropertyValue",
        "propertyID": series["series"],
        "name": series["name"],
        "description": series["definition"],
        "unitText": series["unit"],
    }
