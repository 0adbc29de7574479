import datetime as dt
from decimal import Decimal

import pytest

from services.documents.templates import BLANK, Chosen, Printer, PrintError

PRINTER = Printer(lambda day: f"<{day.isoformat()}>")


def test_values_are_written_as_the_office_does() -> None:
    values = {"n": 12500, "d": dt.date(2021, 6, 11), "x": None, "s": Chosen("done", "finished"), "f": Decimal("1.50")}

    assert (
        PRINTER.fill("{{ n }} {{ d }} {{ x }} {{ s }} {{ f }}", values) == f"12,500 <2021-06-11> {BLANK} finished 1.5"
    )


def test_a_choice_is_compared_by_what_is_stored_and_printed_by_its_label() -> None:
    values = {"s": Chosen("done", "finished")}

    assert PRINTER.fill("{% if s == 'done' %}yes: {{ s }}{% endif %}", values) == "yes: finished"
    assert PRINTER.fill("{% if s == 'open' %}yes{% endif %}", values) == ""


def test_zero_is_a_number_and_not_a_blank() -> None:
    assert PRINTER.fill("{{ n }}", {"n": 0}) == "0"


def test_a_name_that_nobody_knows_is_a_fault_and_not_an_empty_cell() -> None:
    with pytest.raises(PrintError, match="box_99"):
        PRINTER.fill("{{ box_99 }}", {})


@pytest.mark.parametrize(
    "hostile",
    ["{{ ''.__class__.__mro__ }}", "{{ x.__init__.__globals__ }}", "{% for i in range(10**9) %}a{% endfor %}"],
)
def test_a_template_cannot_reach_into_the_machine(hostile: str) -> None:
    with pytest.raises(PrintError):
        PRINTER.fill(hostile, {"x": "1"})


def test_what_somebody_wrote_is_never_run_as_a_template() -> None:
    assert PRINTER.fill("{{ words }}", {"words": "{{ 7 * 7 }}"}) == "{{ 7 * 7 }}"


def test_lines_that_come_out_empty_are_left_out() -> None:
    assert PRINTER.fill("a\n{% if no %}b{% endif %}\n\nc", {"no": False}) == "a\nc"
