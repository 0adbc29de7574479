from __future__ import annotations

import datetime as dt
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import delete, select

from bot.conversation.effects import SaveDraft
from bot.forms.values import answer, from_json
from models.chat import Notice
from models.obligation import Answer, Draft, Obligation, Report
from models.people import Person
from models.work import OwedJob
from services.calendar import BANGKOK
from services.chat.turns import Turns
from services.reports import reports
from services.reports.reports import ReportChangedError
from tests.integration.services.towns import answer_all, one, report, rows, summed
from tests.support.chat import Phone, Town

PHU_RUEA = "4207"


@pytest.fixture
def one_officer(town: Town) -> Phone:
    """For what happens one after the other: on SQLite alone."""
    return town.person("สมศรี ใจดี", "officer", PHU_RUEA)


@pytest.fixture
def one_deputy(town: Town) -> Phone:
    return town.person("สมชาย ใจงาม", "deputy", PHU_RUEA)


@pytest.fixture
def officer(either_town: Town) -> Phone:
    return either_town.person("สมศรี ใจดี", "officer", PHU_RUEA)


@pytest.fixture
def deputy(either_town: Town) -> Phone:
    return either_town.person("สมชาย ใจงาม", "deputy", PHU_RUEA)


def obligation(town: Town) -> Obligation:
    """Round 1 of อำเภอภูเรือ."""
    (found, *_later) = rows(town, select(Obligation).where(Obligation.area_code == PHU_RUEA).order_by(Obligation.id))
    return found


def draft(town: Town) -> Draft:
    return one(town, select(Draft))


def changed(town: Town, stored: Draft, **answers: str) -> SaveDraft:
    with town.runtime.sessions() as session:
        form = town.runtime.forms.get(session, stored.form_version_id)
    values = answer(from_json(form, stored.answers), answers)
    version = stored.row_version
    return SaveDraft(stored.obligation_id, stored.form_version_id, version, values.to_json(), (), None)


def at_once(*work: Any) -> list[BaseException | None]:
    """Run each in a thread of its own, all started together; returns what each raised."""
    barrier = threading.Barrier(len(work))

    def run(each: Any) -> None:
        barrier.wait(timeout=60)
        each()

    with ThreadPoolExecutor(len(work)) as pool:
        return [done.exception(timeout=60) for done in [pool.submit(run, each) for each in work]]


def test_confirming_writes_a_version_and_settles_the_obligation_in_one_transaction(
    either_town: Town, officer: Phone
) -> None:
    receipt = report(officer)
    assert "4207-1-01" in receipt
    stored = one(either_town, select(Report))
    assert (stored.number, stored.reference, stored.late) == (1, "4207-1-01", False)
    assert stored.xml.startswith("<?xml") or stored.xml.startswith("<")
    assert "3150" in stored.xml
    assert obligation(either_town).state == "submitted"
    assert rows(either_town, select(Draft)) == []
    assert one(either_town, select(OwedJob)).job == "finish_report"


def test_a_report_in_the_last_second_of_its_day_is_in_time(town: Town, one_officer: Phone) -> None:
    answer_all(one_officer)
    town.clock.civil = dt.datetime(2021, 6, 11, 23, 59, 59, 500_000, tzinfo=BANGKOK)
    one_officer.tap("ยืนยันส่ง")
    assert not one(town, select(Report)).late


def test_a_report_after_midnight_is_taken_and_marked(town: Town, one_officer: Phone) -> None:
    answer_all(one_officer)
    town.clock.civil = dt.datetime(2021, 6, 12, 0, 0, 0, tzinfo=BANGKOK)
    one_officer.tap("ยืนยันส่ง")
    assert one(town, select(Report)).late
    assert obligation(town).state == "late"


def test_a_change_of_a_sent_report_is_a_new_version_and_leaves_the_first(town: Town, one_officer: Phone) -> None:
    report(one_officer)
    one_officer.say("แก้ 8=3200")
    one_officer.tap("ยืนยัน")
    first, second = rows(town, select(Report).order_by(Report.number))
    assert (first.answers["answers"]["t3_hh_checked"][0], second.answers["answers"]["t3_hh_checked"][0]) == (
        "3150",
        "3200",
    )
    assert (second.number, second.reference) == (2, "4207-1-02")
    assert obligation(town).state == "submitted"


def test_the_second_of_two_savers_is_told_to_look_again(either_town: Town, officer: Phone) -> None:
    officer.say("รายงาน")
    stored = draft(either_town)
    results = at_once(
        *[
            lambda number=number: save(either_town, changed(either_town, stored, t3_villages_checked=number))
            for number in ("21", "22")
        ]
    )
    assert sorted(type(result).__name__ for result in results) == ["NoneType", "ReportChangedError"]
    assert draft(either_town).row_version == stored.row_version + 1


def save(town: Town, effect: SaveDraft) -> None:
    with town.runtime.sessions() as session, session.begin():
        person = session.scalars(select(Person.id).order_by(Person.id)).first()
        reports.save_draft(session, effect, person or 0, town.clock.now())


