from __future__ import annotations

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.base import make_engine, make_sessions
from models.people import Membership, Person
from models.work import Audit
from tests.integration.commands.conftest import Tidtam

NOW = dt.datetime(2021, 6, 7, tzinfo=dt.UTC)


def somebody(url: str) -> int:
    engine = make_engine(url)
    with make_sessions(engine)() as session, session.begin():
        person = Person(name="แดง ตัวอย่าง", created_at=NOW)
        session.add(person)
        session.flush()
        session.add(Membership(person_id=person.id, role="leader", area_code="42070605", since=NOW))
        number = person.id
    engine.dispose()
    return number


def test_a_trial_names_dates_and_counts_in_both_languages(loaded: Tidtam) -> None:
    result = loaded("purge", "--dry-run")
    assert result.exit_code == 0, result.output
    assert "รูปบ้านของ loei_2564: ลบได้ตั้งแต่ พุธที่ 29 ก.ย. 64\n" in result.output
    assert "Photos of houses of loei_2564: may go from Wed 29 Sep 2021\n" in result.output
    assert "รูปบ้าน: จะลบ 0 รายการ 0 กิโลไบต์\n" in result.output
    assert result.output.endswith("Only tried, nothing has been removed\n")


def test_a_run_says_that_there_is_nothing_and_leaves_a_line_in_the_audit_trail(
    loaded: Tidtam, session: Session
) -> None:
    result = loaded("purge")
    assert result.output == "ไม่มีรายการที่ถึงกำหนดลบ\nNothing to remove\n"
    (row,) = session.scalars(select(Audit).where(Audit.action == "purged"))
    assert set(row.detail.values()) == {0}


def test_somebody_is_found_and_erased(loaded: Tidtam, loaded_url: str, session: Session) -> None:
    number = somebody(loaded_url)
    assert loaded("person", "find", "แดง").output == f"{number} · แดง ตัวอย่าง · ผู้นำชุมชน 42070605 · ไม่มีบัญชี LINE\n"
    assert "จะลบ" in loaded("person", "erase", number, "--dry-run").output
    done = loaded("person", "erase", number).output
    assert f"ลบข้อมูลของบุคคลหมายเลข {number} แล้ว\n  สิ้นสุดหน้าที่: 1\n  ชื่อและตำแหน่ง: 1\n" in done
    assert session.get_one(Person, number).name == "ผู้ถูกลบ"
    assert "ไม่มีข้อมูลของบุคคลหมายเลข" in loaded("person", "erase", number).output
    assert loaded("person", "find", "แดง").output == "ไม่พบบุคคล\n"


def test_nobody_of_that_number(loaded: Tidtam) -> None:
    result = loaded("person", "erase", 999)
    assert result.exit_code == 1
    assert "ไม่พบบุคคลหมายเลข 999" in result.output
    assert "tidtam person find" in result.output
