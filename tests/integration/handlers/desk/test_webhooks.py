"""Every version and every step told to a receiver of its area: signed, tried again, dead at last, sent once more."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import hmac
import http.server
import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

import orjson
import pytest
from sqlalchemy import select

from adapters.webhooks import WebhookHttp
from models.webhook import WebhookDelivery, WebhookSubscription
from models.work import Audit, OwedJob
from services.webhooks.delivering import PAUSES
from services.webhooks.subscriptions import KEPT
from tests.integration.handlers.desk.conftest import Desk, Office
from tests.integration.services.towns import one, report, rows
from tests.support.chat import Phone

_SECRET = re.compile(r'<code class="token">(whsec_[^<]+)</code>')


@dataclass
class Receiver:
    """Somebody else's system."""

    url: str = ""
    status: int = 200
    heard: list[tuple[dict[str, str], bytes]] = field(default_factory=list)

    @property
    def bodies(self) -> list[dict[str, object]]:
        return [orjson.loads(body) for _headers, body in self.heard]


@pytest.fixture
def receiver(office: Office) -> Iterator[Receiver]:
    heard = Receiver()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            heard.heard.append(({name.lower(): value for name, value in self.headers.items()}, body))
            self.send_response(heard.status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *given: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    heard.url = f"http://127.0.0.1:{server.server_port}/hook"
    # only a demonstration may call its own machine
    office.town.runtime.__dict__["webhook_http"] = WebhookHttp(local=True)
    yield heard
    server.shutdown()
    thread.join()
    server.server_close()


def subscribed(desk: Desk, receiver: Receiver, area: str = "42") -> str:
    found = _SECRET.search(desk.post("/desk/settings/webhooks", url=receiver.url, area=area).text)
    assert found is not None
    assert found[1] not in desk.get("/desk/settings/webhooks").text
    return found[1].replace("&#43;", "+")


def swept(office: Office) -> None:
    """What the clock finds due is done."""
    for job, subject in office.town.runtime.sweep.find():
        if job == "deliver_webhook":
            office.town.runtime.sweep._do_it_here(job, subject)


def test_versions_and_steps_are_told_signed_with_codes_alone(
    office: Office, staff: Phone, officer: Phone, receiver: Receiver
) -> None:
    secret = subscribed(office.signed_in(staff), receiver)
    report(officer)
    swept(office)
    kinds = [str(body["type"]) for body in receiver.bodies]
    assert kinds[0] == "test"
    assert sorted(set(kinds[1:])) == ["obligation.changed", "report.version"]
    for headers, body in receiver.heard:
        signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
        key = base64.b64decode(secret.removeprefix("whsec_"))
        wanted = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
        assert headers["webhook-signature"] == f"v1,{wanted}"
        assert abs(int(headers["webhook-timestamp"]) - office.town.clock.real().timestamp()) < 1
    told = next(body["data"] for body in receiver.bodies if body["type"] == "report.version")
    assert isinstance(told, dict)
    assert (told["area_code"], told["form"], told["round"], told["version"]) == ("4207", "followup", 1, 1)
    assert str(told["url"]).endswith(f"/api/v1/reports/{told['report_id']}")
    assert "สมใจ".encode() not in b"".join(body for _headers, body in receiver.heard)
    last = receiver.bodies[-1]["data"] if kinds[-1] == "obligation.changed" else receiver.bodies[-2]["data"]
    assert isinstance(last, dict)
    assert last["to_state"] in {"partly", "submitted"}


def test_only_what_happens_in_the_area_is_told_and_nothing_once_it_is_ended(
    office: Office, staff: Phone, officer: Phone, receiver: Receiver
) -> None:
    desk = office.signed_in(staff)
    subscribed(desk, receiver, "4206")
    report(officer)
    swept(office)
    assert [body["type"] for body in receiver.bodies] == ["test"]
    report(office.town.person("สมหมาย", "officer", "4206"))
    assert desk.post("/desk/settings/webhooks/1/end").status_code == 303
    swept(office)
    assert [body["type"] for body in receiver.bodies] == ["test"]


def test_what_is_not_taken_is_tried_again_then_dead_then_sent_by_hand_under_the_same_id(
    office: Office, staff: Phone, receiver: Receiver
) -> None:
    town, desk = office.town, office.signed_in(staff)
    receiver.status = 500
    subscribed(desk, receiver)
    for pause in (dt.timedelta(), *PAUSES):
        assert one(town, select(WebhookDelivery.state)) == "waiting"
        town.clock.pass_seconds(pause.total_seconds() - 1)
        heard = len(receiver.heard)
        if pause:
            swept(office)
            assert len(receiver.heard) == heard, "not before its pause is over"
        town.clock.pass_seconds(2)
        swept(office)
    assert (len(receiver.heard), one(town, select(WebhookDelivery.state))) == (len(PAUSES) + 1, "dead")
    assert "ส่งไม่สำเร็จ 1 รายการ" in desk.get("/desk/settings/webhooks").text
    receiver.status = 204
    for fields in ({"only": "1"}, {"after": "0"}):
        assert desk.post("/desk/settings/webhooks/1/again", **fields).status_code == 303
        swept(office)
        assert one(town, select(WebhookDelivery.state)) == "taken"
        assert "รับแล้วเมื่อ 7 มิ.ย. 64" in desk.get("/desk/settings/webhooks").text
    assert len({headers["webhook-id"] for headers, _body in receiver.heard}) == 1
    assert len(receiver.heard) == len(PAUSES) + 3
    assert desk.post("/desk/settings/webhooks/1/again", only="99").status_code == 404
    town.clock.civil += KEPT + dt.timedelta(days=1)
    town.runtime.purge.run()
    assert rows(town, select(WebhookDelivery.id)) == []


def test_a_receiver_that_is_gone_is_told_no_more(office: Office, staff: Phone, receiver: Receiver) -> None:
    receiver.status = 410
    desk = office.signed_in(staff)
    subscribed(desk, receiver)
    swept(office)
    assert one(office.town, select(WebhookSubscription.ended_at)) is not None
    assert one(office.town, select(WebhookDelivery.state)) == "dead"
    noted = one(office.town, select(Audit).where(Audit.action == "webhook_gone"))
    assert (noted.person_id, noted.subject, noted.area_code) == (None, "webhook 1", "42")
    assert "ปลายทางแจ้งว่าเลิกรับแล้ว" in desk.get("/desk/settings/audit").text


def test_a_subscription_is_for_areas_of_ones_own_and_never_for_our_own_machines(office: Office, staff: Phone) -> None:
    desk = office.signed_in(staff)
    for url in ("https://127.0.0.1/x", "http://93.184.216.34/", "https://10.0.0.1/"):
        assert desk.post("/desk/settings/webhooks", url=url, area="42").status_code == 303
        assert "ยังไม่ได้เริ่มแจ้ง" in desk.get("/desk/settings/webhooks").text
    for url in ("https://93.184.216.34/", "https://127.0.0.1/x"):  # nothing is resolved for an area of others
        assert desk.post("/desk/settings/webhooks", url=url, area="41").status_code == 404
    assert rows(office.town, select(WebhookSubscription.id)) == []
    assert rows(office.town, select(OwedJob.id).where(OwedJob.job == "deliver_webhook")) == []
