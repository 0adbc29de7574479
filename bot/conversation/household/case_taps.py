"""Buttons about exceptional cases. Each says which house and cases it was shown for, however old it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from bot.conversation.facts import Facts
from bot.conversation.household import case_say as say
from bot.conversation.household import case_steps as steps
from bot.conversation.household import case_talk
from bot.conversation.household.case_house import moment
from bot.conversation.household.case_talk import Step, Talk
from bot.conversation.household.facts import ChecksOf
from bot.conversation.household.which import no_village, village_of, villages
from bot.conversation.inputs import Incoming
from bot.conversation.say import command, sentence
from bot.conversation.state import State
from bot.conversation.turn import Turn
from bot.messages.bubbles import text

LONGEST_NAME = 60
"""Letters of a household's name."""


def tapped(state: State, said: Incoming, facts: Facts) -> Turn:
    """Do what a button of a case stands for; villages of other leaders are not touched."""
    village = said.tap.get("v") or getattr(village_of(state, facts), "code", "")
    if village not in {area.code for area in villages(facts)}:
        return no_village(state, facts)
    way = _WAYS.get(said.tap.get("a", ""))
    cases = {case.key for case in facts.ask(ChecksOf(village)).cases}
    house = said.tap.get("no", "")
    if way is None or not cases or len(house) > LONGEST_NAME:
        return Turn(state, (sentence("general.stale_button_other", command("button.menu")),))
    before = case_talk.open_talk(state)
    same = before is not None and before.village == village and house in {before.house, ""}
    talk = before if same and before is not None else Talk(village, house)
    given = tuple(key for key in said.tap.get("c", "").split(",") if key in cases)
    here = state if same else _put_off(state, before)
    turn = way(here, talk, given, said, facts)
    now = case_talk.open_talk(turn.state)
    # whatever is asked now may be answered in words for a while, however old the button is
    return replace(turn, state=case_talk.asked(turn.state, replace(now, at=moment(said)))) if now is not None else turn


def _put_off(state: State, before: Talk | None) -> State:
    """Another house's question waits."""
    return case_talk.put_off(case_talk.settled(state), [before]) if before is not None else state


def _yes(state: State, talk: Talk, given: tuple[str, ...], _said: Incoming, facts: Facts) -> Turn:
    if talk.step in case_talk.STORED:  # an old card of the same house
        talk = Talk(talk.village, talk.house)
    if not talk.house:
        return steps.ask(state, replace(talk, cases=given), facts)
    return steps.store(case_talk.settled(state), replace(talk, cases=given), facts)


def _change(state: State, talk: Talk, _given: tuple[str, ...], _said: Incoming, facts: Facts) -> Turn:
    return steps.ask(state, replace(_unsaved(talk), cases=(), other=(), step=Step.LIST), facts)


def _more(state: State, talk: Talk, given: tuple[str, ...], _said: Incoming, facts: Facts) -> Turn:
    return steps.ask(state, replace(_unsaved(talk), cases=given, other=(), step=Step.LIST), facts)


def _list(state: State, talk: Talk, _given: tuple[str, ...], said: Incoming, facts: Facts) -> Turn:
    """ไม่ได้รูป/ไม่ได้ลายเซ็น: of the house of a receipt, or of one that is still to be named."""
    fresh = Talk(talk.village, said.tap.get("no", ""), at=moment(said), step=Step.LIST)
    return steps.ask(state, fresh, facts)


def _of(state: State, talk: Talk, given: tuple[str, ...], said: Incoming, facts: Facts) -> Turn:
    """The house that a case is of."""
    before = case_talk.open_talk(state) or (case_talk.waiting(state) or (talk,))[-1]
    mine = before.step is Step.HOUSE and before.village == talk.village
    here = _without(state, before) if mine else state
    kept = replace(before, house=said.tap.get("no", "")) if mine else replace(talk, cases=given)
    step = Step.SURE if kept.cases else Step.LIST
    return steps.ask(here, replace(kept, step=step), facts)


def _without(state: State, talk: Talk) -> State:
    left = [each for each in case_talk.waiting(state) if each != talk]
    return case_talk.put_off(case_talk.settled(case_talk.none_waiting(state)), left)


def _pick(state: State, talk: Talk, given: tuple[str, ...], said: Incoming, facts: Facts) -> Turn:
    """A case of the list. Its button showed mark and words, so one alone is stored; several are read back."""
    known = {case.key for case in facts.ask(ChecksOf(talk.village)).cases}
    kept = tuple(key for key in said.tap.get("k", "").split(",") if key in known)
    now = replace(_unsaved(talk), cases=tuple(dict.fromkeys([*kept, *given])), other=(), step=Step.SURE)
    if not given or not talk.house or kept:
        return steps.ask(state, now, facts)
    return steps.store(case_talk.settled(state), now, facts)


def _unsaved(talk: Talk) -> Talk:
    """Without what was asked of cases that are stored already."""
    return Talk(talk.village, talk.house) if talk.step in case_talk.STORED else talk


def _asked_of(talk: Talk, given: tuple[str, ...]) -> Talk:
    """The question of a button: the open one, or that of an older card."""
    key = given[0] if given else ""
    if talk.step in case_talk.STORED and talk.asking == key:
        return talk
    return Talk(talk.village, talk.house, (key,), asking=key)


def _reason(state: State, talk: Talk, given: tuple[str, ...], said: Incoming, facts: Facts) -> Turn:
    """One of the campaign's ready answers."""
    about = replace(_asked_of(talk, given), step=Step.NOTE)
    cases = say.cases_by(given[:1], facts.ask(ChecksOf(talk.village)))
    place = said.tap.get("r", "")
    ready = cases[0].reasons if cases else ()
    if not (place.isdecimal() and int(place) < len(ready)):
        return steps.noted(case_talk.settled(state), about, "", "", facts)
    return steps.noted(case_talk.settled(state), about, ready[int(place)], "", facts)


def _who(state: State, talk: Talk, given: tuple[str, ...], said: Incoming, facts: Facts) -> Turn:
    about, place = replace(_asked_of(talk, given), step=Step.WHO), said.tap.get("r", "")
    valid = place.isdecimal() and int(place) < len(say.CONFIRMED_BY)
    words = facts.catalogue.say(text(say.CONFIRMED_BY[int(place)])) if valid else ""
    return steps.confirmed(case_talk.settled(state), about, words, "", facts)


def _skip(state: State, talk: Talk, given: tuple[str, ...], _said: Incoming, facts: Facts) -> Turn:
    about = _asked_of(talk, given)
    answered = steps.confirmed if about.step is Step.WHO else steps.noted
    return answered(case_talk.settled(state), about, "", "", facts)


def _drop(state: State, talk: Talk, given: tuple[str, ...], _said: Incoming, facts: Facts) -> Turn:
    return steps.drop(state, talk.village, talk.house, given, facts)


_Way = Callable[[State, Talk, tuple[str, ...], Incoming, Facts], Turn]
_WAYS: dict[str, _Way] = {
    "yes": _yes,
    "change": _change,
    "more": _more,
    "list": _list,
    "of": _of,
    "pick": _pick,
    "reason": _reason,
    "who": _who,
    "skip": _skip,
    "drop": _drop,
}
