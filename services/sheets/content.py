"""What stands on the paper of villages, read from the register: rows in the order that the chat understands."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.conversation.household.checks import Case
from bot.conversation.household.names import House, name_of, written
from bot.messages.bubbles import Text, Value
from bot.messages.catalogue import LOCALES, Catalogue
from models.area import Area, AreaKind, Household, inside
from models.campaign import Campaign
from services.campaigns.household_cases import cases_of
from services.evidence.checks import LIST_ORDER
from services.people.people import Areas
from services.sheets.codes import code_qr

_DISTRICT = 4
"""Digits of a district's code."""
BLANKS = 8
"""Rows for houses that the register does not know."""


@dataclass(frozen=True, slots=True)
class Village:
    """One village's part."""

    place: str
    join: str
    """How its leader joins, in lines."""
    qr: str
    """An SVG; empty where LINE's account is not known."""
    rows: tuple[tuple[int, str, str], ...] = ()
    """Number, house, head of household."""


@dataclass(frozen=True)
class Content:
    """Reads what is printed, in the language of `catalogue`. `account` is LINE's basic id, or empty."""

    session: Session
    catalogue: Catalogue
    campaign: Campaign | None
    account: str = ""

    def villages(self, area_code: str) -> list[str]:
        """The village itself, or all of a district, by code. Raises LookupError for another area, or an empty one."""
        area = self.session.get(Area, area_code)
        if area is None or area.kind not in {AreaKind.VILLAGE, AreaKind.DISTRICT}:
            raise LookupError(area_code)
        here = Area.kind == AreaKind.VILLAGE.value, inside(Area.code, area_code)
        found = list(self.session.scalars(select(Area.code).where(*here).order_by(Area.code)))
        if not found:
            raise LookupError(area_code)
        return found

    def districts(self, province: str) -> list[str]:
        """Those of a province that have villages, by code. Raises LookupError when none has."""
        villages = Area.kind == AreaKind.VILLAGE.value, inside(Area.code, province)
        found = sorted(set(self.session.scalars(select(func.substr(Area.code, 1, _DISTRICT)).where(*villages))))
        if not found:
            raise LookupError(province)
        return found

    def officer(self, district: str, code: str, until: dt.date) -> Village:
        """A district with what its officer has to do to join, with the personal code."""
        key = "sheet.officers.join" if self.account else "sheet.officers.join_without_qr"
        join = self._say(key, code=code, account=self.account, day=until)
        return Village(self.place(district), join, code_qr(self.account, code, border=1))

    def with_rows(self, code: str) -> Village:
        """A village with its rows, for the visit sheet."""
        join = self._say("sheet.visit.join", **self._joining(code))
        return Village(self.place(code), join, self._qr(code), self._rows(code))

    def village(self, code: str) -> Village:
        """A village with what its leader has to do to join, for its sign."""
        key = "sheet.signs.join" if self.account else "sheet.signs.join_without_qr"
        return Village(self.place(code), self._say(key, **self._joining(code)), self._qr(code))

    def legend(self) -> str:
        """What each mark of a case means, in one sentence of the sheet."""
        said = [self._say("sheet.visit.case", mark=case.symbol or case.number, title=case.title) for case in self.cases]
        return self._say("sheet.visit.legend", list=tuple(said)) if said else ""

    @property
    def cases(self) -> tuple[Case, ...]:
        return cases_of(self.campaign.settings if self.campaign else None, self.catalogue.locale)

    @property
    def survey(self) -> str:
        """What the work is called."""
        titles = self.campaign.settings["titles"] if self.campaign else {}
        return str(titles.get(self.catalogue.locale) or titles.get(LOCALES[0]) or "")

    def place(self, code: str) -> str:
        """An area's full name."""
        return Areas(self.session, self.catalogue)[code].name

    def _joining(self, code: str) -> dict[str, Value]:
        return {"words": self._say("join.village_words", code=code), "account": self.account}

    def _qr(self, code: str) -> str:
        return code_qr(self.account, self._say("join.village_words", code=code), border=1)

    def _rows(self, code: str) -> tuple[tuple[int, str, str], ...]:
        columns = Household.house_no, Household.near, Household.ordinal, Household.head_name
        listed = select(*columns).where(Household.village_code == code, Household.registered)
        found = self.session.execute(listed.order_by(*LIST_ORDER))
        return tuple(
            (number, self._written(House(row.house_no, row.near, row.ordinal)), row.head_name)
            for number, row in enumerate(found, 1)
        )

    def _written(self, house: House) -> str:
        shown = written(name_of(house))
        return shown if isinstance(shown, str) else self.catalogue.say(shown)

    def _say(self, key: str, **values: Value) -> str:
        return self.catalogue.say(Text(key, values))