def test_of_two_first_drafts_at_once_one_stands(either_town: Town, officer: Phone, deputy: Phone) -> None:
    results = at_once(lambda: officer.say("รายงาน"), lambda: deputy.say("รายงาน"))
    assert results == [None, None]
    assert len(rows(either_town, select(Draft))) == 1
    assert len(either_town.line.replies) == 2


def test_two_officers_of_one_district_cannot_overwrite_each_other(
    either_town: Town, officer: Phone, deputy: Phone
) -> None:
    """Both stand at the same question and answer in the same moment, several times."""
    officer.say("รายงาน")
    deputy.say("รายงาน")
    deputy.tap("ทำต่อ")
    for _ in range(4):
        results = at_once(lambda: officer.say("ใช่"), lambda: deputy.say("2"), officer.town.work)
        assert results == [None, None, None]
    before = draft(either_town)
    officer.say("เมนู")
    stale = before.row_version - 1
    with pytest.raises(ReportChangedError):
        save(either_town, SaveDraft(before.obligation_id, before.form_version_id, stale, {}, (), None))
    assert draft(either_town).answers == before.answers


def test_what_a_colleague_stored_meanwhile_is_shown_before_it_is_replaced(
    town: Town, one_officer: Phone, one_deputy: Phone
) -> None:
    for phone in (one_officer, one_deputy):
        phone.say("รายงาน")
    one_deputy.tap("ทำต่อ")
    one_officer.tap("อยู่ระหว่างการจัดทำรายงาน")
    shown = one_deputy.tap("แล้วเสร็จ")
    assert "อยู่ระหว่างการจัดทำรายงาน" in shown
    assert draft(town).answers["answers"]["t3_status"][0] == "reporting"


def test_two_confirmations_at_once_make_one_report_and_both_hear_the_truth(
    either_town: Town, officer: Phone, deputy: Phone
) -> None:
    answer_all(officer)
    deputy.say("รายงาน")
    deputy.tap("ทำต่อ")
    results = at_once(lambda: officer.tap("ยืนยันส่ง"), lambda: deputy.tap("ยืนยันส่ง"))
    assert results == [None, None]
    assert len(rows(either_town, select(Report))) == 1
    assert len(rows(either_town, select(OwedJob).where(OwedJob.job == "finish_report"))) == 1


def test_the_same_confirmation_tapped_twice_makes_one_report(town: Town, one_officer: Phone) -> None:
    answer_all(one_officer)
    data = next(item["data"] for item in one_officer.buttons() if "ยืนยันส่ง" in item["label"])
    one_officer.postback(data)
    again = one_officer.postback(data)
    assert len(rows(town, select(Report))) == 1
    assert "ส่งรายงานครั้งที่ 1 แล้ว" in again


def test_a_draft_begun_before_a_colleague_sent_the_report_is_refused(either_town: Town, officer: Phone) -> None:
    """Between this turn's look and its writing a colleague began and sent the whole report."""
    report(officer)
    sent = one(either_town, select(Report))
    effect = SaveDraft(sent.obligation_id, sent.form_version_id, None, sent.answers, (), None)
    with pytest.raises(ReportChangedError):
        save(either_town, effect)
    assert rows(either_town, select(Draft)) == []


def test_a_draft_that_is_gone_cannot_be_confirmed_or_dropped(town: Town, one_officer: Phone) -> None:
    one_officer.say("รายงาน")
    stored = draft(town)
    runtime = town.runtime
    with runtime.sessions() as session, session.begin():
        reports.drop_draft(session, stored.obligation_id, stored.row_version + 1, 1, town.clock.now())
    assert draft(town).id == stored.id
    with pytest.raises(ReportChangedError), runtime.sessions() as session, session.begin():
        reports.submit(session, runtime.forms, stored.obligation_id, stored.row_version + 1, 1, runtime.clock)
    assert obligation(town).state == "partly"


def test_giving_a_change_up_leaves_the_report(town: Town, one_officer: Phone) -> None:
    report(one_officer)
    one_officer.say("แก้ 8=3200")
    one_officer.say("ยกเลิก")
    assert rows(town, select(Draft)) == []
    assert len(rows(town, select(Report))) == 1


