from __future__ import annotations

import json

from bot.forms.explained import reason, standing, without_message
from bot.forms.values import Values, answer
from tests.unit.bot.forms.sheets import begun, number

FIGURES = {"a": "3", "b": ""}


def draft(**values: str) -> Values:
    return answer(begun([number("a"), number("b")]), values)


def test_a_reason_stands_while_its_figures_do() -> None:
    given = {"a.soft": reason("นับซ้ำ", FIGURES), "b.soft": reason("รอข้อมูล", {"b": "9"})}
    assert [*standing(given, draft(a="3"))] == ["a.soft"]
    assert standing(given, draft(a="4")) == {}
    assert standing(given, draft(a="3", b="1")) == {}


def test_a_reason_about_a_box_that_is_gone_is_gone() -> None:
    assert standing({"old.soft": reason("นับซ้ำ", {"old": "3"})}, draft(a="3")) == {}


def test_a_message_takes_its_own_reasons_back_and_no_others() -> None:
    given = {
        "a": reason("หนึ่ง", FIGURES, "m1"),
        "b": reason("สอง", FIGURES, "m2", before="7"),
        "c": reason("แตะปุ่ม", FIGURES),
    }
    assert [*without_message(given, "m1")] == ["b", "c"]
    assert json.loads(json.dumps(given)) == given
    assert given["c"] == {"words": "แตะปุ่ม", "figures": FIGURES}
