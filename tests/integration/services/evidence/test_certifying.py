"""Signatures of one village that come at the same moment: one number each, no gaps, on both databases."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

from sqlalchemy import select

from models.chat import Notice
from models.obligation import Obligation, ObligationChange
from models.signature import Signature
from models.work import Audit, OwedJob
from services.links import LinkError
from tests.integration.services.evidence.closing import OTHERS, VILLAGE, Village, village
from tests.integration.services.towns import one, rows
from tests.support.chat import Town


def at_once(*doings: Callable[[], None]) -> list[str]:
    """Do all of it in threads that start together; why each was refused, "" where it was not."""
    start = threading.Barrier(len(doings))
    refused = [""] * len(doings)

    def run(place: int, doing: Callable[[], None]) -> None:
        start.wait()
        try:
            doing()
        except LinkError as error:
            refused[place] = error.key

    threads = [threading.Thread(target=run, args=item) for item in enumerate(doings)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return refused


def numbers(place: Village) -> Sequence[int]:
    return sorted(row.number for row in place.rows() if row.number is not None)


def test_two_inspectors_at_once_give_one_number(either_town: Town) -> None:
    place = village(either_town)
    inspectors = [either_town.person(f"{name} ตัวอย่าง", "officer", "4207") for name in ("สมใจ", "วิชัย", "นุช")]
    for round_ in range(1, 5):
        place.photographed(str(100 + round_))
        place.sign(place.shown())
        tokens = [place.offered(phone) for phone in inspectors]
        refused = at_once(*(lambda token=token: place.sign(token) for token in tokens))
        assert sorted(refused) == ["", "certified", "certified"]
        assert numbers(place) == list(range(1, round_ + 1))
    drawings = {row.storage_key for row in rows(either_town, select(Signature))}
    assert {key for key in either_town.media.stored if key.startswith("signatures/")} == drawings


def test_the_same_page_sent_twice_at_once_is_one_signature(either_town: Town) -> None:
    place = village(either_town)
    officer = either_town.person("สมใจ ตัวอย่าง", "officer", "4207")
    place.photographed("12")
    token = place.shown()
    assert at_once(*[lambda: place.sign(token)] * 3) == ["", "", ""]
    offered = place.offered(officer)
    assert at_once(*[lambda: place.sign(offered)] * 3) == ["", "", ""]
    assert place.standing() == [("certified", 1)]
    assert len(rows(either_town, select(Signature))) == 2
    settled = rows(either_town, select(ObligationChange).join(Obligation).where(Obligation.area_code == VILLAGE))
    assert [change.to_state for change in settled] == ["submitted"]
    assert settled[0].detail == {"certificate": "42070605-1"}
    assert len(rows(either_town, select(Audit).where(Audit.action == "certified"))) == 1
    assert len(rows(either_town, select(OwedJob).where(OwedJob.job == "make_certificate"))) == 1
    told = rows(either_town, select(Notice).where(Notice.key == "certificate.certified_many"))
    assert len(told) == 2


def test_two_pages_of_one_leader_signed_at_once_leave_the_newer_one_or_refuse_the_older(either_town: Town) -> None:
    place = village(either_town)
    officer = either_town.person("สมใจ ตัวอย่าง", "officer", "4207")
    place.photographed("12")
    first, second = place.shown(), place.shown()
    refused = at_once(lambda: place.sign(first), lambda: place.sign(second, OTHERS))
    assert refused in (["", ""], ["newer", ""])
    assert place.standing()[1] == ("signed", None)
    assert place.standing()[0] in {("replaced", None), ("shown", None)}
    place.sign(place.offered(officer))
    assert place.standing()[1] == ("certified", 1)


def test_a_new_summary_while_one_waits_is_certified_after_it_or_in_its_place(either_town: Town) -> None:
    place = village(either_town)
    officer = either_town.person("สมใจ ตัวอย่าง", "officer", "4207")
    place.photographed("12")
    place.sign(place.shown())
    offered = place.offered(officer)
    place.photographed("14")
    newer = place.shown()
    refused = at_once(lambda: place.sign(offered), lambda: place.sign(newer))
    if refused == ["", ""]:
        assert place.standing() == [("certified", 1), ("signed", None)]
    else:
        assert refused == ["newer", ""]
        assert place.standing() == [("replaced", None), ("signed", None)]
    place.sign(place.offered(officer))
    assert place.standing()[-1][0] == "certified"
    assert numbers(place) in ([1], [1, 2])
    assert one(either_town, select(Obligation).where(Obligation.area_code == VILLAGE)).state == "submitted"
