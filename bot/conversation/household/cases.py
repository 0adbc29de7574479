"""Exceptional cases of houses in a leader's chat: said beside a house number, put off, quoted, taken back.

A case is read back before it is stored, and a photo that waits is never silently bound by a message that names one.
"""

from __future__ import annotations

from dataclasses import replace

from bot.conversation.facts import Facts
from bot.conversation.household import case_answers, case_talk, numbers, run
from bot.conversation.household import case_steps as steps
from bot.conversation.household.case_house import (
    joined,
    keys_of,
    moment,
    name_in,
    refuses_photo,
    speaks_of_a_house,
    talk_of,
    village_named,
    whole,
)
from bot.conversation.household.case_talk import Step, Talk
from bot.conversation.household.facts import CaseReceipt, ChecksOf, QuotedCase
from bot.conversation.household.house_facts import PhotosWithoutHouse, QuotedHouse
from bot.conversation.household.pairing import TOGETHER
from bot.conversation.household.which import no_village, village_of
from bot.conversation.household_effects import SummariseBurst
from bot.conversation.inputs import Incoming, Kind
from bot.conversation.say import EXAMPLE_HOUSE, heard, sentence
from bot.conversation.state import State
from bot.conversation.turn import Turn
from bot.messages.bubbles import Bubble
from bot.reading.cases import CaseSaid

DROP = "drop_case"


def take(state: State, said: Incoming, facts: Facts) -> Turn | None:
    """What a leader types about cases; None when the text is nothing of the sort."""
    if facts.person is None or not facts.person.holds("leader"):
        return None
    order = facts.reader.order(said.text)
    if order is not None and order.verb == DROP:
        return _take_back(state, order.about, facts)
    talk = case_talk.open_talk(state)
    answer = case_answers.take(state, said, talk, facts) if talk is not None else None
    return answer or _said(state, said, facts)


def out_of_order(state: State, said: Incoming, facts: Facts) -> Turn | None:
    """A case that was overtaken by what was sent after it: it is read back like any other."""
    if said.kind is not Kind.TEXT or facts.person is None or not facts.person.holds("leader"):
        return None
    talk = case_talk.open_talk(state)
    others = (*case_talk.waiting(state), *((talk,) if talk is not None else ()))
    near = run.near(state, said) or any(abs(each.at - moment(said)) <= TOGETHER for each in others)
    if state.flow != "idle" or not (near or run.BURST in state.data):
        return None
    spoken = facts.reader.house_cases(said.text)
    return _said(state, said, facts) if spoken and all(one.house for one in spoken) else None


def _said(state: State, said: Incoming, facts: Facts) -> Turn | None:
    """14 **: what it says of which houses; what cannot be read is asked again."""
    spoken = facts.reader.house_cases(said.text)
    if not spoken or not all(map(speaks_of_a_house, spoken)) or (not spoken[0].house and "" in spoken[0].cases):
        return None
    village = village_of(state, facts)
    if village is None:
        return no_village(state, facts)
    if not facts.ask(ChecksOf(village.code)).cases:
        return None
    talks = []
    for one in spoken:
        place = village_named(one.house, village, facts)
        talk = talk_of(one, said, place, facts) if place is not None else None
        if talk is None or (one.house and not talk.house):
            return Turn(state, (_unclear(said, elsewhere=place is None),)).unclear(state)
        talks.append(talk)
    turn = _begin(state, said, talks, facts)
    lost = any(one.note and not talk.note for one, talk in zip(spoken, talks, strict=True))
    return turn.before(sentence("household.case.note_left_out")) if lost and turn.bubbles else turn


def _unclear(said: Incoming, *, elsewhere: bool) -> Bubble:
    key = "household.case.other_village" if elsewhere else "household.case.unclear"
    return sentence(key, heard=heard(said.text), example=f"{EXAMPLE_HOUSE} **")


def _begin(state: State, said: Incoming, talks: list[Talk], facts: Facts) -> Turn:
    """Ask about the first; in the middle of a burst nothing is asked until it is over."""
    before = case_talk.open_talk(state)
    here = case_talk.settled(state)
    unsaved = before is not None and before.step not in case_talk.STORED
    if before is not None and unsaved and (before.village, before.house) == (talks[0].village, talks[0].house):
        talks, before = [joined(before, talks[0]), *talks[1:]], None
    later = [*talks[1:], *([before] if before is not None else [])]
    bound = _with_its_photo(here, said, talks, facts)
    if said.more or run.BURST in state.data:
        silent = bound.state.with_data(**{run.BURST: bound.state.data.get(run.BURST, [])})
        effects = bound.effects if SummariseBurst() in bound.effects else (*bound.effects, SummariseBurst())
        return Turn(case_talk.put_off(silent, [talks[0], *later]), (), effects)
    if bound.bubbles and run.PAIRS in bound.state.data:
        return replace(bound, state=case_talk.put_off(bound.state, [talks[0], *later]))
    asked = steps.ask(bound.state, talks[0], facts)
    # further photos that wait for a number are asked about once the case is settled
    return Turn(case_talk.put_off(asked.state, later), (*bound.bubbles[:1], *asked.bubbles), bound.effects)


