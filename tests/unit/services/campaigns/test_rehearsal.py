from __future__ import annotations

import datetime as dt
from pathlib import Path

from bot.forms.load import compile_xlsform
from bot.messages.catalogue import Catalogue
from bot.reading.reader import Reader
from services.campaigns.rehearsal import Rehearsal, Said, packed, rehearse, said_in, unpacked

WELLS = Path(__file__).parents[4] / "campaigns" / "example" / "wells.xlsx"
NOW = dt.datetime(2021, 6, 7, 8, 30, tzinfo=dt.UTC)
WORDS = (Catalogue.load("th"), Reader.load())


def played(*said: Said) -> Rehearsal:
    return rehearse(compile_xlsform(WELLS.read_bytes(), WELLS.name), WORDS, NOW, said)


def test_what_travels_with_the_page_comes_back_and_anything_else_begins_anew() -> None:
    said = [Said("30 24"), Said(button=0, picked="2021-06-30"), Said(photo=True)]
    assert unpacked(packed(NOW, said)) == (NOW, said)
    begun = NOW.isoformat()
    endless = (f'["{begun}", [["", {number}, "", 0]]]' for number in ("Infinity", "-Infinity", "NaN", "1e999"))
    ends = ('["0001-01-01T00:00:00+14:00", []]', '["9999-12-31T23:59:59-12:00", []]', "[" * 100_000)
    for strange in (
        *endless,
        *ends,
        "",
        "[]",
        '["2021-06-07T08:30:00", []]',
        '["x", [[1, 2]]]',
        "{}",
        '[1, [["", "x", "", 0]]]',
    ):
        assert unpacked(strange) is None


def test_a_form_is_answered_to_its_end_with_words_and_buttons() -> None:
    said: list[Said] = []
    words = iter(["30", "24", "12", "1", "ไม่มี", "0"] * 6)
    now = played()
    while not now.finished:
        offered = [button for bubble in now.exchanges[-1].bubbles for button in bubble.buttons]
        sent = next((button for button in offered if button.label == WORDS[0].say("ยืนยันส่ง")), None)
        said.append(Said(button=(sent or offered[0]).place) if offered else Said(next(words)))
        now = played(*said)
    assert len(now.exchanges) == len(said) + 1
    assert now.exchanges[-1].mine


def test_a_photo_and_a_button_that_is_not_there_are_answered() -> None:
    now = played(Said(photo=True), Said(button=90))
    assert all(exchange.bubbles for exchange in now.exchanges)
    assert said_in({"photo": "1"}) == Said(photo=True)
    assert said_in({"tap": "2", "picked_2": "2021-06-30"}) == Said(button=2, picked="2021-06-30")
    assert said_in({"words": "  "}) is None
