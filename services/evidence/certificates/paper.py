"""The words of a certificate as they are printed, and the PDF that they become.

Thai digits and full dates, as in letters; the reference and the check code stay as they are typed. The same
certificate always becomes the same file.
"""

from __future__ import annotations

import datetime as dt
import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

import segno

from bot.conversation.household.checks import Case, VillageCounts
from bot.conversation.household.names import written
from bot.messages.bubbles import Value, text
from bot.messages.catalogue import Catalogue
from bot.messages.formats import number, thai_digits
from models.certificate import Certificate
from services.calendar import BANGKOK

TEMPLATE: Final = Path(__file__).with_name("certificate.typ")
GROUP: Final = 4
"""Letters of a check code that stand together."""


@dataclass(frozen=True, slots=True)
class Signed:
    """One of the two who have signed."""

    name: str
    position: str
    drawing: bytes
    """PNG."""


@dataclass(frozen=True)
class Paper:
    """A certificate with all that its paper says. The catalogue is the one that it is printed in."""

    row: Certificate
    areas: Mapping[str, str | int]
    """Names of village, tambon, district and province by kind; moo, where the village has a number."""
    cases: tuple[Case, ...]
    project: str
    disclaimer: str
    leader: Signed
    inspector: Signed
    leader_signed: dt.datetime
    check_page: str
    catalogue: Catalogue

    def say(self, name: str, **values: Value) -> str:
        """A text below certificate.paper, with Thai digits."""
        return thai_digits(self.catalogue.say(text(f"certificate.paper.{name}", **values)))

    def described(self) -> dict[str, Any]:
        """What the template is given."""
        return {**self._head(), **self._tables(), **self._foot()}

    def _head(self) -> dict[str, Any]:
        as_of = self.row.as_of.astimezone(BANGKOK)
        further = (self.row.number or 1) > 1
        return {
            "reference": self.row.reference,
            "title": self.say("title"),
            "further": self.say("further", n=self.row.number or 1) if further else "",
            "project": thai_digits(self.project),
            "number_label": self.say("number_label"),
            "area": self.say("area" if "moo" in self.areas else "community", **self.areas),
            "as_of": self.say("as_of", date=self._date(as_of), time=as_of),
        }

    def _date(self, moment: dt.datetime) -> str:
        return self.catalogue.calendar.in_letters(moment.astimezone(BANGKOK).date())

    def _tables(self) -> dict[str, Any]:
        counts = VillageCounts.from_json(self.row.counts)
        lacking = [*_lacking(self, counts)]
        return {
            "counts_title": self.say("counts_title"),
            "counts_head": [self.say("item"), self.say("households")],
            "counts": [[self.say(f"count.{name}"), _digits(n)] for name, n in _figures(counts)],
            "cases_title": self.say("cases_title"),
            "cases_head": [self.say("case"), self.say("symbol"), self.say("what"), self.say("households")],
            "cases": [self._case(case, counts.by_case.get(case.key, 0)) for case in self.cases],
            "lacking_title": self.say("lacking_title", n=len(lacking)),
            "lacking_head": [self.say("row"), self.say("house"), self.say("lacks")],
            "lacking": [[_digits(row), house, what] for row, (house, what) in enumerate(lacking, 1)],
            "nothing_lacks": self.say("nothing_lacks"),
        }

    def _case(self, case: Case, n: int) -> list[str]:
        return [thai_digits(case.number), case.symbol or "-", case.title, _digits(n)]

    def house(self, name: str) -> str:
        """A household as people read it, in Thai digits."""
        return thai_digits(self.catalogue.say(written(name)))

    def _foot(self) -> dict[str, Any]:
        certified_at = self.row.certified_at or self.row.as_of
        signers = (("leader", self.leader, self.leader_signed), ("inspector", self.inspector, certified_at))
        return {
            "certify": self.say("certify"),
            "signers": [
                {
                    "name": f"({who.name})",
                    "position": "" if who.position == self.say(f"role.{role}") else thai_digits(who.position),
                    "role": self.say(f"role.{role}"),
                    "date": self.say("date", date=self._date(moment)),
                    "drawing": list(who.drawing),
                }
                for role, who, moment in signers
            ],
            "qr": _qr(self.check_page),
            "code_label": self.say("code_label"),
            "code": grouped(self.row.check_code),
            "check": self.say("check"),
            "address": self.check_page,
            "disclaimer": self.disclaimer,
            "footer": f"{self.say('footer')} {self.row.reference}",
            "page": self.say("page"),
        }


def _figures(counts: VillageCounts) -> Iterable[tuple[str, int]]:
    yield "total", counts.total
    if counts.added:
        yield "added", counts.added
    yield "checked", counts.checked
    yield "complete", counts.complete
    yield "lacking", len(counts.lacking)
    yield "unchecked", len(counts.unchecked)


def _lacking(paper: Paper, counts: VillageCounts) -> Iterable[tuple[str, str]]:
    """(house, what it lacks), the checked ones first, in the order of the list."""
    for house, parts in counts.lacking:
        yield paper.house(house), paper.say(f"part.{'_'.join(parts)}")
    for house in counts.unchecked:
        yield paper.house(house), paper.say("part.all")


def _digits(n: int) -> str:
    return thai_digits(number(n))


def grouped(code: str) -> str:
    """A check code as it is printed: 3F7K-NM4A-9CXT."""
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def _qr(address: str) -> str:
    out = io.BytesIO()
    segno.make(address, error="m", micro=False).save(out, kind="svg", xmldecl=False, border=0, scale=4)
    return out.getvalue().decode()


def pdf(described: Mapping[str, Any]) -> bytes:
    """The document of what `Paper.described` gave: the same for the same."""
    made = _compiled(described, "pdf", 144)
    return made if isinstance(made, bytes) else b"".join(made)


def pictures(described: Mapping[str, Any], ppi: int = 100) -> list[bytes]:
    """Each page as a PNG."""
    made = _compiled(described, "png", ppi)
    return [made] if isinstance(made, bytes) else list(made)


def _compiled(described: Mapping[str, Any], kind: Literal["pdf", "png"], ppi: int) -> bytes | list[bytes]:
    # both take a moment and tens of megabytes: loaded when the first paper is made
    import fontpkg_sarabun  # type: ignore[import-untyped]  # noqa: PLC0415
    import typst  # noqa: PLC0415

    made: bytes | list[bytes] = typst.compile(
        TEMPLATE,
        format=kind,
        ppi=ppi,
        font_paths=[fontpkg_sarabun.ROOT / "files"],
        ignore_system_fonts=True,
        sys_inputs={"paper": json.dumps(described, ensure_ascii=False)},
    )
    return made
