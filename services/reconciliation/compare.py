"""Figures of nested areas side by side, and the smallest areas in which a difference arises. Pure.

Every area has one reference, and each of its other figures a gap to it. A gap that the areas below add up to arises
there; what they leave over arises in the area itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

DASHBOARD: Final = "dashboard"
"""The Department's figure of the area."""
PARTS: Final = "parts"
"""The sum of the Department's figures of the areas right below."""
REGISTER: Final = "register"
"""The sum over the villages of the register."""

PROVINCE, DISTRICT, TAMBON = 2, 4, 6
"""Digits of codes."""


@dataclass(frozen=True, slots=True)
class Figure:
    value: int
    counted: int = 1
    """Of how many areas it is the sum."""
    expected: int = 1

    @property
    def complete(self) -> bool:
        return self.counted >= self.expected


Figures = Mapping[str, Mapping[str, Figure]]
"""Source -> code of the area -> figure. Sources beside those above are boxes of the reports, by their names."""


@dataclass(frozen=True, slots=True)
class Line:
    """One area."""

    code: str
    figures: Mapping[str, Figure]
    reference: str
    """The source that the others are measured by; "" where nothing is known."""
    gaps: Mapping[str, int] = field(default_factory=dict)
    """Source -> what it has more than the reference; the reference itself is left out."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A difference, where it arises."""

    code: str
    source: str
    against: str
    """The reference's source."""
    gap: int
    missing: tuple[str, ...] = ()
    """Areas below without a figure."""
    waiting: bool = False
    """What is missing may be all there is to it: wait, rather than search."""
    also: tuple[str, ...] = ()
    """Further sources of the area that say the same as `source`."""


@dataclass(frozen=True)
class Comparison:
    lines: Mapping[str, Line]
    """By code, an area before what lies in it."""
    findings: tuple[Finding, ...]
    """Those where the most arises first."""

    @property
    def differences(self) -> tuple[Finding, ...]:
        return tuple(found for found in self.findings if not found.waiting)


def compare(codes: Sequence[str], figures: Figures) -> Comparison:
    """`codes`: provinces, districts and tambons, in order, each below the one that it begins with."""
    below = _below(codes)
    parts = dict(_parts(below, figures))
    everything: dict[str, Mapping[str, Figure]] = {DASHBOARD: {}, PARTS: parts, **figures}
    lines = {code: _line(code, everything) for code in codes}
    found = [finding for code in codes for finding in _together(_arising(lines, below.get(code, ()), code))]
    found.sort(key=lambda finding: (finding.waiting, -abs(finding.gap), finding.code))
    return Comparison(lines, tuple(found))


def _below(codes: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for code in codes:
        found.setdefault(code[:-2], []).append(code)
    return found


def _parts(below: Mapping[str, Sequence[str]], figures: Figures) -> Iterator[tuple[str, Figure]]:
    """A tambon without villages is not waited for."""
    said, listed = figures.get(DASHBOARD, {}), figures.get(REGISTER, {})
    for code, inner in below.items():
        known = [said[one].value for one in inner if one in said]
        if code and known:
            expected = sum(one in said or one in listed or code not in listed for one in inner)
            yield code, Figure(sum(known), len(known), expected)


def _line(code: str, figures: Figures) -> Line:
    own = {source: found[code] for source, found in figures.items() if code in found}
    if DASHBOARD in own:
        reference = DASHBOARD
    else:
        reference = next((source for source, figure in own.items() if figure.complete), "")
    if not reference:
        return Line(code, own, "")
    by = own[reference].value
    return Line(code, own, reference, {one: own[one].value - by for one in own if one != reference})


def _arising(lines: Mapping[str, Line], inner: Sequence[str], code: str) -> Iterator[Finding]:
    line = lines[code]
    for source, gap in line.gaps.items():
        if source == PARTS:
            if gap:
                yield _of_parts(line, lines, inner, gap)
            continue
        left = _left_over(line, lines, inner, source, gap)
        missing = tuple(one for one in inner if lines[one].reference and source not in lines[one].figures)
        if not left:
            continue
        lacking = sum(lines[one].figures[lines[one].reference].value for one in missing)
        figure = line.figures[source]
        waiting = not figure.complete and (left + lacking == line.gaps.get(PARTS, 0) or (not missing and left < 0))
        yield Finding(code, source, line.reference, left, missing if not figure.complete else (), waiting)


def _together(found: Iterable[Finding]) -> list[Finding]:
    """Sources of one area that differ from the reference by the same are one finding."""
    kept: list[Finding] = []
    for one in found:
        place = next((at for at, other in enumerate(kept) if _alike(one, other)), None)
        if place is None:
            kept.append(one)
        else:
            kept[place] = replace(kept[place], also=(*kept[place].also, one.source))
    return kept


def _alike(one: Finding, other: Finding) -> bool:
    whole = not (one.missing or other.missing or one.waiting or other.waiting)
    return whole and PARTS not in {one.source, other.source} and one.gap == other.gap


def _of_parts(line: Line, lines: Mapping[str, Line], inner: Sequence[str], gap: int) -> Finding:
    figure = line.figures[PARTS]
    missing = () if figure.complete else tuple(one for one in inner if DASHBOARD not in lines[one].figures)
    return Finding(line.code, PARTS, line.reference, gap, missing, bool(missing) and gap < 0)


def _left_over(line: Line, lines: Mapping[str, Line], inner: Sequence[str], source: str, gap: int) -> int:
    """What of a gap arises in the area itself; 0 where the areas below, or another difference here, explain it."""
    known = [lines[one] for one in inner if source in lines[one].gaps]
    if not known:
        return gap
    left = gap - sum(one.gaps[source] for one in known)
    elsewhere = {line.gaps.get(PARTS, 0), *(line.gaps.get(one.reference, 0) for one in known)}
    return 0 if left in elsewhere else left
