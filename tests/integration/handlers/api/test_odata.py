"""The OData feed as Excel and Power BI open it: service document, schema, tables by the page."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from handlers.odata import pages
from services.odata.metadata import EDM, EDMX
from tests.integration.handlers.api.conftest import program
from tests.integration.handlers.desk.conftest import Office
from tests.integration.services.towns import report
from tests.support.chat import Phone

SET = "loei_2564_followup"


class Excel:
    """Asks with Basic authentication, the token as the password."""

    def __init__(self, client: FlaskClient, token: str) -> None:
        self.client, self.token = client, token

    def ask(self, path: str) -> TestResponse:
        address = path if path.startswith(("http", "/")) else f"/odata/v4/{path}"
        answer = self.client.get(address, auth=("any", self.token), headers={"OData-MaxVersion": "4.0"})
        assert answer.headers["OData-Version"] == "4.0"
        return answer

    def rows(self, path: str) -> list[dict[str, Any]]:
        """Every row, as far as the links lead."""
        found, link = [], path
        while link:
            answer = self.ask(link).json
            assert answer is not None
            found += answer["value"]
            link = answer.get("@odata.nextLink", "")
        return found


@pytest.fixture
def reports(office: Office) -> None:
    for name, area in (("สมใจ", "4207"), ("สมหมาย", "4206"), ("สมศรี", "4201")):
        report(office.town.person(name, "officer", area))


@pytest.fixture
def excel(office: Office, staff: Phone, reports: None) -> Excel:
    made = program(office, staff)
    return Excel(made.client, made.token)


def test_the_service_leads_to_a_schema_that_says_of_every_value_what_it_is(excel: Excel) -> None:
    root = excel.ask("").json
    assert root is not None
    assert excel.ask("/odata/v4").json == root  # as people type it, without a redirect
    head = excel.client.head("/odata/v4/", auth=("any", excel.token))
    assert (head.status_code, head.headers["OData-Version"], head.data) == (200, "4.0", b"")
    assert root["@odata.context"].endswith("/odata/v4/$metadata")
    assert {"name": SET, "kind": "EntitySet", "url": SET} in root["value"]
    schema = ET.fromstring(excel.ask("$metadata").data)  # noqa: S314 - our own
    assert (schema.tag, schema.get("Version")) == (f"{{{EDMX}}}Edmx", "4.0")
    (container,) = schema.iter(f"{{{EDM}}}EntityContainer")
    assert {one.get("Name") for one in container} == {one["name"] for one in root["value"]}
    types = {f"Tidtam.{one.get('Name')}": one for one in schema.iter(f"{{{EDM}}}EntityType")}
    (entity_set,) = (one for one in container if one.get("Name") == SET)
    columns = {one.get("Name"): one for one in types[str(entity_set.get("EntityType"))].iter(f"{{{EDM}}}Property")}
    first = excel.rows(SET)[0]
    assert list(first) == list(columns)
    python: dict[str, type | tuple[type, ...]] = {
        "Edm.Int64": int,
        "Edm.Double": (int, float),
        "Edm.String": str,
        "Edm.Boolean": bool,
    }
    for name, value in first.items():
        nullable, kind = columns[name].get("Nullable") == "true", str(columns[name].get("Type"))
        assert (name, (value is None and nullable) or isinstance(value, python.get(kind, str))) == (name, True)
    assert (first["t3_hh_checked"], first["area_code"], first["late"]) == (3150, "4207", False)


def test_pages_filters_and_counts(excel: Excel, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = excel.rows(SET)
    assert len(whole) == 3
    for size in (1, 2):
        monkeypatch.setattr(pages, "PAGE", size)
        assert excel.rows(SET) == whole
        assert excel.rows(f"{SET}?$top=2") == whole[:2]
        assert excel.rows(f"{SET}?$skip=1") == whole[1:]
    areas = {
        "area_code eq '4206'": ["4206"],
        "area_code ne '4206' and round eq 1": ["4207", "4201"],
        "(round gt 1) and late eq false": [],
        "submitted_at ge 2021-06-01T00:00:00Z": ["4207", "4206", "4201"],
    }
    for given, wanted in areas.items():
        assert [row["area_code"] for row in excel.rows(f"{SET}?$filter={given}&$orderby=id")] == wanted
        assert excel.ask(f"{SET}/$count?$filter={given}").text == str(len(wanted))
    some = excel.ask(f"{SET}?$select=area_code,t3_hh_checked&$count=true&$top=1").json
    assert some is not None
    assert some["@odata.context"].endswith(f"$metadata#{SET}(area_code,t3_hh_checked)")
    assert (some["@odata.count"], some["value"]) == (3, [{"area_code": "4207", "t3_hh_checked": 3150}])
    assert "@odata.nextLink" not in some


def test_what_is_not_done_or_cannot_be_read_is_said(excel: Excel) -> None:
    for query, status in (
        ("$expand=x", 501),
        ("$orderby=area", 501),
        ("$filter=contains(area,'x')", 501),
        ("$filter=reference ne null", 501),
        ("$filter=round eq 'x'", 400),
        ("$filter=late eq 1", 400),
        ("$select=nothing", 400),
        ("$top=-1", 400),
    ):
        answer = excel.ask(f"{SET}?{query}")
        assert (query, answer.status_code) == (query, status)
        assert set(answer.json["error"]) == {"code", "message"}  # type: ignore[index]  # it is JSON
    assert excel.ask("elsewhere").status_code == 404


def test_a_token_reads_its_own_area_and_excel_is_asked_for_it(excel: Excel, office: Office, staff: Phone) -> None:
    made = program(office, staff, "4206")
    assert [row["area_code"] for row in Excel(made.client, made.token).rows(SET)] == ["4206"]
    for path in ("/odata/v4/", "/odata/v4/$metadata", f"/odata/v4/{SET}", f"/odata/v4/{SET}/$count"):
        refused = excel.client.get(path)
        assert (path, refused.status_code) == (path, 401)
        assert refused.headers["WWW-Authenticate"].startswith("Basic ")
        assert excel.client.get(path, headers={"Authorization": f"Bearer {made.token}"}).status_code == 200
