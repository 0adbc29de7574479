"""Every label that types itself must be understood, in both languages."""

from __future__ import annotations

import pytest

from bot.conversation import menu
from bot.conversation.commands import COMMANDS
from bot.conversation.consent import FIRST_STEPS
from bot.conversation.report.orders import NAVIGATION, ORDERS
from bot.messages.bubbles import Text
from bot.messages.catalogue import LOCALES, Catalogues
from bot.reading.reader import Reader

CATALOGUES = Catalogues.load()
READER = Reader.load()
MEANT = {
    "menu.button.report": "report",
    "menu.button.owe": "what_do_i_owe",
    "menu.button.review": "review",
    "menu.button.fill_in": "fill_text",
    "menu.button.amend": "edit",
    "menu.button.requests": "requests",
    "menu.button.photos": "photo",
    "menu.button.remaining": "houses_left",
    "menu.button.close": "close_village",
    "menu.button.certificates": "certificates",
    "certificate.button.lacking": "houses_lacking",
    "menu.button.who_owes": "who_missing",
    "menu.button.remind": "remind",
    "menu.button.announce": "announce",
    "menu.button.summary": "summary",
    "menu.button.dashboard": "dashboard",
    "menu.button.quota": "quota",
    "menu.button.receipt": "receipt",
    "menu.button.province_values": "province_values",
    "broadcast.button.confirm_send": "submit",
    "broadcast.button.see_words": "see_words",
    "broadcast.button.schedule": "schedule",
    "broadcast.button.edit_words": "edit_words",
    "broadcast.button.delivery": "delivery",
    "broadcast.button.scheduled": "scheduled",
    "broadcast.button.cancel_announcement": "cancel_announcement",
    "broadcast.button.group_text": "group_text",
    "menu.button.help": "help",
    "menu.button.join": "join",
    "menu.button.privacy": "privacy",
    "button.menu": "menu",
    "button.ask_province": "contact",
    "report.button.start": "report",
    "report.button.fill_in": "fill_text",
    "report.button.resume": "resume",
    "report.button.look": "review",
    "report.button.skip": "skip",
    "report.button.back": "back",
    "report.button.pause": "pause",
    "report.button.enough": "enough",
    "report.button.edit": "edit",
    "report.button.confirm_send": "submit",
    "report.button.confirm_amend": "submit",
    "report.button.cancel_amend": "cancel",
    "report.button.full_text": "full_text",
    "report.button.remarks": "remarks",
    "report.button.explain": "explain",
    "join.button.request": "join",
    "join.button.request_no_code": "join",
    "join.button.confirm": "yes",
    "join.button.confirm_request": "yes",
    "join.button.not_me": "no",
    "join.button.read_privacy": "full_text",
    "staff.button.approve": "approve",
    "staff.button.decline": "decline",
}


def said(locale: str, key: str) -> str | None:
    return READER.control(CATALOGUES.by_locale[locale].say(Text(key))).value


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("key", MEANT)
def test_a_label_typed_means_what_its_button_does(locale: str, key: str) -> None:
    assert said(locale, key) == MEANT[key]


def test_each_language_is_named_in_itself() -> None:
    assert (said("th", "menu.button.language"), said("en", "menu.button.language")) == ("english", "thai")


def test_every_entry_of_every_menu_is_among_them() -> None:
    entries = (*menu.REPORTER, *menu.AMENDER, *menu.RECEIPTS, *menu.LEADER, *menu.STAFF, *menu.DECIDER, *menu.GUEST)
    first = (key for keys in FIRST_STEPS.values() for key in keys)
    assert {*entries, *first} - {"menu.button.language"} <= MEANT.keys()


def test_every_meaning_is_obeyed_somewhere() -> None:
    """yes, no and their like are answers of flows; the others must be commands or orders."""
    answers = {"yes", "no", "skip", "back", "enough", "submit", "cancel", "full_text"}
    answers |= {"see_words", "schedule", "edit_words"}
    assert {*MEANT.values()} - answers <= {*COMMANDS, *ORDERS}
    assert {*COMMANDS, *ORDERS} >= NAVIGATION
