"""Which figures a campaign's summary tells, and in which words: the `summary` of campaign.yaml, and its check.

summary:
form: followup                       # left out: the form that districts answer, where there is one
figures:
- percent: {of: checked, to: target}
text: {th: "ตรวจแล้ว {checked} จาก {target} ({percent}) ของ {reports} อำเภอ", en: "..."}
district: {th: "...", en: "..."}   # for one district; left out: as text
problems: {box: problem_kinds, none: [none]}
help: {of: checked, to: target, below: 50}
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.forms.compiled import CompiledForm
from bot.messages.formats import number
from services.campaigns.fault import Fault

_SLOT = re.compile(r"\{([^{}]*)\}")
_OWN = frozenset({"percent", "reports"})
"""Places in a text that are no boxes."""
_KEYS = frozenset({"form", "figures", "problems", "help"})
_MARK = 50
_NOTHING = "-"


@dataclass(frozen=True, slots=True)
class Share:
    part: str
    whole: str
    below: int = _MARK
    """Per cent under which a district is named as one to help."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One line: its words by locale, with the boxes that are put into it."""

    text: Mapping[str, str]
    district: Mapping[str, str]
    percent: Share | None

    @property
    def boxes(self) -> frozenset[str]:
        texts = (*self.text.values(), *self.district.values())
        named = {name for words in texts for name in _SLOT.findall(words)} - _OWN
        return frozenset(named | ({self.percent.part, self.percent.whole} if self.percent else set()))

    @property
    def counted_by(self) -> str:
        """The box whose districts {reports} counts."""
        return self.percent.whole if self.percent else next(iter(sorted(self.boxes)), "")


@dataclass(frozen=True, slots=True)
class SummaryPlan:
    form: str = ""
    """Key of the form; empty where the campaign has no summary."""
    figures: tuple[Figure, ...] = ()
    problems: str = ""
    """Box of the kinds of problems: a select_multiple."""
    no_problem: frozenset[str] = frozenset()
    help: Share | None = None

    @property
    def boxes(self) -> frozenset[str]:
        found = {name for figure in self.figures for name in figure.boxes} | {self.problems}
        return frozenset(found | ({self.help.part, self.help.whole} if self.help else set()))

    def lines(
        self, locale: str, total: Callable[[str], float], districts: Callable[[str], int], *, district: bool
    ) -> tuple[str, ...]:
        """The figures in words. `total` sums a box, `districts` counts those that answered it; a line without any
        answer is left out, and a box of it that nobody answered is told as such."""
        return tuple(
            _line(figure, locale, total, districts, district=district)
            for figure in self.figures
            if districts(figure.counted_by)
        )


def _line(
    figure: Figure, locale: str, total: Callable[[str], float], districts: Callable[[str], int], *, district: bool
) -> str:
    """What nobody has answered is no 0."""
    texts = figure.district if district and figure.district else figure.text
    words = texts.get(locale) or texts["th"]

    def fill(found: re.Match[str]) -> str:
        name = found[1]
        if name == "reports":
            return number(districts(figure.counted_by))
        if name == "percent":
            return _percent(figure.percent, total) if _answered(figure.percent, districts) else _NOTHING
        return _written(total(name)) if districts(name) else _NOTHING

    return _SLOT.sub(fill, words)


def _answered(share: Share | None, districts: Callable[[str], int]) -> bool:
    return share is not None and districts(share.part) > 0


def _percent(share: Share | None, total: Callable[[str], float]) -> str:
    whole = total(share.whole) if share is not None else 0
    return f"{round(100 * total(share.part) / whole)}%" if share is not None and whole else _NOTHING


def _written(value: float) -> str:
    return number(int(value)) if value == int(value) else f"{value:,.2f}".rstrip("0").rstrip(".")


def plan_of(settings: Mapping[str, Any]) -> SummaryPlan:
    """The plan of a loaded campaign; an empty one where it has none."""
    given: Mapping[str, Any] = settings.get("summary") or {}
    problems: Mapping[str, Any] = given.get("problems") or {}
    return SummaryPlan(
        form=str(given.get("form", "")),
        figures=tuple(_figure(item) for item in given.get("figures", ())),
        problems=str(problems.get("box", "")),
        no_problem=frozenset(str(name) for name in problems.get("none", ())),
        help=_share(given.get("help")),
    )


def _figure(given: Mapping[str, Any]) -> Figure:
    return Figure(dict(given["text"]), dict(given.get("district") or {}), _share(given.get("percent")))


def _share(given: Mapping[str, Any] | None) -> Share | None:
    return Share(str(given["of"]), str(given["to"]), int(given.get("below", _MARK))) if given else None


def kept_summary(config: Mapping[str, Any]) -> dict[str, Any]:
    """What is kept of it with the campaign's row; the form is named where it was left out."""
    if not isinstance(config.get("summary"), dict):
        return {}
    return {"summary": {"form": only_form(config), **config["summary"]}}


def only_form(config: Mapping[str, Any]) -> str:
    """Key of the form that districts answer; "" where there is none, or several."""
    of_districts = [key for key, spec in config["forms"].items() if spec.get("unit") == "district"]
    return of_districts[0] if len(of_districts) == 1 else ""


def wrong_summary(config: Mapping[str, Any], forms: Mapping[str, CompiledForm]) -> list[Fault]:
    """A sentence for each fault of `summary` in campaign.yaml. `forms`: what could be compiled, by key."""
    if config.get("summary") is None:
        return []
    if not isinstance(config["summary"], dict):
        return [Fault("summary: it holds no settings", "shape", name="summary")]
    given = kept_summary(config)["summary"]
    faults = [Fault(f"no such setting: {name}", "setting", name=name) for name in given if name not in _KEYS]
    if given["form"] not in config["forms"]:
        named = str(given["form"] or "none")
        faults.append(Fault(f"form: {named!r} is no form of the campaign", "no_form", name=named))
        return [fault.within("summary", "summary") for fault in faults]
    faults += _wrong_parts(given)
    if not faults and given["form"] in forms:
        boxes = forms[given["form"]].questions
        wanted = sorted(plan_of({"summary": given}).boxes - {""})
        faults += [
            Fault(f"{name!r} is no box of the form", "no_box", name=name) for name in wanted if name not in boxes
        ]
    return [fault.within("summary", "summary") for fault in faults]


def _wrong_parts(given: Mapping[str, Any]) -> Iterator[Fault]:
    figures = given.get("figures", ())
    if not isinstance(figures, Sequence) or isinstance(figures, str):
        yield Fault("figures is no list", "shape", name="figures")
        return
    for place, figure in enumerate(figures, 1):
        if not isinstance(figure, dict) or not isinstance(figure.get("text"), dict) or not figure["text"].get("th"):
            yield Fault(f"figures: line {place}: text: th is missing", "no_thai", name=f"figures {place}")
        elif "percent" in figure and not _is_share(figure["percent"]):
            yield Fault(f"figures: line {place}: percent: write of and to", "shape", name=f"figures {place} percent")
    if "help" in given and not _is_share(given["help"]):
        yield Fault("help: write of and to", "shape", name="help")
    if "problems" in given and not (isinstance(given["problems"], dict) and given["problems"].get("box")):
        yield Fault("problems: box is missing", "missing", name="problems box")


def _is_share(given: object) -> bool:
    return isinstance(given, dict) and bool(given.get("of")) and bool(given.get("to"))
