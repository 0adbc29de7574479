"""/api/v1 as a program sees it: checked against its own OpenAPI document, and never beyond the token's area."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from flask import Flask
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate
from sqlalchemy import select

from handlers.doors import TokenDoor, door_of
from models.work import Audit
from tests.integration.handlers.api.conftest import Program, program
from tests.integration.handlers.desk.conftest import FAR, Office
from tests.integration.services.towns import report, rows
from tests.support.chat import Phone

CAMPAIGN = "/api/v1/campaigns/loei_2564"
LISTS = ("obligations", "reports?form=followup", "changes", "villages")


@pytest.fixture
def reports(office: Office) -> None:
    """Of two districts, the second changed once."""
    for name, area in (("สมใจ", "4207"), ("สมหมาย", "4206")):
        report(office.town.person(name, "officer", area))
    office.town.work()


def checked(document: dict[str, Any], path: str, status: int, body: Any) -> None:
    """Raises for an answer that is not what the document says of its path."""
    operation = document["paths"][path]["get"]["responses"][str(status)]
    if "$ref" in operation:
        operation = document["components"]["responses"][operation["$ref"].rpartition("/")[2]]
    ((_kind, content),) = operation["content"].items()
    schema = {**content["schema"], "components": document["components"]}
    Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER).validate(body)


@pytest.mark.usefixtures("reports")
def test_every_answer_is_what_the_document_says(office: Office, staff: Phone) -> None:
    reader = program(office, staff)
    document = office.app.test_client().get("/api/v1/openapi.json").json
    assert document is not None
    validate(document)
    number = reader.get(f"{CAMPAIGN}/reports?form=followup").json["data"][0]["id"]  # type: ignore[index]  # it is JSON
    for path, address, status in (
        ("/campaigns", "/api/v1/campaigns", 200),
        ("/campaigns/{slug}/rounds", f"{CAMPAIGN}/rounds", 200),
        ("/campaigns/{slug}/obligations", f"{CAMPAIGN}/obligations", 200),
        ("/campaigns/{slug}/obligations", f"{CAMPAIGN}/obligations?state=lost", 400),
        ("/campaigns/{slug}/reports", f"{CAMPAIGN}/reports?form=followup&versions=all", 200),
        ("/campaigns/{slug}/reports", f"{CAMPAIGN}/reports", 400),
        ("/campaigns/{slug}/changes", f"{CAMPAIGN}/changes", 200),
        ("/campaigns/{slug}/changes", f"{CAMPAIGN}/changes?cursor=-1", 400),
        ("/campaigns/{slug}/villages", f"{CAMPAIGN}/villages?limit=0", 400),
        ("/campaigns/{slug}/villages", f"{CAMPAIGN}/villages", 200),
        ("/reports/{id}", f"/api/v1/reports/{number}", 200),
        ("/reports/{id}", "/api/v1/reports/999999", 404),
        ("/campaigns/{slug}/rounds", "/api/v1/campaigns/elsewhere/rounds", 404),
    ):
        answer = reader.get(address)
        assert (address, answer.status_code) == (address, status)
        checked(document, path, status, answer.json)
    described = {f"/api/v1{path}" for path in document["paths"]}
    assert described == {path for rule in rules(office.app) for path in unfolded(rule)}


def rules(app: Flask) -> list[str]:
    """Every address that a token opens, but the one that says that there is nothing."""
    found = [rule for rule in app.url_map.iter_rules() if isinstance(door_of(app, rule.endpoint), TokenDoor)]
    return [str(rule) for rule in found if str(rule).startswith("/api/") and "<path:" not in str(rule)]


def unfolded(rule: str) -> list[str]:
    """A rule as the document writes it, once for each kind of list."""
    rule = rule.replace("<slug>", "{slug}").replace("<int:number>", "{id}")
    before, found, rest = rule.partition("<any(")
    return [before + kind for kind in rest.partition(")")[0].split(", ")] if found else [rule]


@pytest.mark.usefixtures("reports", "other")
def test_a_token_reads_its_own_area_alone(office: Office, staff: Phone) -> None:
    far = program(office, staff, "4206").get(f"{CAMPAIGN}/reports?form=followup").json["data"]  # type: ignore[index]
    own = program(office, staff, "4207")
    for each in LISTS:
        for area in ("", "42", "4206", "420601"):
            answer = own.get(f"{CAMPAIGN}/{each}{'&' if '?' in each else '?'}area={area}")
            codes = {row.get("area_code") or row["code"] for row in answer.json["data"]}  # type: ignore[index]
            assert (each, area, [code for code in codes if not code.startswith("4207")]) == (each, area, [])
            assert FAR not in answer.text
    assert [row["area_code"] for row in far] == ["4206"]
    assert own.get(f"/api/v1/reports/{far[0]['id']}").status_code == 404


@pytest.mark.usefixtures("reports")
def test_nothing_opens_without_a_good_token(office: Office, staff: Phone) -> None:
    reader = program(office, staff)
    bad = (Program(reader.client, ""), Program(reader.client, "tidtam_guessed"))
    for one in bad:
        for rule in (
            *(path.format(slug="loei_2564", id=1) for each in rules(office.app) for path in unfolded(each)),
            "/api/v1/x",
        ):
            answer = one.get(rule)
            assert (rule, answer.status_code, answer.content_type) == (rule, 401, "application/problem+json")
    assert reader.client.get("/api/v1/campaigns", auth=("x", reader.token)).status_code == 401, "no password here"
    assert reader.get("/api/v1/x").json["status"] == 404  # type: ignore[index]
    assert reader.client.post("/api/v1/campaigns").status_code == 405
    desk = office.signed_in(staff)
    assert desk.post("/desk/settings/tokens/1/revoke").status_code == 303
    assert reader.get("/api/v1/campaigns").status_code == 401
    noted = rows(office.town, select(Audit.action).where(Audit.action.startswith("token_")).order_by(Audit.id))
    assert noted == ["token_made", "token_reads", "token_revoked"]


def test_a_token_ends_with_its_days_and_is_made_for_areas_of_ones_own(office: Office, staff: Phone) -> None:
    reader = program(office, staff)
    desk = office.signed_in(staff)
    for wrong in ({"area": "41"}, {"area": "4299"}, {"days": "9999"}):
        fields = {"name": "x", "area": "42", "days": "90", **wrong}
        assert (wrong, desk.post("/desk/settings/tokens", **fields).status_code) == (wrong, 404)
    assert desk.post("/desk/settings/tokens", name=" ", area="42", days="90").status_code == 303
    office.town.clock.civil += dt.timedelta(days=365)
    assert reader.get("/api/v1/campaigns").status_code == 401
    assert "หมดอายุ" in office.signed_in(staff).get("/desk/settings/tokens").text


@pytest.mark.usefixtures("reports")
def test_pages_follow_each_other_and_a_cursor_gives_what_came_since(office: Office, staff: Phone) -> None:
    reader = program(office, staff)
    found, address = [], f"{CAMPAIGN}/changes?limit=1"
    while address:
        page = reader.get(address).json
        assert page is not None
        found += page["data"]
        address = page["next"]
    assert found == reader.get(f"{CAMPAIGN}/changes").json["data"]  # type: ignore[index]
    assert len(found) > 2
    cursor = reader.get(f"{CAMPAIGN}/reports?form=followup").json["cursor"]  # type: ignore[index]
    since = f"{CAMPAIGN}/reports?form=followup&cursor={cursor}"
    before = reader.get(since)
    assert before.json["data"] == []  # type: ignore[index]
    assert reader.get(since, **{"If-None-Match": before.headers["ETag"]}).status_code == 304
    report(office.town.person("สมศรี", "officer", "4201"))
    (new,) = reader.get(since, **{"If-None-Match": before.headers["ETag"]}).json["data"]  # type: ignore[index]
    assert (new["area_code"], new["values"]["t3_hh_checked"]) == ("4201", 3150), "before its answer rows are derived"
