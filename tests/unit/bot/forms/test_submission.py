from __future__ import annotations

import datetime as dt
from xml.etree.ElementTree import fromstring

from bot.forms.submission import to_xml
from bot.forms.values import answer
from tests.unit.bot.forms.sheets import GROUP_END, MONDAY, Row, begun, calculate, number

ROWS: list[Row] = [
    {"type": "start", "name": "began", "label": ""},
    {"type": "end", "name": "ended", "label": ""},
    {"type": "today", "name": "day", "label": ""},
    number("a"),
    {"type": "begin_group", "name": "g", "relevant": "${a} = 1"},
    {"type": "text", "name": "b", "relevant": "${a} < 5"},
    GROUP_END,
    calculate("c", "${a} + 1"),
]


def test_a_submission_holds_the_values_of_what_applies() -> None:
    values = answer(begun(ROWS, instance_name="concat('no ', ${a})"), {"a": "1", "b": "x & <y>"})
    root = fromstring(to_xml(values, "uuid:7"))  # noqa: S314 - our own text
    assert (root.tag, root.attrib) == ("data", {"id": "f", "version": "1"})
    assert [element.tag for element in root] == ["began", "ended", "day", "a", "g", "c", "meta"]
    assert (root.findtext("g/b"), root.findtext("c"), root.findtext("day")) == ("x & <y>", "2", "2021-06-07")
    assert (root.findtext("meta/instanceID"), root.findtext("meta/instanceName")) == ("uuid:7", "no 1")
    assert root.findtext("began") == root.findtext("ended") == "2021-06-07T08:30:00.000+07:00"


def test_words_with_characters_that_xml_has_none_of_are_still_read_as_xml() -> None:
    values = answer(begun(ROWS), {"a": "1", "b": "น้ำท่วม\x0bถนนขาด\x01\uffff"})
    assert fromstring(to_xml(values, "uuid:7")).findtext("g/b") == "น้ำท่วม\nถนนขาด"  # noqa: S314 - our own text


def test_groups_and_boxes_that_do_not_apply_are_left_out() -> None:
    values = answer(begun(ROWS), {"a": "2", "b": "hidden"})
    xml = to_xml(values, "uuid:7", finished=MONDAY + dt.timedelta(minutes=5))
    assert b"hidden" not in xml
    assert b"<g>" not in xml
    assert b"<ended>2021-06-07T08:35:00.000+07:00</ended>" in xml


def test_a_form_without_meta_still_carries_its_id() -> None:
    values = begun([number("a")], omit_instanceID="yes")
    root = fromstring(to_xml(values, "uuid:8"))  # noqa: S314 - our own text
    assert root.findtext("meta/instanceID") == "uuid:8"
