"""Provincial staff: who has not reported, and who asks to join (district officers decide on their leaders)."""

from __future__ import annotations

from bot.conversation.broadcast import remind
from bot.conversation.effects import DecideRequest
from bot.conversation.facts import AreaFacts, Facts, OpenRequests, RequestFacts
from bot.conversation.inputs import Incoming
from bot.conversation.overview_facts import CurrentOverview, HalfFinished, Overview
from bot.conversation.say import command, sentence, tap
from bot.conversation.state import State
from bot.conversation.turn import Turn
from bot.messages.bubbles import Bubble, Day, Text, Value, Words, text


def who_missing(state: State, facts: Facts) -> Turn:
    """S-01: sent, half-finished with how much is left, not started."""
    overview = facts.ask(CurrentOverview())
    if overview is None:
        return Turn(state, (sentence("staff.no_round"),))
    n = len(remind.owing_areas(overview))
    ways = (tap(text("broadcast.button.remind_all", n=n), "remind"), command("menu.button.summary")) if n else ()
    return Turn(state, (Bubble(overview_lines(overview), ways, card=True),))


def overview_lines(overview: Overview) -> tuple[Words, ...]:
    """The lines of S-01, also used by the staff summary that is pushed."""
    due = Day(overview.due_at.date())
    if overview.sent == overview.total:
        all_sent = text("staff.all_sent", round=overview.round_number, total=overview.total)
        return (all_sent, *_named("staff.waived", overview.waived))
    lines: list[Words] = [
        text("staff.sent", round=overview.round_number, due=due, sent=overview.sent, total=overview.total)
    ]
    lines += _named("staff.returned", overview.returned)
    if overview.half_finished:
        half = tuple(_half(item) for item in overview.half_finished)
        lines.append(text("staff.half", n=len(half), list=half))
    if overview.not_started:
        names = tuple(area.short for area in overview.not_started)
        lines.append(text("staff.not_started", n=len(names), list=names))
    return (*lines, *_named("staff.waived", overview.waived))


def _named(key: str, areas: tuple[AreaFacts, ...]) -> tuple[Words, ...]:
    """One line with the districts' names; nothing where there are none."""
    return (text(key, n=len(areas), list=tuple(area.short for area in areas)),) if areas else ()


def _half(item: HalfFinished) -> Text:
    if item.asked:
        return text("staff.half_item_asked", district=item.area.short)
    return text("staff.half_item", district=item.area.short, left=item.left)


def requests(state: State, facts: Facts) -> Turn:
    """Join requests that this person may decide, the oldest first with its buttons."""
    waiting = facts.ask(OpenRequests())
    if not waiting:
        return Turn(state, (sentence("staff.no_requests"),))
    shown = tuple(_request(request) for request in waiting[:3])
    return Turn(state, (sentence("staff.requests", n=len(waiting)), *shown))


def _request(request: RequestFacts) -> Bubble:
    return sentence(
        "staff.request_line",
        tap("staff.button.approve", "approve", id=request.id),
        tap("staff.button.decline", "decline", id=request.id),
        name=request.name,
        role=text(f"role.{request.role}"),
        area=request.area.name,
    )


def decide_only(state: State, facts: Facts, *, approve: bool) -> Turn:
    """Typed instead of tapped: clear when a single request waits, else the requests are shown with their buttons."""
    waiting = facts.ask(OpenRequests())
    return _decided(state, waiting[0], waiting, approve=approve) if len(waiting) == 1 else requests(state, facts)


def decide(state: State, said: Incoming, facts: Facts) -> Turn:
    """A tap on approve or decline; the request may have been decided by somebody else in the meantime."""
    waiting = facts.ask(OpenRequests())
    request = next((item for item in waiting if str(item.id) == said.tap.get("id")), None)
    if request is None:
        return Turn(state, (sentence("staff.request_gone"),))
    return _decided(state, request, waiting, approve=said.tap["do"] == "approve")


def _decided(state: State, request: RequestFacts, waiting: tuple[RequestFacts, ...], *, approve: bool) -> Turn:
    words: dict[str, Value] = {"name": request.name, "role": text(f"role.{request.role}"), "area": request.area.name}
    answer = sentence("staff.approved", **words) if approve else sentence("staff.declined", name=request.name)
    rest = tuple(_request(item) for item in waiting if item.id != request.id)
    return Turn(state, (answer, *rest[:2]), (DecideRequest(request.id, approve),))
