"""Words that answer the open question about an exceptional case."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation.facts import Facts
from bot.conversation.household import case_steps as steps
from bot.conversation.household import case_talk
from bot.conversation.household.case_house import LONGEST_NOTE, keys_of, moment, name_in
from bot.conversation.household.case_say import CONFIRMED_BY
from bot.conversation.household.case_talk import Step, Talk
from bot.conversation.household.checks import Case
from bot.conversation.household.facts import ChecksOf
from bot.conversation.household.house_facts import PhotosWithoutHouse
from bot.conversation.household.sheet_words import asked_words
from bot.conversation.household.which import villages
from bot.conversation.inputs import Incoming
from bot.conversation.say import heard, sentence
from bot.conversation.state import State
from bot.conversation.turn import Turn
from bot.messages.bubbles import Bubble, text
from bot.reading.outcome import Action, Reading
from bot.reading.phone import holds_personal_number

CHANGE, MORE = "change_case", frozenset({"more_cases", "more"})
_OF_PHOTOS = frozenset({"sign", "witness", "move_photo", "drop_photo"})
"""Orders about photos and signatures, where they name a house: no reason begins like that."""
_ALONE = frozenset({"sign_on_paper", "sign_on_screen", "drop_photo"})
"""Orders that are complete without a house."""
_NO_COMMAND = frozenset({"yes", "no", "edit", "restart", "done_same", "changed_only", "back", "submit", "enough"})
"""Intents that are none of a leader's commands: what reads so may be a reason."""


def take(state: State, said: Incoming, talk: Talk, facts: Facts) -> Turn | None:
    """The answer to what is asked; None when the words are about something else."""
    intent = facts.reader.control(said.text).value or ""
    order = facts.reader.order(said.text)
    verb = order.verb if order is not None else ""
    if talk.step in case_talk.STORED:
        return _words(state, said, talk, facts)
    here = replace(talk, at=moment(said))
    if intent in {"cancel", "skip"} or (intent == "no" and talk.step is not Step.SURE):
        return steps.leave(state, talk)
    if intent == "yes":
        sure = talk.step is Step.SURE
        return steps.store(case_talk.settled(state), here, facts) if sure else Turn(state, _again(talk, facts))
    if talk.step is Step.HOUSE:
        return _house(state, said, here, facts)
    if verb in MORE or verb == CHANGE or (talk.step is Step.SURE and intent == "no"):
        kept = talk.cases if verb in MORE else ()
        return steps.ask(state, replace(here, cases=kept, other=(), step=Step.LIST), facts)
    return _case(state, said, here, facts) or _other_house(state, said, here, facts) or _else(state, said, here, facts)


def _again(talk: Talk, facts: Facts) -> tuple[Bubble, ...]:
    return (steps.question(talk, facts),)


def _house(state: State, said: Incoming, talk: Talk, facts: Facts) -> Turn | None:
    village = next((area for area in villages(facts) if area.code == talk.village), None)
    name = name_in(said.text, village, facts) if village is not None else ""
    return steps.ask(state, replace(talk, house=name), facts) if name else None


def _case(state: State, said: Incoming, talk: Talk, facts: Facts) -> Turn | None:
    """A case without a house: the one that was meant, or one more where more were asked for."""
    known = facts.ask(ChecksOf(talk.village)).cases
    spoken = facts.reader.house_cases(said.text)
    keys = _by_name(said.text, known, facts)
    note = ""
    if not keys and len(spoken) == 1 and not spoken[0].house:
        keys, note = keys_of(spoken[0].cases, known, facts), spoken[0].note
    if not keys:
        return None
    kept = talk.cases if talk.step is Step.LIST else ()
    now = replace(talk, cases=tuple(dict.fromkeys([*kept, *keys])), other=(), step=Step.SURE)
    if note and not holds_personal_number(note) and len(note) <= LONGEST_NOTE:
        now = replace(now, note=note, message=said.message_id)
    return steps.ask(state, now, facts)


def _by_name(words: str, known: tuple[Case, ...], facts: Facts) -> tuple[str, ...]:
    """A case by its number, its mark, its title, or all that stands on its button."""
    plain = facts.reader.bare(words)
    for case in known:
        whole = f"{case.number}{case.symbol}{case.title}"
        names = (case.number, case.title, f"{case.symbol}{case.title}", f"{case.number}{case.symbol}", whole)
        if plain in {facts.reader.bare(name) for name in names if name}:
            return (case.key,)
    return ()


