"""What a leader is asked and told about an exceptional case: text and buttons, each with its typed twin."""

from __future__ import annotations

from collections.abc import Iterable

from bot.conversation.facts import Facts
from bot.conversation.household.case_talk import Talk
from bot.conversation.household.checks import PHOTO, Case
from bot.conversation.household.facts import ChecksOf, VillageChecks
from bot.conversation.household.house_facts import HousesOf
from bot.conversation.household.meant import choices
from bot.conversation.household.names import called, written
from bot.conversation.inputs import tap_data
from bot.conversation.say import EXAMPLE_HOUSE, sentence, tap
from bot.messages.bubbles import Bubble, Button, Text, text
from bot.messages.limits import POSTBACK_DATA_CHARS

CONFIRMED_BY = ("household.case.who.head", "household.case.who.spouse", "household.case.who.child")
"""Who of a household may confirm a correction: ready answers, so that no name has to be given."""


def way(label: Text | str, do: str, talk: Talk, /, **values: str) -> Button:
    """A button about a house's case, its label by its key or as it is. It says of itself which house and cases it is
    for: it may be a week old."""
    about = {"v": talk.village, "no": talk.house, **values}
    if len(tap_data("case", a=do, **about)) > POSTBACK_DATA_CHARS:
        del about["no"]  # a landmark's name may be long: the open question says which house it is
    return tap(label, "case", a=do, **about)


def named(case: Case) -> Text:
    """กรณี ๓.๒ ** ไม่ให้ถ่ายรูป."""
    key = "household.case.named" if case.symbol else "household.case.named_plain"
    return text(key, number=case.number, symbol=case.symbol, title=case.title)


def label(*cases: Case) -> Text:
    """As on a button: ๓.๒ ** ไม่ให้ถ่ายรูป."""
    each = (" ".join(part for part in (case.number, case.symbol, case.title) if part) for case in cases)
    return of_words(" + ".join(each))


def of_words(words: str) -> Text:
    """A label that comes from data."""
    return text("household.case.button.words", words=words)


def cases_by(keys: Iterable[str], known: VillageChecks) -> tuple[Case, ...]:
    """The campaign's cases of some keys, in the order of the keys."""
    found = {case.key: case for case in known.cases}
    return tuple(found[key] for key in keys if key in found)


def sure(talk: Talk, facts: Facts) -> Bubble:
    """L-05."""
    known, houses = facts.ask(ChecksOf(talk.village)), facts.ask(HousesOf(talk.village))
    cases = cases_by(talk.cases, known)
    lines: list[Text] = []
    if len(cases) > 1:
        lines += [text("household.case.several", house=called(talk.house), n=len(cases)), *map(named, cases)]
    if talk.note:
        lines.append(text("household.case.note", words=talk.note))
    if talk.instead:
        replaced = tuple(named(case) for case in cases_by(talk.instead, known))
        lines.append(text("household.case.instead", house=called(talk.instead_of), cases=replaced))
    if houses.registered and talk.house not in houses.known_numbers:
        lines.append(text("household.case.will_add"))
    if known.of(talk.house).photo and any(case.excuses == {PHOTO} for case in cases):
        lines.append(text("household.case.has_photo"))
    if len(cases) == 1:
        key = "household.case.of" if lines else "household.case.sure"
        lines.insert(0, text(key, house=called(talk.house), case=named(cases[0])))
    if len(lines) > 1:
        lines.append(text("household.case.right"))
    keys = ",".join(talk.cases)
    buttons = (
        way("household.case.button.yes", "yes", talk, c=keys),
        way("household.case.button.change", "change", talk),
        way("household.case.button.more", "more", talk, c=keys),
    )
    return Bubble(tuple(lines), buttons)


def which(talk: Talk, facts: Facts) -> Bubble:
    """Marks with a space between: one case, or several."""
    known = facts.ask(ChecksOf(talk.village))
    readings = (talk.cases, talk.other)
    ways = [way(label(*cases_by(keys, known)), "yes", talk, c=",".join(keys)) for keys in readings]
    change = way("household.case.button.change", "change", talk)
    return sentence("household.case.which", *ways, change, house=called(talk.house))


def choose(talk: Talk, facts: Facts) -> Bubble:
    """All cases as buttons; `talk.cases` are those that are added to."""
    known = facts.ask(ChecksOf(talk.village))
    kept = ",".join(talk.cases)
    left = tuple(case for case in known.cases if case.key not in talk.cases)
    ways = tuple(way(label(case), "pick", talk, c=case.key, k=kept) for case in left)
    lines = [text("household.case.choose_more" if kept else "household.case.choose", house=called(talk.house))]
    if talk.note:
        lines.append(text("household.case.note", words=talk.note))
    return Bubble((*lines, text("household.case.choose_how")), ways)


def ask_house(talk: Talk, facts: Facts) -> Bubble:
    """Which house: the next outstanding ones, or the households that a name may mean."""
    houses = facts.ask(HousesOf(talk.village))
    keys = ",".join(talk.cases)
    found = choices(talk.house, houses) if talk.house else houses.next_houses
    places = (Talk(talk.village, house) for house in found[:10])
    ways = tuple(way(text("household.button.house", house=written(each.house)), "of", each, c=keys) for each in places)
    if talk.house:
        return sentence("household.which_of_house", *ways, house=called(talk.house), n=len(found))
    return sentence("household.case.ask_house", *ways, example=EXAMPLE_HOUSE)


def ask_note(talk: Talk, case: Case) -> Bubble:
    """What the case asks for, in the campaign's ready answers or own words."""
    ready = tuple(
        way(of_words(words), "reason", talk, c=case.key, r=str(place)) for place, words in enumerate(case.reasons)
    )
    key = f"household.case.ask.{case.asks}"
    line = text(key, case=named(case), house=called(talk.house))
    return Bubble((line,), (*ready, way("household.case.button.skip", "skip", talk, c=case.key)))


def ask_who(talk: Talk) -> Bubble:
    """Who of the household confirmed a correction."""
    ready = tuple(way(key, "who", talk, c=talk.asking, r=str(place)) for place, key in enumerate(CONFIRMED_BY))
    shown = text("household.case.ask.who", house=called(talk.house))
    return Bubble((shown,), (*ready, way("household.case.button.skip", "skip", talk, c=talk.asking)))
