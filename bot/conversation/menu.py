"""The menu: what this person can do, as buttons that type the command, and as numbers while it is open."""

from __future__ import annotations

from bot.conversation.facts import Facts
from bot.conversation.say import command, sentence
from bot.conversation.state import State
from bot.conversation.turn import Turn
from bot.messages.bubbles import Bubble, Text, text

REPORTER = ("menu.button.report", "menu.button.owe", "menu.button.review", "menu.button.fill_in")
LEADER = ("menu.button.photos", "menu.button.remaining", "menu.button.close", "menu.button.certificates")
STAFF = (
    "menu.button.who_owes",
    "menu.button.remind",
    "menu.button.announce",
    "menu.button.summary",
    "menu.button.dashboard",
    "menu.button.quota",
    "menu.button.province_values",
)
RECEIPTS = ("menu.button.receipt", "menu.button.summary")
HAND_OVER = ("menu.button.hand_over",)
CERTIFICATES = ("menu.button.certificates",)
DECIDER = ("menu.button.requests",)
DESK = ("menu.button.dashboard",)
AMENDER = ("menu.button.amend",)
ALWAYS = ("menu.button.help", "menu.button.language")
MOST_DIGITS = 4
GUEST = ("menu.button.join", *ALWAYS, "menu.button.privacy")


def entries(facts: Facts) -> tuple[str, ...]:
    """Catalogue keys of the entries; a person with several roles has them all."""
    person = facts.person
    if person is None:
        return GUEST
    found: list[str] = []
    if person.holds("officer", "deputy", "head"):
        found += [
            *REPORTER,
            *((*AMENDER, *RECEIPTS) if any(item.versions and not item.locked for item in facts.obligations) else ()),
        ]
        found += [*CERTIFICATES, *HAND_OVER, *DECIDER, *DESK]
    if person.holds("leader"):
        found += LEADER
    if person.holds("staff", "admin"):
        found += [*STAFF, *CERTIFICATES, *DECIDER]
    return (*dict.fromkeys(found), *ALWAYS)


def show(state: State, facts: Facts) -> Turn:
    """The menu; whatever was under way stays under it."""
    keys = entries(facts)
    lines = tuple(text("word.numbered", n=number, label=text(key)) for number, key in enumerate(keys, 1))
    under = state.data.get("under", state.to_json()) if state.flow == "menu" else state.to_json()
    card = Bubble(lines, tuple(command(key) for key in keys), title=text("menu.title"))
    return Turn(State("menu", {"under": under}), (card,))


def chosen(state: State, words: str, facts: Facts) -> str | None:
    """The entry that a bare number names while the menu is open, as the words it stands for."""
    keys = entries(facts)
    number = int(words) if len(words) <= MOST_DIGITS and words.strip().isdecimal() else 0
    return facts.catalogue.say(Text(keys[number - 1])) if state.flow == "menu" and 0 < number <= len(keys) else None


def under(state: State) -> State:
    """What was under way before the menu was opened."""
    return State.from_json(state.data["under"]) if state.flow == "menu" else state


def help_text(state: State, facts: Facts) -> Turn:
    person = facts.person
    kinds = {
        "officer": person is not None and person.holds("officer", "deputy", "head"),
        "leader": person is not None and person.holds("leader"),
        "staff": person is not None and person.holds("staff", "admin"),
        "office": person is not None and person.holds("staff", "admin"),
        "guest": person is None,
    }
    shown = [sentence(f"general.help.{kind}", example="4207-KX3M") for kind, holds in kinds.items() if holds]
    return Turn(state, tuple(shown))