def test_a_turn_that_loses_the_race_is_decided_anew_on_what_stands(
    town: Town, one_officer: Phone, one_deputy: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer_all(one_officer)
    one_deputy.say("รายงาน")
    one_deputy.tap("ทำต่อ")
    real = Turns._step
    raced: list[bool] = []

    def step(self: Turns, session: Any, account: Any, state: Any, said: Any) -> Any:
        if not raced and said.tap.get("do") == "send":
            raced.append(True)
            raise ReportChangedError
        return real(self, session, account, state, said)

    monkeypatch.setattr(Turns, "_step", step)
    assert "4207-1-01" in one_officer.tap("ยืนยันส่ง")
    assert raced


def test_with_the_queue_down_a_report_is_confirmed_derived_and_never_reminded_of(
    either_town: Town, officer: Phone, deputy: Phone
) -> None:
    """Valkey is away all the time: the clock process does the work, and no reminder goes out for the report."""
    town = either_town
    town.queue.down = True
    other = town.person("เมือง", "officer", "4201")
    assert "4207-1-01" in report(officer)
    assert obligation(town).state == "submitted"
    town.clock.pass_seconds(3)
    town.runtime.sweep.run()
    assert one(town, select(OwedJob)).done_at is not None
    town.clock.civil = dt.datetime(2021, 6, 11, 13, 31, tzinfo=BANGKOK)
    town.runtime.reminders.plan()
    town.runtime.sweep.run()
    assert [body["to"] for body, _key in town.line.pushes] == [other.user_id]


class TestFinishing:
    def test_answers_are_derived_and_a_repeat_changes_nothing(self, either_town: Town, officer: Phone) -> None:
        report(officer)
        either_town.work()
        before = self.answers(either_town)
        assert before["t3_hh_checked"] == ("3150", 3150, "typed")
        either_town.runtime.finishing.finish(one(either_town, select(Report)).id)
        assert self.answers(either_town) == before
        assert summed(either_town, "t3_hh_checked") == (3150, 1)

    def answers(self, town: Town) -> dict[str, tuple[str, float | None, str]]:
        return {row.name: (row.value, row.number, row.origin) for row in rows(town, select(Answer))}

    def test_sums_are_of_the_latest_version_of_each_district(self, either_town: Town, officer: Phone) -> None:
        other = either_town.person("เมือง", "officer", "4201")
        report(officer)
        self.write(either_town, "4201", t3_hh_checked="100")
        officer.say("แก้ 8=3200")
        officer.tap("ยืนยัน")
        either_town.work()
        self.finish_all(either_town)
        assert summed(either_town, "t3_hh_checked") == (3300, 2)
        assert other.user_id

    def write(self, town: Town, area: str, number: int = 1, **answers: str) -> int:
        """A report version as the confirmation writes it, its job not yet done."""
        with town.runtime.sessions() as session, session.begin():
            model = session.scalars(select(Report).order_by(Report.id)).first()
            assert model is not None
            owed = session.scalars(
                select(Obligation).where(Obligation.area_code == area).order_by(Obligation.id)
            ).first()
            assert owed is not None
            form = town.runtime.forms.get(session, model.form_version_id)
            values = answer(from_json(form, model.answers), answers)
            row = Report(
                obligation_id=owed.id,
                number=number,
                reference=f"{area}-1-{number:02d}",
                form_version_id=model.form_version_id,
                answers=values.to_json(),
                xml="",
                submitted_by=model.submitted_by,
                submitted_at=town.clock.now(),
                late=False,
            )
            session.add(row)
            session.flush()
            return row.id

    def finish_all(self, town: Town) -> None:
        for row in rows(town, select(Report.id).order_by(Report.id)):
            town.runtime.finishing.finish(row)

    def test_reports_finished_at_once_and_twice_are_all_in_the_sum(self, either_town: Town, officer: Phone) -> None:
        report(officer)
        ids = [self.write(either_town, area, t3_hh_checked="100") for area in ("4201", "4202", "4203", "4204")]
        either_town.work()
        finish = either_town.runtime.finishing.finish
        assert at_once(*[lambda row=row: finish(row) for row in (*ids, *ids)]) == [None] * 8
        assert summed(either_town, "t3_hh_checked") == (3150 + 400, 5)

    def test_a_box_emptied_by_a_change_leaves_the_sum(self, town: Town, one_officer: Phone) -> None:
        report(one_officer)
        town.work()
        town.runtime.finishing.finish(self.write(town, PHU_RUEA, 2, t3_hh_checked=""))
        assert summed(town, "t3_hh_checked") == (0, 0)

    @pytest.mark.parametrize("words", ["--5", "12345678901234567890123", "๓๕", "²", "-"])
    def test_free_words_that_look_like_numbers_are_only_words(
        self, either_town: Town, officer: Phone, words: str
    ) -> None:
        report(officer)
        either_town.work()
        row = self.write(either_town, "4201", remarks=words)
        either_town.runtime.finishing.finish(row)
        kept = one(either_town, select(Answer).where(Answer.report_id == row, Answer.name == "remarks"))
        assert (kept.value, kept.number) == (words, None)

    def test_colleagues_hear_once_that_the_report_is_in(
        self, town: Town, one_officer: Phone, one_deputy: Phone
    ) -> None:
        report(one_officer)
        town.work()
        town.runtime.finishing.finish(one(town, select(Report)).id)
        assert len(rows(town, select(Notice))) == 1
        assert "4207-1-01" in one_deputy.say("เมนู")
        assert "4207-1-01" not in one_deputy.say("เมนู")

    def test_lost_answer_rows_come_back(self, town: Town, one_officer: Phone) -> None:
        report(one_officer)
        town.work()
        before = self.answers(town)
        with town.runtime.sessions() as session, session.begin():
            session.execute(delete(Answer))
        self.finish_all(town)
        assert self.answers(town) == before
