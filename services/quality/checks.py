"""Every check of the register by its key; a page of an office asks for one, the command for all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from sqlalchemy.orm import Session

from services.quality.figures import district_sums
from services.quality.findings import Finding, Where
from services.quality.households import copies, no_volunteer, other_year, two_volunteers
from services.quality.volunteers import few_volunteers, several_signatures, unknown_volunteers

Check = Callable[[Session, Where], Finding]

CHECKS: Final[Mapping[str, Check]] = {
    "few_volunteers": few_volunteers,
    "several_signatures": several_signatures,
    "no_volunteer": no_volunteer,
    "two_volunteers": two_volunteers,
    "unknown_volunteers": unknown_volunteers,
    "other_year": other_year,
    "copies": copies,
    "district_sums": district_sums,
}
