"""Drafts and reports of the pure world: kept as JSON text, as a table would keep them, and held to the form's rules."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.conversation import effects as do
from bot.conversation import report_facts as about
from bot.conversation.facts import ObligationFacts, PersonFacts
from bot.conversation.report_facts import ReportFacts
from bot.forms.compiled import CompiledForm
from bot.forms.environment import Known
from bot.forms.explained import standing
from bot.forms.values import ProblemKind, Values, from_json, refresh, start
from tests.support.pure_loei import COLLEAGUES, DISTRICT, DUE, OPENS, loei_form, loei_known
from tests.support.runtime import MONDAY


class WrongEffectError(AssertionError):
    """The core wanted something that services would refuse, or would store something that is not valid."""


@dataclass(slots=True)
class Draft:
    answers: Any
    skipped: tuple[str, ...]
    amends: int | None
    row_version: int
    updated_by: int
    explained: Any
    """Reasons for remarks, kept as the answers are."""


@dataclass
class PureReports:
    """What one district owes for rounds 1 to 3. Obligations have the numbers of their rounds as ids."""

    form: CompiledForm = field(default_factory=loei_form)
    known: Mapping[str, tuple[str, str]] = field(default_factory=loei_known)
    serialised: bool = True
    """False: answers stay the objects that they are, to compare with."""
    now: dt.datetime = MONDAY
    drafts: dict[int, Draft] = field(default_factory=dict)
    reports: dict[int, list[Any]] = field(default_factory=dict)
    """Answers of every version, oldest first."""
    reasons: dict[int, Any] = field(default_factory=dict)
    """Of the newest version, for remarks."""

    def obligation(self, number: int) -> ObligationFacts:
        versions = len(self.reports.get(number, []))
        return ObligationFacts(
            id=number,
            form_key="followup",
            round_number=number,
            area=DISTRICT,
            opens_at=OPENS[number],
            due_at=DUE[number],
            closed=False,
            settled=versions > 0,
            late=False,
            draft_exists=number in self.drafts,
            versions=versions,
            state="submitted" if versions else "partly" if number in self.drafts else "open",
        )

    def _known(self, number: int, person: PersonFacts | None) -> Known:
        own = {"round": str(number), "area_code": DISTRICT.code, "reporter": person.name if person else ""}
        return Known(
            {**own, **{name: value for name, (value, _source) in self.known.items()}},
            {name: source for name, (_value, source) in self.known.items()},
        )

    def values(self, number: int, person: PersonFacts | None = None) -> Values:
        """The draft's answers, or else the latest version's, or what a new draft begins with."""
        draft, sent = self.drafts.get(number), self.reports.get(number)
        known = self._known(number, person)
        stored = draft.answers if draft else sent[-1] if sent else None
        if stored is None:
            return start(self.form, known, self.now, f"seed {number}")
        return refresh(self._taken(stored), known, self.now)

    def _kept(self, answers: Any) -> Any:
        return json.dumps(answers) if self.serialised else answers

    def _taken(self, stored: Any) -> Values:
        return from_json(self.form, self._read(stored))

    def _read(self, stored: Any) -> Any:
        if stored is None:
            return {}
        return json.loads(stored) if self.serialised else stored

    def _report(self, number: int, person: PersonFacts | None) -> ReportFacts:
        draft, sent = self.drafts.get(number), self.reports.get(number)
        known = self._known(number, person)
        return ReportFacts(
            obligation=self.obligation(number),
            form=self.form,
            form_version_id=1,
            values=self.values(number, person),
            skipped=frozenset(draft.skipped if draft else ()),
            row_version=draft.row_version if draft else None,
            updated_by=draft.updated_by if draft else None,
            updated_by_name="วิชัย ตัวอย่าง" if draft else "",
            updated_at=self.now if draft else None,
            amends=draft.amends if draft else len(sent) if sent else None,
            sent=refresh(self._taken(sent[-1]), known, self.now) if sent else None,
            known_sources=known.sources,
            reference=f"{DISTRICT.code}-{number}-{len(sent or ()) + 1:02d}",
            rounds=tuple(self.obligation(each) for each in OPENS),
            explained=self._read(draft.explained) if draft else self._read(self.reasons.get(number)),
            people={each.id: each.name for each in COLLEAGUES},
            last=self._last(number),
        )

    def _last(self, number: int) -> about.LastReport | None:
        earlier = [each for each in self.reports if each < number]
        if not earlier:
            return None
        nearest = max(earlier)
        reasons = self._read(self.reasons.get(nearest))
        return about.LastReport(nearest, self._taken(self.reports[nearest][-1]), reasons)

    def _same(self, number: int, row_version: int | None) -> None:
        draft = self.drafts.get(number)
        if (draft.row_version if draft else None) != row_version:
            raise WrongEffectError(f"row version {row_version} of {draft}")

    def _save(self, effect: do.SaveDraft, person: PersonFacts | None) -> None:
        if person is None:
            raise WrongEffectError("nobody stores an answer")
        self._same(effect.obligation_id, effect.row_version)
        self.drafts[effect.obligation_id] = Draft(
            answers=self._kept(effect.answers),
            skipped=effect.skipped,
            amends=effect.amends,
            row_version=(effect.row_version or 0) + 1,
            updated_by=person.id,
            explained=self._kept(dict(effect.explained)),
        )
        self._require_valid(effect.obligation_id, complete=False)

    def _submit(self, number: int, row_version: int, person: PersonFacts | None) -> None:
        self._same(number, row_version)
        self._require_valid(number, complete=True)
        values = self.values(number, person)
        self.reports.setdefault(number, []).append(self._kept(values.to_json()))
        self.reasons[number] = self._kept(dict(standing(self._read(self.drafts.pop(number).explained), values)))

    def _require_valid(self, number: int, *, complete: bool) -> None:
        """No stored value may break a rule of the form; in a report nothing that is required may be missing."""
        wrong = [
            problem
            for problem in self.values(number).problems()
            if complete or problem.kind is not ProblemKind.REQUIRED
        ]
        if wrong:
            raise WrongEffectError(f"stored: {wrong}")
