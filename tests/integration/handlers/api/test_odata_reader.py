"""The OData feed read by a client that is not ours, which takes every value by the schema that it was given."""

from __future__ import annotations

import base64
import datetime as dt
from dataclasses import dataclass

import pytest
from flask.testing import FlaskClient
from odatapy.client.client import EdmEnabledODataClient
from odatapy.client.responses import ClientResponse

from handlers.odata import pages
from tests.integration.handlers.api.conftest import program
from tests.integration.handlers.desk.conftest import Office
from tests.integration.services.towns import report
from tests.support.chat import Phone

SET = "loei_2564_followup"


@dataclass
class Wire:
    """Carries the client's requests to the service; asks as Excel and Power BI do, with the token as a password."""

    client: FlaskClient
    token: str

    def send(self, method: str, url: str, headers: dict[str, str], body: bytes) -> ClientResponse:
        password = base64.b64encode(f"excel:{self.token}".encode()).decode()
        given = {**headers, "Authorization": f"Basic {password}"}
        answer = self.client.open(url, method=method, headers=given, data=body)
        return ClientResponse(answer.status_code, dict(answer.headers), answer.data)


def test_another_s_client_reads_the_schema_and_every_row_by_it(
    office: Office, staff: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, area in (("สมใจ", "4207"), ("สมหมาย", "4206"), ("สมศรี", "4201")):
        report(office.town.person(name, "officer", area))
    made = program(office, staff)
    reader = EdmEnabledODataClient("http://127.0.0.1:9/odata/v4", Wire(made.client, made.token))
    sets = reader.get_service_document().entries
    schema = reader.get_edm()
    assert {one.name for one in sets if schema.get_entity_set(one.name)} == {one.name for one in sets}
    kind = reader.entity_set_type(SET)
    assert [key.name for key in kind.key_property_refs] == ["id"]
    monkeypatch.setattr(pages, "PAGE", 2)
    found = [
        {one.name: one.value for one in row.properties} for row in reader.iter_entities(reader.entity_set_uri(SET))
    ]
    assert [row["area_code"] for row in found] == ["4207", "4206", "4201"]
    assert {(row["t3_hh_checked"], row["late"]) for row in found} == {(3150, False)}
    assert all(isinstance(row["submitted_at"], dt.datetime) for row in found)
    assert set(found[0]) == set(kind.property_names)
    assert reader.get_count(reader.entity_set_uri(SET).filter("round eq 1 and area_code ne '4206'")) == 2