def _with_its_photo(state: State, said: Incoming, talks: list[Talk], facts: Facts) -> Turn:
    """14 **** beside a photo: the photo is of house 14. Where the case says that there is none it is another's."""
    first = talks[0]
    if run.SHEET in state.data:  # the photo that waits is a signed sheet
        return Turn(state)
    if len(talks) > 1 or not whole(first) or refuses_photo(first, facts) or first.village != _here(state, facts):
        return Turn(state)
    quoted = facts.ask(QuotedHouse(said.quoted_message_id)) if said.quoted_message_id else None
    if quoted is not None:  # that one, however many wait
        tap = {"no": first.house, "m": quoted.message_id}
        return numbers.tapped(state, replace(said, tap=tap), facts)
    waiting = facts.ask(PhotosWithoutHouse())
    sent = [round(photo.sent_at.timestamp() * 1000) for photo in waiting]
    near = any(abs(at - moment(said)) <= TOGETHER for at in sent)
    return numbers.one(state, said, first.house, facts) if near or len(sent) == 1 else Turn(state)


def _here(state: State, facts: Facts) -> str:
    village = village_of(state, facts)
    return village.code if village is not None else ""


def _take_back(state: State, about: str, facts: Facts) -> Turn:
    """ยกเลิกกรณี 14: what is stored of that house; without a number what is being asked about."""
    village, talk = village_of(state, facts), case_talk.open_talk(state)
    if village is None:
        return no_village(state, facts)
    spoken = facts.reader.house_cases(about)
    words = spoken[0].house if len(spoken) == 1 else about
    keys = keys_of(spoken[0].cases, facts.ask(ChecksOf(village.code)).cases, facts) if len(spoken) == 1 else ()
    name = name_in(words, village, facts) if words else ""
    if name:
        return steps.drop(state, village.code, name, keys, facts)
    if talk is not None and talk.house and not words:
        stored = talk.step in case_talk.STORED
        return steps.drop(state, talk.village, talk.house, talk.cases, facts) if stored else steps.leave(state, talk)
    return Turn(state, (sentence("household.case.drop_whose", example=EXAMPLE_HOUSE),))


def quoted(state: State, said: Incoming, facts: Facts) -> Turn | None:
    """A receipt is quoted: its case is taken back, is another one, or is another house's."""
    if facts.person is None or not facts.person.holds("leader"):
        return None
    order, spoken = facts.reader.order(said.text), facts.reader.house_cases(said.text)
    undone = (order is not None and order.verb == DROP) or facts.reader.control(said.text).value == "cancel"
    village = village_of(state, facts)
    name = name_in(said.text, village, facts, doubtful=False) if village is not None else ""
    if not (undone or name or (len(spoken) == 1 and not spoken[0].house)):
        return None
    receipt = facts.ask(QuotedCase(said.quoted_message_id))
    if receipt is not None and undone:
        return steps.drop(state, receipt.village_code, receipt.house, receipt.cases, facts)
    if receipt is not None:
        return _corrected(state, said, receipt, name, spoken, facts)
    photo = facts.ask(QuotedHouse(said.quoted_message_id)) if spoken and not name and village is not None else None
    if photo is None or village is None or not photo.house:
        return None
    return _begin(state, said, [replace(talk_of(spoken[0], said, village, facts), house=photo.house)], facts)


def _corrected(
    state: State, said: Incoming, receipt: CaseReceipt, name: str, spoken: tuple[CaseSaid, ...], facts: Facts
) -> Turn:
    """The quoted receipt should have been of another house, or another case: read back, and put in its place."""
    house = name or receipt.house
    cases = receipt.cases
    if not name:
        cases = keys_of(spoken[0].cases, facts.ask(ChecksOf(receipt.village_code)).cases, facts)
    gone = receipt.cases if name else tuple(key for key in receipt.cases if key not in cases)
    talk = Talk(receipt.village_code, house, cases, message=said.message_id, at=moment(said), instead=gone)
    step = Step.SURE if cases else Step.LIST
    return steps.ask(case_talk.settled(state), replace(talk, step=step, instead_of=receipt.house), facts)
