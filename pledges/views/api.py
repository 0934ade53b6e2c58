"""The roster's API: personnel systems hand in the same differences as a file does."""

import csv
import io
from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any, Final, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from ninja import NinjaAPI, Schema, Status
from ninja.errors import HttpError
from ninja.security import HttpBearer
from pydantic import ConfigDict, Field as Value

from neutrality.accounts.limits import Count
from neutrality.audit.actor import Actor, ActorKind
from neutrality.law.clock import read_clock
from neutrality.personnel.codes import ImportState
from neutrality.personnel.models import AgencyRosterSettings, RosterImport, RosterRow, RosterToken
from neutrality.personnel.refusals import PersonnelRefusal
from neutrality.personnel.roster.errors import FileProblem, FileRefused, RowError
from neutrality.personnel.roster.fields import Field
from neutrality.personnel.roster.figures import Figures
from neutrality.personnel.services.import_roster import Statement, map_columns, receive_roster
from neutrality.personnel.services.roster_tokens import token_named
from pledges.roster_tasks import read_roster_import

MOST_PEOPLE: Final = 10_000
_MOST_ERRORS: Final = 500


class Strict(Schema):
    """A message in which nothing is unknown."""

    model_config = ConfigDict(extra="forbid")


Text = Annotated[str, Value(max_length=200)]


class PersonIn(Strict):
    """What the agency states about one person on the day; `leaves` says that the person left."""

    number: Annotated[str, Value(max_length=40)]
    name: Text
    unit_code: Annotated[str, Value(max_length=40)] = ""
    unit_name: Text = ""
    position: Text = ""
    position_class: Text = ""
    status: Text = ""
    grade: Annotated[str, Value(max_length=8)] = ""
    since: date | None = None
    former_number: Annotated[str, Value(max_length=40)] = ""
    leaves: Literal[
        "", "RETIRED", "DIED", "TRANSFERRED", "RESIGNED", "DISMISSED", "CONTRACT_END", "OTHER"
    ] = ""
    email: Annotated[str, Value(max_length=254)] = ""
    phone: Annotated[str, Value(max_length=20)] = ""


class ChangesIn(Strict):
    """People as they are on a day. Who is not named stays as recorded."""

    states_on: date
    people: Annotated[list[PersonIn], Value(min_length=1, max_length=MOST_PEOPLE)]


class ProblemOut(Schema):
    """One row that is not taken over; rows count from 1 in the order of `people`."""

    row: int
    code: str
    reason: str


class ImportOut(Schema):
    """Where the data is, and what it changes."""

    id: UUID
    state: str
    states_on: date
    sha256: str
    rows: int
    changes: dict[str, int]
    problem: str
    errors: list[ProblemOut]


class Refusal(Schema):
    """Why nothing was taken."""

    detail: str


class ApiRequest(HttpRequest):
    """A request that came with a key in force."""

    auth: RosterToken


class TokenAuth(HttpBearer):
    """`Authorization: Bearer …`; wrong keys are counted by what was sent, not by address."""

    openapi_description = "Kunci API instansi"

    def authenticate(  # ninja's signature
        self,
        request: HttpRequest,  # noqa: ARG002
        token: str,
    ) -> RosterToken | None:
        """Return the key in force, or None for 401; 429 when it asks too often."""
        count = Count("roster_api", who=token[:200])
        if count.add() > count.most:
            raise HttpError(429, _("Terlalu sering. Coba lagi beberapa menit lagi."))
        return token_named(secret=token[:200], clock=read_clock())


api = NinjaAPI(
    title="Data pegawai",
    version="1",
    description="Sistem kepegawaian mengirim perbedaan data pegawai satu instansi.",
    urls_namespace="roster_api_v1",
    auth=TokenAuth(),
    docs_url=None,
    openapi_url="/openapi.json",
)


@api.post(
    "/roster/changes",
    response={202: ImportOut, 409: Refusal, 422: Refusal},
    summary="Kirim perbedaan",
    url_name="roster_changes",
)
def send_changes(request: ApiRequest, changes: ChangesIn) -> Status[dict[str, Any]]:
    """Take people as they are on a day; they are compared in the background, as a file is."""
    token, clock = request.auth, read_clock()
    data = _csv(changes)
    actor = Actor(kind=ActorKind.SYSTEM, label=token.label)
    kept = AgencyRosterSettings.objects.filter(agency=token.agency).first()
    statement = Statement(
        agency_id=token.agency_id,
        token_id=token.pk,
        states_on=changes.states_on,
        file_name=f"API {token.label}"[:200],
        pieces=lambda: iter([data]),
        names_leavers=True,
    )
    try:
        place = receive_roster(statement=statement, actor=actor, clock=clock)
    except FileRefused as error:
        return Status(422, {"detail": str(error)})
    except PersonnelRefusal as error:
        return Status(409, {"detail": str(error)})
    map_columns(
        import_id=place.pk,
        columns=_columns(changes),
        takes_non_asn=bool(kept and kept.takes_non_asn),
        keep=False,
        actor=actor,
        clock=clock,
    )
    read_roster_import.delay(place.pk)
    place.refresh_from_db()
    return Status(202, _out(place))


