"""Nonsense in addresses: every route that is read answers, none breaks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from flask import Request, request
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.routing import Rule

from handlers.doors import DeskDoor, TokenDoor, door_of
from tests.integration.handlers.api.conftest import Program, program
from tests.integration.handlers.desk.addresses import filled, own_addresses
from tests.integration.handlers.desk.conftest import Desk, Office
from tests.integration.services.towns import report
from tests.support.chat import Phone

NONSENSE = ("", "๑", "-1", "9" * 20, "NaN", "0001-01-01", "9999-12-31", "\0")
"""What no number, day, code or name is."""
API = {"kind": "reports", "rest": "x", "name": "loei_2564_followup"}
_KINDS = "any(obligations, reports, changes, villages):"
NOT_DONE = 501
"""What the feed answers to options of OData that it does not do."""


class Heard(ImmutableMultiDict[str, Any]):
    """Fields of a request, which are noted when they are asked for."""

    names: dict[str, set[str]] = defaultdict(set)  # noqa: RUF012 - one for all requests is what is wanted

    def get(self, key: str, *args: Any, **kwargs: Any) -> Any:
        self.names[request.endpoint or ""].add(key)
        return super().get(key, *args, **kwargs)

    def getlist(self, key: str, *args: Any, **kwargs: Any) -> Any:
        self.names[request.endpoint or ""].add(key)
        return super().getlist(key, *args, **kwargs)

    def __contains__(self, key: object) -> bool:
        self.names[request.endpoint or ""].add(str(key))
        return super().__contains__(key)


class Listening(Request):
    parameter_storage_class = Heard


def test_no_address_however_strange_breaks_a_page(office: Office, staff: Phone) -> None:
    office.app.request_class = Listening
    report(office.town.person("สมใจ ตัวอย่าง", "officer", "4207"))
    desk, reader = office.signed_in(staff), program(office, staff)
    own: dict[str, object] = {**own_addresses(office, "มาลี ตัวอย่าง"), **API, "ending": "pdf", "key": "0" * 32}
    broken = [
        (address, status)
        for rule in office.app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and isinstance(door_of(office.app, rule.endpoint), DeskDoor | TokenDoor)
        for address in addresses(office, rule, own)
        if (status := asked(desk, reader, address)) >= 500 and not (status == NOT_DONE and "/odata/" in address)
    ]
    assert broken == []


def addresses(office: Office, rule: Rule, own: dict[str, object]) -> Iterator[str]:
    """The rule's address, then with nonsense in each of the fields that its view was seen to ask for, and in itself."""
    plain = str(rule).replace(_KINDS, "")
    good = filled(plain, **own)
    given = "form=followup&" if isinstance(door_of(office.app, rule.endpoint), TokenDoor) else ""
    yield f"{good}?{given}"
    names = sorted(Heard.names[rule.endpoint])
    for nonsense in NONSENSE if names else ():
        fields = [f"{quote(name)}={quote(nonsense)}" for name in names]
        # a program is told of the first field that cannot be read, a page reads nonsense as nothing
        yield from (f"{good}?{given}{query}" for query in (fields if given else ["&".join(fields)]))
    for part in sorted(rule.arguments):
        for nonsense in ("9" * 18, "9" * 20) if f"int:{part}" in plain else ("\0", "๑", "x" * 3000):
            yield filled(plain, **{**own, part: quote(nonsense, safe="")})


def asked(desk: Desk, reader: Program, address: str) -> int:
    return (desk.get(address) if address.startswith("/desk") else reader.get(address)).status_code
