"""เตือน: remind by hand those who owe the newest round; what it costs is shown first (S-02), one more word sends it."""

from __future__ import annotations

from bot.conversation.broadcast import group_text, place
from bot.conversation.broadcast.card import REMINDER, preview, reach_of
from bot.conversation.broadcast_effects import PrepareBroadcast
from bot.conversation.broadcast_facts import NAMED, OWING, Audience, NextKey
from bot.conversation.facts import AreaFacts, Districts, Facts
from bot.conversation.inputs import Incoming
from bot.conversation.overview_facts import CurrentOverview, Overview
from bot.conversation.say import command, heard, sentence
from bot.conversation.state import State
from bot.conversation.turn import Turn
from bot.messages.bubbles import Bubble, Text, text


def remind(state: State, facts: Facts) -> Turn:
    """Everybody who owes."""
    return _remind(state, facts, None)


def of_round(state: State, facts: Facts, number: int) -> Turn:
    """เตือนครั้งที่ 2: only the newest round is reminded."""
    if not place.may_send(facts):
        return place.refused(state)
    overview = facts.ask(CurrentOverview())
    if overview is not None and overview.round_number != number:
        only = sentence("broadcast.only_newest", command("menu.button.remind"), round=overview.round_number)
        return Turn(state, (only,))
    return remind(state, facts)


def named(state: State, said: Incoming, facts: Facts) -> Turn | None:
    """เตือน ภูเรือ ด่านซ้าย: only those; None when it is no such order."""
    if facts.person is None or facts.reader.audience(said.text, (), "remind") is None:
        return None
    districts = facts.ask(Districts())
    reading = facts.reader.audience(said.text, [area.short for area in districts], "remind")
    if reading is None:
        return None
    if reading.value is None:
        if not place.may_send(facts):
            return None
        return Turn(state, (unknown_district(facts, str(reading.notes.get("typed", said.text))),))
    if not place.may_send(facts):
        return place.refused(state)
    chosen = tuple(area for area in districts if area.short in reading.value.districts)
    return _remind(state, facts, chosen or None)


def unknown_district(facts: Facts, typed: str) -> Bubble:
    example = " ".join(area.short for area in facts.ask(Districts())[:2])
    return sentence("broadcast.unknown_district", typed=heard(typed), example=example)


def _remind(state: State, facts: Facts, districts: tuple[AreaFacts, ...] | None) -> Turn:
    overview = facts.ask(CurrentOverview())
    if overview is None:
        return Turn(state, (sentence("staff.no_round"),))
    owing = owing_areas(overview)
    chosen = owing if districts is None else tuple(area for area in districts if area in owing)
    if not chosen:
        return Turn(state, (nobody_owes(overview, districts),))
    sent = tuple(area.short for area in districts or () if area not in owing)
    before = (sentence("broadcast.sent_already", list=sent, round=overview.round_number),) if sent else ()
    group = OWING if districts is None else NAMED
    return prepared(facts, Audience(group, tuple(area.code for area in chosen)), state).before(*before)


def prepared(facts: Facts, audience: Audience, state: State) -> Turn:
    """The preview card, or the text for the group where nothing can be sent."""
    overview = facts.ask(CurrentOverview())
    if overview is not None and overview.closed:
        return Turn(state, (sentence("broadcast.closed", round=overview.round_number),))
    reach, budget = reach_of(facts, audience, REMINDER)
    if reach.messages == 0 and reach.lately:
        return Turn(
            state, (sentence("broadcast.all_lately", command("broadcast.button.delivery"), people=reach.lately),)
        )
    if reach.messages == 0:
        nobody = sentence("broadcast.nobody", list=tuple(area.short for area in reach.nobody))
        return Turn(state, (nobody, *group_text.bubbles(facts, audience)))
    if not budget.allowed:
        return Turn(state, (group_text.no_room(budget, reach.messages), *group_text.bubbles(facts, audience)))
    key = facts.ask(NextKey())
    effect = PrepareBroadcast(key, REMINDER, audience.to_json(), "", reach.messages)
    return Turn(place.at(place.PREVIEW, key=key), (preview(facts, audience, REMINDER, key),), (effect,))


def nobody_owes(overview: Overview, districts: tuple[AreaFacts, ...] | None) -> Bubble:
    if districts is None:
        return sentence("staff.all_sent", round=overview.round_number, total=overview.total)
    names = tuple(area.short for area in districts)
    return sentence("broadcast.sent_already", command("menu.button.who_owes"), list=names, round=overview.round_number)


def owing_areas(overview: Overview) -> tuple[AreaFacts, ...]:
    """Half-finished ones first, as S-01 lists them; each once, whatever it owes."""
    half = (item.area for item in overview.half_finished)
    return tuple(dict.fromkeys((*half, *overview.not_started)))


def label(overview: Overview) -> Text:
    return text("broadcast.button.remind_all", n=len(owing_areas(overview)))