@api.get(
    "/roster/imports/{uuid:import_id}",
    response={200: ImportOut, 404: Refusal},
    summary="Lihat hasil",
    url_name="roster_import",
)
def see_import(request: ApiRequest, import_id: UUID) -> Status[dict[str, Any]]:
    """Say where the data is: mistakes by row, changes by kind, applied or waiting for a person."""
    place = RosterImport.objects.filter(agency=request.auth.agency, public_id=import_id).first()
    if place is None:
        return Status(404, {"detail": _("Tidak ada.")})
    return Status(200, _out(place))


@require_safe
@cache_control(public=True, max_age=300)
def docs(request: HttpRequest) -> HttpResponseBase:
    """Show the description as a page of ours: no script and no third party."""
    schema = api.get_openapi_schema()
    context = {"schema": schema, "operations": list(_operations(schema)), "most": MOST_PEOPLE}
    return render(request, "pledges/roster/api.html", context)


def _csv(changes: ChangesIn) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(field.value for field in Field)
    writer.writerows(_cells(person) for person in changes.people)
    return text.getvalue().encode()


def _columns(changes: ChangesIn) -> dict[str, str]:
    """Every column; those of addresses only where somebody has one."""
    given = {
        Field.EMAIL: any(person.email for person in changes.people),
        Field.PHONE: any(person.phone for person in changes.people),
    }
    return {field.value: field.value for field in Field if given.get(field, True)}


def _cells(person: PersonIn) -> list[str]:
    said = {
        Field.NUMBER: person.number,
        Field.FORMER: person.former_number,
        Field.NAME: person.name,
        Field.UNIT_CODE: person.unit_code,
        Field.UNIT_NAME: person.unit_name,
        Field.POSITION: person.position,
        Field.CLASS: person.position_class,
        Field.KIND: person.status,
        Field.GRADE: person.grade,
        Field.SINCE: person.since.isoformat() if person.since else "",
        Field.LEAVES: person.leaves,
        Field.EMAIL: person.email,
        Field.PHONE: person.phone,
    }
    return [said[field] for field in Field]


def _out(place: RosterImport) -> dict[str, Any]:
    figures = Figures.of(place)
    rows = RosterRow.objects.filter(import_id=place.pk).exclude(error="").order_by("row")
    problem = FileProblem(place.problem).label if place.problem else ""
    if place.state == ImportState.UNITS:
        problem = _("Ada unit kerja yang belum dikenal; petugas kepegawaian harus memutuskannya.")
    return {
        "id": place.public_id,
        "state": place.state,
        "states_on": place.states_on,
        "sha256": place.sha256,
        "rows": figures.rows,
        "changes": figures.changes,
        "problem": str(problem),
        "errors": [
            {"row": row - 1, "code": error, "reason": str(RowError(error).label)}
            for row, error in rows.values_list("row", "error")[:_MOST_ERRORS]
        ],
    }


def _operations(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    parts = schema["components"]["schemas"]
    for address, methods in schema["paths"].items():
        for method, operation in methods.items():
            yield {
                "method": method.upper(),
                "path": address,
                "summary": operation.get("summary", ""),
                "description": operation.get("description", ""),
                "answers": [
                    (code, answer.get("description", ""))
                    for code, answer in operation["responses"].items()
                ],
                "takes": _takes(operation, parts),
            }


def _takes(operation: dict[str, Any], parts: dict[str, Any]) -> list[tuple[str, str, bool]]:
    """The fields of what is sent, those of the people included."""
    if "requestBody" not in operation:
        return []
    return [
        (f"{prefix}{name}", _kind(value), name in parts[part].get("required", []))
        for part, prefix in (("ChangesIn", ""), ("PersonIn", "people[]."))
        for name, value in parts[part]["properties"].items()
    ]


def _kind(value: dict[str, Any]) -> str:
    if "enum" in value:
        return " | ".join(each or '""' for each in value["enum"])
    kinds = [each.get("type", "") for each in value.get("anyOf", [value])]
    words = " | ".join(kinds)
    return f"{words} ({value['format']})" if "format" in value else words