def _other_house(state: State, said: Incoming, talk: Talk, facts: Facts) -> Turn | None:
    """While a case is read back a bare house number is the right one, unless a photo waits for its own."""
    village = next((area for area in villages(facts) if area.code == talk.village), None)
    name = name_in(said.text, village, facts, doubtful=False) if village is not None else ""
    if not name or facts.ask(PhotosWithoutHouse()):
        return None
    return steps.ask(state, replace(talk, house=name), facts)


def _else(state: State, said: Incoming, talk: Talk, facts: Facts) -> Turn | None:
    """Words that are no command: the reason before it was asked for, read back too; else the question once more."""
    words = " ".join(said.text.split())
    if facts.reader.control(words).value is not None or not words or any(letter.isdigit() for letter in words):
        return None
    if _is_about_something_else(said, talk, facts) or facts.reader.house_cases(words):
        return None
    known = facts.ask(ChecksOf(talk.village)).cases
    wanted = any(case.key in talk.cases and case.asks in steps.WORDED for case in known)
    if talk.step is Step.SURE and wanted and len(words) <= LONGEST_NOTE:
        return steps.ask(state, replace(talk, note=words, message=said.message_id), facts)
    first = sentence("household.case.not_understood", heard=heard(words))
    return Turn(state, (first, steps.question(talk, facts))).unclear(state)


def _words(state: State, said: Incoming, talk: Talk, facts: Facts) -> Turn | None:
    """A reason, a defect, a correction, or who confirmed it, in own words."""
    reading = facts.reader.control(said.text)
    intent = reading.value or ""
    answered = steps.noted if talk.step is Step.NOTE else steps.confirmed
    here = case_talk.settled(state)
    if intent == "cancel" or (reading.action is Action.ACCEPT and intent == "skip"):
        return answered(here, talk, "", "", facts)
    steering = reading.action is Action.ACCEPT and intent and intent not in _NO_COMMAND
    if steering or moment(said) - talk.at > case_talk.WORDS_FOR or _is_about_something_else(said, talk, facts):
        return None
    words = " ".join(said.text.split())
    wrong = _refused(words, reading, talk, facts)
    return Turn(state, (wrong,)) if wrong is not None else answered(here, talk, words, said.message_id, facts)


def _refused(words: str, reading: Reading[str], talk: Talk, facts: Facts) -> Bubble | None:
    """Why words cannot be kept as what was asked for: a bare yes, a telephone number, a story."""
    if reading.action is Action.ACCEPT and reading.value in {"yes", "no"}:
        return steps.question(talk, facts)
    if holds_personal_number(words):
        return sentence("household.case.no_phone", example=_example(talk, facts))
    if len(words) > LONGEST_NOTE:
        return sentence("household.case.too_long", n=len(words), most=LONGEST_NOTE, example=_example(talk, facts))
    return None


def _example(talk: Talk, facts: Facts) -> str:
    """A ready answer of the case that is asked about."""
    cases = facts.ask(ChecksOf(talk.village)).cases
    ready = next((case.reasons[0] for case in cases if case.key == talk.asking and case.reasons), "")
    key = CONFIRMED_BY[0] if talk.step is Step.WHO else "household.case.example_correction"
    return (ready if talk.step is Step.NOTE else "") or facts.catalogue.say(text(key))


def _is_about_something_else(said: Incoming, talk: Talk, facts: Facts) -> bool:
    """House numbers, rows, a house with its case, a signed sheet, or an order about a photo or a signature."""
    reader, words = facts.reader, said.text
    if asked_words(words, reader) is not None or not any(letter.isalpha() for letter in words):
        return True
    if reader.house_number(words).action is Action.ACCEPT:
        return True
    if reader.house_numbers(words) is not None or reader.house_rows(words) is not None:
        return True
    spoken = reader.house_cases(words)
    village = next((area for area in villages(facts) if area.code == talk.village), None)
    if spoken and spoken[0].house and village is not None and name_in(spoken[0].house, village, facts, doubtful=False):
        return True
    order = reader.order(words)
    if order is None:
        return False
    alone = order.verb in _ALONE and not order.about
    return alone or (order.verb in _OF_PHOTOS and reader.house_number(order.about).action is Action.ACCEPT)
