"""สรุปผู้บริหาร: a round on one page to be read out, printed, or pasted into a group; every line opens its rows."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, Response, abort
from sqlalchemy.orm import Session

from bot.conversation import summary as lines_of
from bot.conversation.summary_facts import SummaryFacts
from bot.messages.bubbles import text
from handlers.desk import charts
from handlers.desk.frame import Frame
from handlers.desk.report_words import ROOM, round_of_province, state_words
from handlers.doors import opens_to_roles
from models.people import STAFF_ROLES
from services.calendar import BANGKOK
from services.desk.round_summary import RoundSummary
from services.desk.rounds import ChosenRound, name_of
from services.desk.today.figures import RoundBar, figures
from services.desk.today.sight import Series, Sight
from services.documents.letters import labels_of
from services.documents.paper import Align, Cell, Column, Document, Sheet, Table
from services.people.people import Areas


@dataclass(frozen=True, slots=True)
class Told:
    """The page before it is drawn."""

    chosen: ChosenRound
    facts: SummaryFacts
    head: str
    lines: tuple[tuple[str, str], ...]
    """What each is about, and its words."""
    rounds: tuple[RoundBar, ...]
    named: tuple[str, ...]
    """What is said of each round."""


def blueprint(frame: Frame) -> Blueprint:
    pages = Blueprint("desk_summary", __name__, url_prefix="/desk/reports/summary", template_folder="templates")

    @pages.get("")
    @opens_to_roles(STAFF_ROLES)
    def summary() -> Response:
        with frame.runtime.sessions() as session:
            told = _told(frame, session)
        return frame.page(
            "summary.html",
            text("desk.summary.title", round=told.chosen.called),
            ROOM,
            told=told,
            round_name=name_of(told.chosen.round),
            copied="\n".join([told.head, *(words for _about, words in told.lines)]),
            drawing=charts.rounds(told.rounds, told.named),
        )

    @pages.get("/rows/<about>")
    @opens_to_roles(STAFF_ROLES)
    def rows(about: str) -> Response:
        """The districts that a line is made of."""
        with frame.runtime.sessions() as session:
            chosen = _chosen(frame, session)
            made = _summary(frame, session, chosen)
            facts, found = made.facts(), made.rows(about)
            line = next((words for key, words in made.lines(facts) if key == about), None) if facts else None
        if found is None:
            abort(404)
        return frame.page(
            "summary_rows.html",
            text("desk.summary.rows_title", round=chosen.called),
            ROOM,
            found=found,
            line=frame.words.say(line) if line is not None else "",
            state=lambda key: state_words(frame, key),
            address={"campaign": chosen.campaign.slug, "round": name_of(chosen.round)},
        )

    @pages.get("/file")
    @opens_to_roles(STAFF_ROLES)
    def file() -> Response:
        """The page as PDF."""
        from services.documents.writers.pdf import write_pdf  # noqa: PLC0415 - slow to load

        with frame.runtime.sessions() as session:
            told = _told(frame, session)
        answer = Response(write_pdf(_document(frame, told)), content_type="application/pdf")
        name = f"summary-{told.chosen.campaign.slug}-{name_of(told.chosen.round)}.pdf"
        answer.headers["Content-Disposition"] = f'inline; filename="{name}"'
        return answer

    return pages


def _chosen(frame: Frame, session: Session) -> ChosenRound:
    """Rounds of a duty have no summary."""
    chosen = round_of_province(frame, session)
    if chosen.round.duty:
        abort(404)
    return chosen


def _summary(frame: Frame, session: Session, chosen: ChosenRound) -> RoundSummary:
    words = frame.runtime.texts.catalogue(frame.words.locale, chosen.campaign)
    now = frame.runtime.clock.now().astimezone(BANGKOK)
    return RoundSummary(session, frame.runtime.forms, Areas(session, words), chosen.campaign, chosen.round, now)


def _told(frame: Frame, session: Session) -> Told:
    chosen = _chosen(frame, session)
    made, words = _summary(frame, session, chosen), frame.words
    facts = made.facts()
    if facts is None:
        abort(404)
    bars = _rounds(frame, made)
    lines = tuple((about, words.say(line)) for about, line in made.lines(facts))
    named = tuple(words.say(charts.round_line(bar)) for bar in bars)
    return Told(chosen, facts, words.say(lines_of.head(facts, made.now)), lines, bars, named)


def _rounds(frame: Frame, made: RoundSummary) -> tuple[RoundBar, ...]:
    """The campaign's rounds, as the first page has them."""
    visitor, series = frame.visitor, Series(made.campaign, "")
    real = frame.runtime.clock.real()
    about = (made.session, made.areas, made.forms, visitor.scope, visitor.roles, 0, made.now, real)
    return figures(Sight(*about, (series,)), series).rounds


def _document(frame: Frame, told: Told) -> Document:
    """One page: the lines, and the rounds beside each other."""
    words = frame.words

    def say(key: str) -> str:
        return words.say(text(key))

    heads = ("desk.summary.which_round", *(f"desk.today.legend.{kind}" for kind in ("done", "late", "open")))
    columns = tuple(
        Column(say(key), 25, align=Align.LEFT if key == heads[0] else Align.RIGHT)
        for key in (*heads, "desk.today.progress")
    )
    rows = tuple(
        (
            Cell(words.say(text("desk.reports.round", round=bar.called))),
            *(Cell(str(figure), figure) for figure in (bar.in_time, bar.late, bar.missing)),
            Cell(f"{bar.share}%" if bar.share is not None else "–"),
        )
        for bar in told.rounds
    )
    title = (words.say(text("desk.summary.title", round=told.chosen.called)),)
    meta = (told.head, *(line for _about, line in told.lines))
    given = told.chosen.campaign.settings.get("disclaimer") or {}
    note = str(given.get(words.locale) or given.get("th", ""))
    sheet = Sheet("summary", title, meta, Table(columns, rows), (note,) if note else (), landscape=False)
    return Document("summary", (sheet,), None, labels_of(words), words.locale)
