"""The tables that `make june` prints, as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from benchmarks.june.calendar import KINDS, ROUNDS
from benchmarks.june.judge import judge, lines
from benchmarks.june.scenarios import Played, slots_of

WHOM = {
    "opening": "officer",
    "day_before": "officer",
    "due_day": "officer, deputy",
    "staff_summary": "5 staff",
    "overdue": "officer, head",
}


def table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Aligned, so that it can be read in a terminal as well."""
    cells = [[str(cell) for cell in row] for row in rows]
    widths = [max(len(head), *(len(row[place]) for row in cells)) for place, head in enumerate(heads)]
    whole = [list(heads), ["-" * width for width in widths], *cells]
    return "\n".join(
        "| " + " | ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)) + " |" for row in whole
    )


def summary(every: Iterable[Played]) -> str:
    """One row for each June: what was to be heard, what was."""
    heads = (
        "June",
        "seed",
        "to hear",
        "heard",
        "missed",
        "after reporting",
        "twice",
        "dropped and listed",
        "billed",
        "",
    )
    return table(heads, [_summary_row(played) for played in every])


def _summary_row(played: Played) -> tuple[object, ...]:
    found = lines(played)
    missed = sum(len(line.missed) for line in found) - len(played.dropped)
    return (
        played.scenario.name,
        played.seed,
        sum(len(line.expected) for line in found),
        sum(len(line.heard) for line in found),
        missed,
        sum(len(line.astray) for line in found),
        sum(line.twice for line in found),
        len(played.dropped),
        f"{len(played.heard)} of at most {played.scenario.most}",
        "fails" if judge(played) else "holds",
    )


def by_kind(played: Played) -> str:
    """Messages of each kind and round."""
    counted = {line.slot: line for line in lines(played)}
    rows: list[tuple[object, ...]] = []
    for kind in KINDS:
        each = [counted[slot].messages for slot in slots_of(kind)]
        rows.append((kind, WHOM[kind], *each, sum(each)))
    totals = [
        sum(counted[slot].messages for kind in KINDS for slot in slots_of(kind) if slot.round == n) for n in ROUNDS
    ]
    rows.append(("**all**", "", *totals, sum(totals)))
    return table(("kind", "to whom", *(f"round {number}" for number in ROUNDS), "messages"), rows)


def by_time(played: Played) -> str:
    """Each planned time: who owed, who was to hear it, who did."""
    rows = [
        (
            f"{line.slot.at:%a %d %H:%M}",
            line.slot.round,
            line.slot.kind,
            line.owed,
            len(line.expected),
            len(line.heard),
            len(line.missed),
            len(line.astray),
            line.twice,
        )
        for line in lines(played)
    ]
    heads = ("June 2564", "round", "kind", "districts that owe", "to hear it", "heard", "missed", "astray", "twice")
    return table(heads, rows)


def dropped_by_kind(played: Played) -> str:
    """What the quota left no room for, in the order in which it gave way."""
    rows = []
    for kind in KINDS:
        each = [sum(item.entry == kind and item.round_number == number for item in played.dropped) for number in ROUNDS]
        sent = [line.messages for line in lines(played) if line.slot.kind == kind]
        rows.append((kind, *(f"{kept} sent, {gone} dropped" for kept, gone in zip(sent, each, strict=True))))
    return table(("kind", *(f"round {number}" for number in ROUNDS)), rows)
