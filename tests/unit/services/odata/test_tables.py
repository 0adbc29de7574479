"""Names of columns: simple identifiers of at most 128 letters, each its own."""

from __future__ import annotations

import pytest

from services.odata.tables import columns_of
from tests.unit.bot.forms.sheets import form_of


@pytest.mark.timeout(20)
def test_boxes_whose_names_are_too_long_or_taken_get_names_of_their_own() -> None:
    long = "x" * 128
    boxes = [f"{long}a", f"{long}b", f"{long}c", "area", "area_box"]
    form = form_of([{"type": "text", "name": name, "label": name} for name in boxes])
    named = {column.box: column.name for column in columns_of(form) if column.box}
    assert list(named) == boxes
    assert max(len(name) for name in named.values()) == 128
    assert len({column.name for column in columns_of(form)}) == len(list(columns_of(form)))
    assert named["area"] == "area_box"
