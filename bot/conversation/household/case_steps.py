"""What becomes of an exceptional case: asked about, stored, its reason and who confirmed it, taken back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bot.conversation.facts import Facts
from bot.conversation.household import case_say as say
from bot.conversation.household import case_talk
from bot.conversation.household.case_talk import Step, Talk
from bot.conversation.household.checks import PHOTO, SIGNATURE, Case
from bot.conversation.household.facts import ChecksOf
from bot.conversation.household.house_facts import HousesOf, PhotosWithoutHouse
from bot.conversation.household.names import called, is_unsure
from bot.conversation.household.saying import ask_house_at, progress
from bot.conversation.household.signing import PAPER
from bot.conversation.household_effects import DropCase, MarkCase, NoteCase
from bot.conversation.say import EXAMPLE_HOUSE, sentence, tap
from bot.conversation.sign_facts import SignAddress
from bot.conversation.state import State
from bot.conversation.turn import Turn
from bot.messages.bubbles import Bubble, Button, Link, Text, text

WITNESS = "witness"
WORDED = ("reason", "defect", "correction")
"""What a case may ask for in words."""


def question(talk: Talk, facts: Facts) -> Bubble:
    """What is asked now, again."""
    if talk.step in case_talk.STORED:
        cases = say.cases_by((talk.asking,), facts.ask(ChecksOf(talk.village)))
        asked = say.ask_note(talk, cases[0]) if cases and talk.step is Step.NOTE else say.ask_who(talk)
        about = tuple(text("household.case.of", house=called(talk.house), case=say.named(case)) for case in cases)
        return replace(asked, lines=(*about, *asked.lines))
    shown = {Step.HOUSE: say.ask_house, Step.LIST: say.choose, Step.WHICH: say.which, Step.SURE: say.sure}
    return shown[talk.step](talk, facts)


def ask(state: State, talk: Talk, facts: Facts) -> Turn:
    """Ask whatever is missing of `talk` to be stored."""
    if not talk.house or is_unsure(talk.house):
        step = Step.HOUSE
    elif not talk.cases or talk.step is Step.LIST:
        step = Step.LIST
    else:
        step = Step.WHICH if talk.other else Step.SURE
    now = replace(talk, step=step)
    return Turn(case_talk.asked(state, now), (question(now, facts),))


def store(state: State, talk: Talk, facts: Facts) -> Turn:
    """The cases are what was meant: store them, then ask what the first of them asks for."""
    known = facts.ask(ChecksOf(talk.village))
    cases = say.cases_by(talk.cases, known)
    if not cases:
        return ask(state, replace(talk, step=Step.LIST), facts)
    owner = next((case for case in cases if case.asks in WORDED), cases[0]) if talk.note else None
    effects = tuple(
        MarkCase(talk.village, talk.house, case.key, *((talk.note, talk.message) if case is owner else ("", "")))
        for case in cases
    )
    gone = tuple(DropCase(talk.village, talk.instead_of, key) for key in talk.instead)
    told = [text("household.case.stored", house=called(talk.house), cases=tuple(map(say.named, cases)))]
    if owner is not None:
        told.append(text("household.case.note", words=talk.note))
    here = replace(talk, note="", asking="", instead=(), other=())
    turn = _next(state, here, facts, told, after=owner)
    return turn.also(*effects, *gone)


def _next(state: State, talk: Talk, facts: Facts, told: list[Text], after: Case | None) -> Turn:
    """Ask for the words of the next case that wants some; `after` has had its own."""
    cases = say.cases_by(talk.cases, facts.ask(ChecksOf(talk.village)))
    if after is not None and after.asks == "correction":
        now = replace(talk, step=Step.WHO, asking=after.key)
        return Turn(case_talk.asked(state, now), (_after(told, say.ask_who(now)),))
    return _next_note(state, talk, facts, told, [case for case in cases if case.asks in WORDED and case is not after])


def _next_note(state: State, talk: Talk, facts: Facts, told: list[Text], left: list[Case]) -> Turn:
    if not left:
        return _finish(state, talk, facts, told)
    now = replace(talk, step=Step.NOTE, asking=left[0].key)
    return Turn(case_talk.asked(state, now), (_after(told, say.ask_note(now, left[0])),))


def _after(told: Iterable[Text], asked: Bubble) -> Bubble:
    """One bubble: what was stored, and what is asked next."""
    return replace(asked, lines=(*told, *asked.lines))


def noted(state: State, talk: Talk, words: str, message: str, facts: Facts) -> Turn:
    """The reason, the defect, or what was corrected; "" skips it."""
    case = _standing(talk, facts)
    if case is None:
        return _gone(state, talk)
    told = [text("household.case.noted", house=called(talk.house), words=words)] if words else []
    effects = (NoteCase(talk.village, talk.house, case.key, note=words, message_id=message),) if words else ()
    if case.asks == "correction":
        now = replace(talk, step=Step.WHO, message=message)
        return Turn(case_talk.asked(state, now), (_after(told, say.ask_who(now)),), effects)
    return _rest(state, talk, facts, told).also(*effects)


def confirmed(state: State, talk: Talk, words: str, message: str, facts: Facts) -> Turn:
    """Who of the household confirmed the correction; "" skips it."""
    case = _standing(talk, facts)
    if case is None:
        return _gone(state, talk)
    told = [text("household.case.confirmed", house=called(talk.house), words=words)] if words else []
    effects = (NoteCase(talk.village, talk.house, case.key, confirmed_by=words, message_id=message),) if words else ()
    return _rest(state, talk, facts, told).also(*effects)


def _standing(talk: Talk, facts: Facts) -> Case | None:
    """The case whose words are asked, unless somebody has taken it back meanwhile."""
    known = facts.ask(ChecksOf(talk.village))
    if talk.asking not in known.of(talk.house).cases:
        return None
    return next(iter(say.cases_by((talk.asking,), known)), None)


def _gone(state: State, talk: Talk) -> Turn:
    shown = sentence("household.case.gone", house=called(talk.house), example=EXAMPLE_HOUSE)
    return Turn(case_talk.settled(state), (shown,))


def _rest(state: State, talk: Talk, facts: Facts, told: list[Text]) -> Turn:
    """The cases behind the one that was asked about."""
    cases = say.cases_by(talk.cases, facts.ask(ChecksOf(talk.village)))
    keys = [case.key for case in cases]
    behind = cases[keys.index(talk.asking) + 1 :] if talk.asking in keys else ()
    return _next_note(state, talk, facts, told, [case for case in behind if case.asks in WORDED])


def _finish(state: State, talk: Talk, facts: Facts, told: list[Text]) -> Turn:
    """The receipt: what the house still lacks, how far the village is, the page for the witness."""
    known, houses = facts.ask(ChecksOf(talk.village)), facts.ask(HousesOf(talk.village))
    before, cases = known.of(talk.house), say.cases_by(talk.cases, known)
    check = replace(before, cases=tuple(dict.fromkeys([*before.cases, *talk.cases])))
    missing = check.missing(known.cases)
    names = tuple(map(say.named, cases))
    lines = list(told or [text("household.case.stored_before", house=called(talk.house), cases=names)])
    ways: list[Button] = []
    if not check.witnessed and any(case.asks == WITNESS for case in cases):
        page = facts.ask(SignAddress(talk.village, talk.house, WITNESS))
        lines.append(text("household.case.ask.witness", time=page.good_until))
        ways.append(Link(text("household.case.button.witness"), page.address))
    if missing:
        lines.append(text(f"household.case.lacks.{'_'.join(missing)}"))
    lines.append(progress(houses, () if PHOTO in missing else (talk.house,)))
    here, waiting = case_talk.settled(state), facts.ask(PhotosWithoutHouse())
    if case_talk.waiting(here):  # the next question stands below: the signal is weak, and buttons weigh
        return Turn(here, (Bubble(tuple(lines), tuple(ways)),))
    if waiting:
        return Turn(here, (Bubble(tuple(lines), tuple(ways)), ask_house_at(waiting[0], houses, facts)))
    return Turn(here, (Bubble(tuple(lines), (*ways, *_further(talk, missing, known.signing))),))


def _further(talk: Talk, missing: tuple[str, ...], signing: str) -> tuple[Button, ...]:
    """What can be done with the house next."""
    on_screen = SIGNATURE in missing and signing != PAPER
    sign = (tap("household.button.sign_on_screen", "sign", no=talk.house),) if on_screen else ()
    more = say.way("household.case.button.more", "list", talk)
    return (*sign, more, say.way("household.case.button.drop", "drop", talk, c=",".join(talk.cases)))


def leave(state: State, talk: Talk) -> Turn:
    """Nothing is stored of what was asked about."""
    if not talk.house:
        return Turn(case_talk.settled(state), (sentence("household.case.left_off_unnamed", example=EXAMPLE_HOUSE),))
    shown = sentence("household.case.left_off", house=called(talk.house), example=EXAMPLE_HOUSE)
    return Turn(case_talk.settled(state), (shown,))


def drop(state: State, village: str, house: str, keys: tuple[str, ...], facts: Facts) -> Turn:
    """Take cases of a house back; without `keys` its only one, or ask which."""
    known, houses = facts.ask(ChecksOf(village)), facts.ask(HousesOf(village))
    held = known.of(house).cases
    here = _closed(state, village, house)
    wanted = tuple(key for key in keys or held if key in held)
    if not wanted:
        key = "household.case.none_such" if keys and held else "household.case.none_held"
        return Turn(here, (sentence(key, house=called(house), example=EXAMPLE_HOUSE),))
    talk = Talk(village, house)
    if not keys and len(wanted) > 1:
        each = tuple(say.way(say.label(case), "drop", talk, c=case.key) for case in say.cases_by(wanted, known))
        every = say.way("household.case.button.drop_all", "drop", talk, c=",".join(wanted))
        return Turn(here, (sentence("household.case.drop_which", *each, every, house=called(house)),))
    left = replace(known.of(house), cases=tuple(key for key in held if key not in wanted))
    names = tuple(map(say.named, say.cases_by(wanted, known)))
    lines = [text("household.case.dropped", house=called(house), cases=names)]
    missing = left.missing(known.cases)
    if missing:
        lines.append(text(f"household.case.lacks.{'_'.join(missing)}"))
    if PHOTO in missing and house in houses.rows and house not in houses.outstanding:
        houses = replace(houses, outstanding=(*houses.outstanding, house))
    lines.append(progress(houses))
    ways = (say.way("household.case.button.again", "list", talk),)
    return Turn(here, (Bubble(tuple(lines), ways),), tuple(DropCase(village, house, key) for key in wanted))


def _closed(state: State, village: str, house: str) -> State:
    """Nothing is asked about that house any more."""
    talk = case_talk.open_talk(state)
    mine = talk is not None and (talk.village, talk.house) == (village, house)
    return case_talk.settled(state) if mine else state
