"""Every page, table and file that an office or a program reads, once on PostgreSQL: their other tests use SQLite."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

import pytest
from flask import Flask

from bot.app import create_app
from models.base import make_engine
from models.export import ExportState
from services.exports.files import WRITERS
from tests.integration.handlers.api.conftest import program
from tests.integration.handlers.desk.addresses import filled, own_addresses, pages
from tests.integration.handlers.desk.conftest import VILLAGE, Office, photo_of
from tests.integration.handlers.desk.test_exports import made
from tests.integration.handlers.desk.test_quality import alike
from tests.integration.services.towns import report
from tests.support.chat import Phone
from tests.support.databases import PostgresServer
from tests.support.loaded import town_on

OFFICER = "สมใจ ตัวอย่าง"
FEED = "/odata/v4/loei_2564_followup"
FILES = {"csv", "xlsx", "pdf", "docx"}


@pytest.fixture
def office(postgres_server: PostgresServer, loaded_postgres: str) -> Iterator[Office]:
    """With two reports, one of them changed, and a pair of photos that look alike."""
    with postgres_server.database(loaded_postgres) as url:
        engine = make_engine(url)
        town = town_on(engine)
        app = create_app(town.runtime)
        for name, area in ((OFFICER, "4207"), ("สมหมาย ตัวอย่าง", "4206")):
            report(town.person(name, "officer", area))
        town.work()
        alike(town, photo_of(town, VILLAGE, "12"), photo_of(town, VILLAGE, "13"))
        yield Office(town, app)
        app.extensions["chat_executor"].close()
        engine.dispose()


class Ways(HTMLParser):
    """Where a page leads to: its links, and what each of its searches and filters asks for, one thing at a time."""

    def __init__(self, address: str, page: str) -> None:
        super().__init__()
        self._page, self._form, self._field = address, "", ""
        self.found: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attrs}
        if tag == "a":
            self.found.append(urljoin(self._page, has.get("href", "")))
        elif tag == "form":
            asks = has.get("method", "get") == "get"
            self._form = urljoin(self._page, has.get("action", "")).partition("?")[0] if asks else ""
        elif tag == "select":
            self._field = has.get("name", "")
        elif tag == "option":
            self._ask(self._field, has.get("value", ""))
        elif tag in {"input", "button"}:
            typed = {"search": "ก", "text": "ก", "date": "2021-06-07"}.get(has.get("type", ""), has.get("value", ""))
            self._ask(has.get("name", ""), typed)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = ""

    def _ask(self, name: str, value: str) -> None:
        if self._form and name:
            self.found.append(f"{self._form}?{urlencode({name: value})}")


def kind(app: Flask, address: str) -> tuple[str, str, str]:
    """Addresses of one kind differ only in which row they are about."""
    split = urlsplit(address)
    endpoint, _given = app.url_map.bind("localhost").match(split.path)
    last = split.path.rpartition("/")[2]
    query = sorted((name, re.sub(r"\d+", "1", value)) for name, value in parse_qsl(split.query))
    return endpoint, last if last in FILES else "", urlencode(query)


@pytest.mark.parametrize(("role", "area"), [("staff", "42"), ("officer", "4207")])
def test_every_page_and_every_filter_of_it_is_answered(office: Office, role: str, area: str) -> None:
    desk = office.signed_in(office.town.person("ใครสักคน", role, area))
    given = own_addresses(office, OFFICER) | {"filetype": "xlsx", "ending": "docx", "key": "0" * 32}
    waiting = [filled(rule, **given) for rule, _endpoint in pages(office.app, "GET")]
    seen = set[tuple[str, str, str]]()
    while waiting:
        address = waiting.pop()
        if not address.startswith("/desk") or (what := kind(office.app, address)) in seen:
            continue
        seen.add(what)
        answer = desk.get(address)
        assert answer.status_code in {200, 303, 403, 404}, address
        if answer.mimetype == "text/html":
            waiting += [way.partition("#")[0] for way in Ways(address, answer.text).found]


def test_every_kind_of_file_is_made_and_every_list_is_read_by_programs(office: Office, staff: Phone) -> None:
    desk = office.signed_in(staff)
    for form in WRITERS:
        wanted = {"kind": "reports", "form": "followup", "area": "42", "format": form, "versions": "yes", "round": "1"}
        row = made(office, desk, **wanted)
        assert (form, row.state, row.total) == (form, ExportState.READY.value, 2)
        assert desk.get(f"/desk/exports/{row.id}/1").status_code == 200
    assert made(office, desk, kind="photos", area="42").state == ExportState.READY.value
    reader = program(office, staff)
    campaign = "/api/v1/campaigns/loei_2564"
    for path in ("obligations?state=submitted", "reports?form=followup&versions=all", "changes", "villages", "rounds"):
        some = reader.get(f"{campaign}/{path}{'&' if '?' in path else '?'}limit=1")
        assert (path, some.status_code) == (path, 200)
        cursor = (some.json or {}).get("cursor")
        assert reader.get(f"{campaign}/{path}{'&' if '?' in path else '?'}cursor={cursor or 0}").status_code == 200
    for path in (
        "",
        "?$top=1&$skip=1&$count=true",
        "?$filter=area_code eq '4207' and late eq false&$orderby=id&$select=area_code",
        "/$count?$filter=round ge 1",
    ):
        assert (path, reader.get(f"{FEED}{path}").status_code) == (path, 200)
