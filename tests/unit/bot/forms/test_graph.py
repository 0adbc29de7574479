from __future__ import annotations

import pytest

from bot.forms.order import CycleError
from bot.forms.values import answer
from tests.unit.bot.forms.sheets import begun, calculate, number, refused


def test_what_reads_everything_is_computed_after_all_that_does_not_wait_for_it() -> None:
    rows = [
        number("a"),
        calculate("wide", "count(${a}/following-sibling::*[. != ''])"),
        calculate("later", "${a} + 1"),
        calculate("after", "${wide} * 10"),
    ]
    values = answer(begun(rows), {"a": "1"})
    assert (values.get("later"), values.get("after")) == ("2", str(int(values.get("wide")) * 10))


def test_every_box_of_a_circle_is_named() -> None:
    (problem,) = refused([number("a"), calculate("x", "${z}"), calculate("y", "${x}"), calculate("z", "${y}")])
    assert problem.args["names"] == "x, y, z"
    with pytest.raises(CycleError, match="x, y"):
        raise CycleError(["x", "y"])
