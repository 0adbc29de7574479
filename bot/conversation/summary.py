"""สรุป: the round in five lines that can be read out (S-04), for the province; for an office, its own district."""

from __future__ import annotations

import datetime as dt

from bot.conversation.broadcast.place import may_send
from bot.conversation.facts import AreaFacts, Facts
from bot.conversation.report.begin import PROVINCE
from bot.conversation.say import command, sentence
from bot.conversation.state import State
from bot.conversation.summary_facts import SummaryFacts, SummaryOf
from bot.conversation.turn import Turn
from bot.messages.bubbles import Bubble, Day, Text, Value, Words, text

REPORTERS = ("officer", "deputy", "head")
KINDS_SHOWN = 3
DISTRICTS_SHOWN = 5
SILENT_SHOWN = 3
"""More than these are told by their number: the first line names them."""


def show(state: State, facts: Facts, round_number: int | None = None) -> Turn:
    """Of the newest opened round, or the one that was named."""
    if may_send(facts):
        found = facts.ask(SummaryOf(round_number))
        return Turn(state, (_province(found, facts),) if found is not None else (sentence("staff.no_round"),))
    areas = facts.person.areas(*REPORTERS) if facts.person is not None else ()
    if not areas:
        return Turn(state, (sentence("report.not_your_work", command("button.menu")),))
    return Turn(state, tuple(_district(facts, area, round_number) for area in areas))


def _province(found: SummaryFacts, facts: Facts) -> Bubble:
    return Bubble((head(found, facts.now), *(words for _about, words in numbered(found))))


def numbered(found: SummaryFacts) -> tuple[tuple[str, Text], ...]:
    """The lines of a province's summary by what each is about: reported, figure-1 and so on, problems, help."""
    figures = ((f"figure-{place}", line) for place, line in enumerate(found.figures, 1))
    problems = (("problems", line) for line in _problems(found))
    lines: tuple[tuple[str, Words], ...] = (
        ("reported", _reported(found)),
        *figures,
        *problems,
        *(("help", line) for line in _help(found)),
    )
    return tuple((about, text("word.numbered", n=n, label=line)) for n, (about, line) in enumerate(lines, 1))


def head(found: SummaryFacts, now: dt.datetime) -> Text:
    """Of which round it is, and as of when (`now`: civil, of Bangkok)."""
    words: dict[str, Value] = {"round": found.round_number, "day": Day(now.date()), "time": now}
    if found.area.kind == PROVINCE:
        return text("summary.head", **words)
    return text("summary.head_district", area=found.area.name, **words)


def _reported(found: SummaryFacts) -> Text:
    if not found.missing:
        return text("summary.all_reported", total=found.total)
    missing = _names(found.missing)
    return text("summary.reported", sent=found.sent, total=found.total, missing=missing)


def _names(areas: tuple[AreaFacts, ...]) -> Text:
    shown = tuple(area.short for area in areas[:DISTRICTS_SHOWN])
    rest = len(areas) - len(shown)
    return text("summary.names_more", list=shown, n=rest) if rest else text("summary.names", list=shown)


def _problems(found: SummaryFacts) -> tuple[Words, ...]:
    if not found.problems:
        return ()
    kinds = tuple(text("summary.problem", kind=kind, n=count) for kind, count in found.problems[:KINDS_SHOWN])
    return (text("summary.problems", list=kinds),)


def _help(found: SummaryFacts) -> tuple[Words, ...]:
    """Whom to help first: the lowest, then those who have not reported."""
    behind = [text("summary.behind", district=area.short, percent=percent) for area, percent in found.behind]
    silent = [text("summary.silent", district=area.short) for area in found.missing]
    if len(silent) > SILENT_SHOWN:
        silent = [text("summary.silent_many", n=len(silent))]
    shown = (*behind[:DISTRICTS_SHOWN], *silent)
    return (text("summary.help", list=shown),) if shown else (text("summary.no_help"),)


def _district(facts: Facts, area: AreaFacts, round_number: int | None) -> Bubble:
    found = facts.ask(SummaryOf(round_number, area.code))
    if found is None:
        return sentence("staff.no_round")
    due = Day(found.due_at.astimezone(facts.now.tzinfo).date())
    state = text("summary.district_sent") if found.sent else text("summary.district_owes", due=due)
    kinds = tuple(kind for kind, _count in found.problems)
    problems: tuple[Words, ...] = (text("summary.district_problems", list=kinds),) if kinds else ()
    return Bubble((head(found, facts.now), state, *found.figures, *problems))
