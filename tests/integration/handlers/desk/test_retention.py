"""ตั้งค่า, retention: days and dates as the campaign sets them, counted when asked, and what the last purge removed."""

from __future__ import annotations

import datetime as dt

from tests.integration.handlers.desk.conftest import VILLAGE, Office, photo_of
from tests.integration.handlers.desk.test_households import line_of
from tests.support.chat import Phone

RETENTION = "/desk/settings/retention"


def test_what_is_kept_is_told_and_counted_and_what_went_last(office: Office, staff: Phone, officer: Phone) -> None:
    town, desk = office.town, office.signed_in(staff)
    page = desk.get(RETENTION).text
    days, goes_from = line_of(page, "รูปบ้าน")[1:]
    assert (days.endswith("วัน"), "64" in goes_from, "ยังไม่เคยลบ" in page) == (True, True, True)
    photo_of(town, VILLAGE, "12")
    assert "รูปบ้าน <b>0</b>" in desk.get(f"{RETENTION}?count=yes").text
    town.clock.civil += dt.timedelta(days=1000)
    later = office.signed_in(staff)
    assert "รูปบ้าน <b>1</b>" in later.get(f"{RETENTION}?count=yes").text
    town.runtime.purge.run()
    page = later.get(f"{RETENTION}?count=yes").text
    assert page.count("รูปบ้าน <b>1</b>") == page.count("รูปบ้าน <b>0</b>") == 1
    assert office.signed_in(officer).get(RETENTION).status_code == 403
