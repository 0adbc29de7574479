"""What the words say of how far work is. The first rule decides."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from typing import TYPE_CHECKING

from bot.reading.numerals import Number
from bot.reading.outcome import Action, Reading
from bot.reading.status_report import DONE, IN_PROGRESS, NOT_STARTED, PROBLEM, Report
from bot.reading.tokens import Token

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_BY_NUMBER = {1: DONE, 2: IN_PROGRESS, 3: NOT_STARTED}
_FULL = 100


def _question(report: Report) -> Reading[str] | None:
    if not report.items and report.day is None:
        return report.ask("unknown")
    if report.has("dont_know"):
        return report.ask("unknown")
    last = report.items[-1:]
    asked = any(isinstance(item, Token) and item.has("yet_asked") for item in last) and report.has("done", "already")
    return report.ask("question") if asked or report.has("question") else None


def _tick(report: Report) -> Reading[str] | None:
    return report.take(DONE) if report.items and report.only("tick", "done") and report.has("tick") else None


def _printed_option(report: Report) -> Reading[str] | None:
    """As in "ข้อ 1": the first printed column."""
    numbers = report.numbers
    words = [item for item in report.items if isinstance(item, Token)]
    if len(numbers) != 1 or numbers[0].value not in _BY_NUMBER or not all(w.has("item", "filler") for w in words):
        return None
    return report.take(_BY_NUMBER[numbers[0].value or 0], "option")


def _problem(report: Report) -> Reading[str] | None:
    if report.has("no_problem"):
        return report.take(DONE, "no_problem") if report.has("done") else report.ask("no_problem")
    unable = any(
        isinstance(item, Token)
        and item.has("unable")
        and place > 0
        and not _starts_negation(report.items[place - 1])
        and not (item.has("negation") and _names_work(report.items[place + 1 : place + 2]))
        for place, item in enumerate(report.items)
    )
    if not report.has("problem") and not unable:
        return None
    if unable and not report.has("problem") and report.before(("not_yet",), ("unable",)):
        return None
    denied = any(
        isinstance(first, Token) and isinstance(second, Token) and first.has("negation") and second.has("problem")
        for first, second in pairwise(report.items)
    )
    if denied:
        return report.ask("negation")
    mixed = report.has("done", "done_unsure", "progress")
    return report.take(PROBLEM, "several" if mixed else "")


def _names_work(following: Sequence[Token | Number]) -> bool:
    """As in "ไม่ได้ทำ", which is work not done; "ทำไม่ได้" is a hindrance."""
    return any(isinstance(item, Token) and item.has("act", "send") for item in following)


def _starts_negation(item: Token | Number) -> bool:
    return isinstance(item, Token) and item.has("not_yet", "negation")


def _percent(report: Report) -> Reading[str] | None:
    numbers = report.numbers
    if not report.has("percent", "percent_before"):
        return None
    if len(numbers) != 1 or numbers[0].value is None or numbers[0].value > _FULL:
        return (
            report.take(IN_PROGRESS, "percent")
            if len(numbers) == 1 and "." in numbers[0].text
            else report.ask("percent")
        )
    value = numbers[0].value
    left = report.has("remain")
    value = _FULL - value if left else value
    report.notes["percent"] = value
    short_of = report.has("negation", "not_yet", "near", "future", "progress")
    if value == 0 or (value == _FULL and not short_of):
        return report.take(NOT_STARTED if value == 0 else DONE, "percent")
    odd = report.has("negation", "not_yet", "maybe") or value == _FULL or left
    return report.take(IN_PROGRESS, "percent" if odd else "")


def _part(report: Report) -> Reading[str] | None:
    """As in "18 จาก 20", "เสร็จครึ่งนึง"."""
    numbers = report.numbers
    if report.has("out_of") and len(numbers) == 2 and None not in {numbers[0].value, numbers[1].value}:  # noqa: PLR2004 (part and whole)
        part, whole = numbers[0].value or 0, numbers[1].value or 0
        if part > whole:
            return report.ask("several")
        return report.take(DONE if part == whole else IN_PROGRESS, "part")
    if report.has("half") and not report.has("negation", "not_yet"):
        report.notes["percent"] = 50
        return report.take(IN_PROGRESS)
    if report.has("partly"):
        return report.take(IN_PROGRESS, "part" if report.has("negation", "not_yet") else "")
    if report.has("only") and report.has("done", "done_unsure") and not report.has("negation", "not_yet"):
        return report.take(IN_PROGRESS, "part")
    return None


def _expected(report: Report) -> Reading[str] | None:
    """A day to come makes it unfinished, whatever the verb says."""
    day = report.day
    if day is None or report.today is None:
        return None
    if day.value is None:
        return _in_span(report, day)
    to_come = day.value > report.today or day.notes.get("bound") == "before"
    if not to_come and not (report.has("future") and day.value == report.today):
        return report.take(DONE, "finished_on") if report.has("done", "already") and not _denied(report) else None
    report.notes["expected"] = day.value
    begins = report.has("act") and not report.has("done", "already", "progress", "near")
    sure = day.action is Action.ACCEPT and (report.has("future", "progress") or _denied(report))
    if begins:
        return report.take(NOT_STARTED, "expected")
    return report.take(IN_PROGRESS, "" if sure else "expected")


def _in_span(report: Report, day: Reading[dt.date]) -> Reading[str] | None:
    """As in "เสร็จสัปดาห์หน้า": a span that is not over yet makes it unfinished."""
    last = day.notes.get("to")
    if not isinstance(last, dt.date) or report.today is None or not report.has("done", "already"):
        return None
    if last < report.today:
        return None if _denied(report) else report.take(DONE, "finished_on")
    return report.take(IN_PROGRESS, "expected")


def _denied(report: Report) -> bool:
    return report.has("not_yet", "negation", "not_started")


def _not_done(report: Report) -> Reading[str] | None:
    """ยังไม่เสร็จ, ไม่เสร็จ, ยังไม่ได้ทำ, ยัง."""
    late = report.before(("unable",), ("done",))
    if late or not _denied(report):
        return report.take(IN_PROGRESS, "negation") if late else None
    yet = report.has("not_yet", "not_started")
    finished = ("done", "already", "done_unsure")
    unsent = report.has("send") and report.before(("done",), ("not_yet",))
    if not unsent and (
        report.before(("not_yet", "negation"), finished) or (report.has("negation") and report.has("done"))
    ):
        return report.take(IN_PROGRESS, "" if yet else "negation")
    if report.has("progress"):
        return report.take(IN_PROGRESS, "negation")
    if report.has("send"):
        return report.take(DONE if report.has("done") else NOT_STARTED, "not_sent")
    if report.has("act", "not_started"):
        return report.take(NOT_STARTED, "" if yet else "negation")
    return report.take(NOT_STARTED, "negation") if report.only("not_yet") else report.ask("negation")


def _under_way(report: Report) -> Reading[str] | None:
    if report.has("near", "started"):
        return report.take(IN_PROGRESS, "maybe" if report.has("maybe") else "")
    if report.has("progress"):
        if report.has("done_unsure", "done") and not report.before(("progress",), ("done", "done_unsure")):
            return report.take(IN_PROGRESS, "several")
        return report.take(IN_PROGRESS)
    if report.has("future"):
        done = report.has("done", "already", "done_unsure")
        return report.take(IN_PROGRESS if done else NOT_STARTED, "future") if done or report.has("act") else None
    return None


def _finished(report: Report) -> Reading[str] | None:
    unsure = "unsure_word" if report.has("done_unsure", "isan") else ""
    known = ("done", "done_unsure", "act", "already", "send", "scope", "count_unit", "tick")
    rest = "" if report.only(*known) else "unknown_words"
    if report.has("scope") and report.has("done", "done_unsure"):
        report.notes["scope"] = "all"
        return report.take(DONE, "scope")
    if report.has("done"):
        return report.take(DONE, unsure or rest or ("maybe" if report.has("maybe") else ""))
    if report.has("done_unsure", "already"):
        return report.take(DONE, unsure or "unsure_word") if not rest else report.ask("unknown")
    return None


RULES: tuple[Callable[[Report], Reading[str] | None], ...] = (
    _question,
    _tick,
    _printed_option,
    _problem,
    _percent,
    _part,
    _expected,
    _not_done,
    _under_way,
    _finished,
)
