"""What a report takes over from the one before, and what it leaves; what a form may ask of the last report."""

from __future__ import annotations

import json
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.forms.carry import carried, carry, drop, left_out, take
from bot.forms.environment import Known
from bot.forms.values import Values, answer, from_json, refresh, start
from tests.unit.bot.forms.sheets import MONDAY, OURS, Row, begun, form_of

STATUS: list[Row] = [
    {"list_name": "st", "name": "doing", "label": "Doing", "when": ""},
    {"list_name": "st", "name": "done", "label": "Done", "when": ""},
]
SURVEY: list[Row] = [
    {"type": "xml-external", "name": "known"},
    {"type": "select_one st", "name": "status", "required": "yes"},
    {"type": "integer", "name": "total", "default": "instance('known')/root/total"},
    {"type": "integer", "name": "count", "required": "yes", "constraint": "${total} = '' or . <= ${total}"},
    {"type": "text", "name": "story"},
    {"type": "text", "name": "why", "bind::tidtam:carry": "false()"},
    {"type": "date", "name": "day", "default": "today()"},
    {"type": "image", "name": "photo"},
]
KNOWN = Known({"total": "50"}, {"total": "register"})


def draft(known: Known = KNOWN) -> Values:
    return begun(SURVEY, STATUS, known, namespaces=OURS)


def sent(**answers: str) -> Values:
    given = {"status": "doing", "count": "21", "why": "rain", "photo": "a.jpg", **answers}
    return answer(draft(), given)


def test_what_people_gave_is_carried_with_its_round_and_nothing_else() -> None:
    values = carry(draft(), sent(), 1)
    assert carried(values) == ("status", "count")
    assert values.answers["count"].meta == {"round": 1}
    assert (values.get("why"), values.get("photo"), values.get("story")) == ("", "", "")
    assert values.source("count") == "last"
    assert values.source("total") == "register"
    assert not values.supplied("count")
    assert values.supplied("total")


def test_a_known_value_is_the_present_one_unless_somebody_typed_over_it() -> None:
    newer = replace(KNOWN, values={"total": "60"})
    assert carry(draft(newer), sent(), 1).get("total") == "60"
    assert carry(draft(newer), sent(total="55"), 1).get("total") == "55"


def test_what_was_given_this_time_stays() -> None:
    values = carry(answer(draft(), {"count": "30"}), sent(), 1)
    assert values.get("count") == "30"
    assert carried(values) == ("status",)


def test_what_no_longer_fits_is_left_open() -> None:
    values = carry(draft(replace(KNOWN, values={"total": "20"})), sent(), 1)
    assert carried(values) == ("status",)
    assert values.get("count") == ""


def test_a_choice_that_is_gone_is_left_open() -> None:
    fewer = form_of(SURVEY, STATUS[1:], namespaces=OURS)
    values = carry(start(fewer, KNOWN, MONDAY, "s"), from_json(fewer, sent().to_json()), 1)
    assert carried(values) == ("count",)


def test_carried_answers_are_carried_on() -> None:
    second = carry(draft(), sent(), 1)
    third = carry(draft(), second, 2)
    assert third.answers["count"].meta == {"round": 2}


def test_changing_one_makes_it_an_answer_of_this_report() -> None:
    values = answer(carry(draft(), sent(), 1), {"count": "22"})
    assert carried(values) == ("status",)
    assert values.source("count") == ""


def test_what_was_carried_can_be_taken_out_again() -> None:
    values = drop(answer(carry(draft(), sent(total="55"), 1), {"status": "done"}))
    assert carried(values) == ()
    assert (values.get("status"), values.get("count"), values.get("total")) == ("done", "", "50")


def test_boxes_that_were_left_empty_on_purpose_are_not_asked_again() -> None:
    assert left_out(draft(), sent()) == {"story"}


def test_one_box_is_taken_over_alone() -> None:
    values = take(draft(), {"count": "21"}, 1, {"message_id": "m1"})
    assert values.answers["count"].meta == {"message_id": "m1", "round": 1}


def test_what_triggers_set_is_as_it_was() -> None:
    rows: list[Row] = [
        {"type": "select_one yn", "name": "all"},
        {"type": "integer", "name": "count", "calculation": "if(${all} = 'yes', 47, '')", "trigger": "${all}"},
    ]
    choices: list[Row] = [{"list_name": "yn", "name": name, "label": name} for name in ("yes", "no")]
    before = answer(begun(rows, choices), {"all": "yes"})
    values = carry(begun(rows, choices), before, 1)
    assert carried(values) == ("all", "count")
    typed = answer(answer(begun(rows, choices), {"all": "no"}), {"count": "12"})
    assert carry(begun(rows, choices), typed, 1).get("count") == "12"


def test_instances_of_repeats_are_carried() -> None:
    rows: list[Row] = [
        {"type": "begin_repeat", "name": "child"},
        {"type": "text", "name": "name", "required": "yes"},
        {"type": "end_repeat"},
    ]
    before = answer(answer(begun(rows), {"child[1]/name": "a"}), {"child[+]": "yes", "child[2]/name": "b"})
    before = answer(before, {"child[+]": "no"})
    values = carry(begun(rows), before, 1)
    assert (values.get("child[1]/name"), values.get("child[2]/name")) == ("a", "b")
    assert values.due() == ()


def test_a_form_asks_of_the_last_report_as_odk_has_it() -> None:
    rows: list[Row] = [
        {"type": "select_one st", "name": "steps", "default": "if(${last-saved#steps} = 'done', 'done', '')"},
        {"type": "integer", "name": "count"},
        {"type": "text", "name": "why", "relevant": "${count} != '' and ${count} = ${last-saved#count}"},
    ]
    form = form_of(rows, STATUS)
    values = start(form, Known(last={"steps": "done", "count": "21"}), MONDAY, "s")
    assert (values.get("steps"), values.source("steps"), values.supplied("steps")) == ("done", "last", True)
    assert answer(values, {"count": "21"}).relevant("why")
    assert not answer(values, {"count": "22"}).relevant("why")
    assert start(form, Known(), MONDAY, "s").get("steps") == ""


def test_the_last_report_may_still_be_corrected_while_the_next_is_filled_in() -> None:
    rows: list[Row] = [
        {"type": "integer", "name": "count", "default": "${last-saved#count}"},
        {"type": "calculate", "name": "twice", "calculation": "${last-saved#count} * 2"},
    ]
    values = start(form_of(rows), Known(last={"count": "21"}), MONDAY, "s")
    newer = refresh(values, Known(last={"count": "22"}), MONDAY)
    assert (newer.get("count"), newer.get("twice")) == ("22", "44")


def test_the_office_knows_better_than_the_last_report() -> None:
    rows: list[Row] = [
        {"type": "xml-external", "name": "known"},
        {"type": "integer", "name": "met", "default": "coalesce(instance('known')/root/met, ${last-saved#met})"},
    ]
    form, last = form_of(rows), {"met": "1"}
    values = start(form, Known(last=last), MONDAY, "s")
    assert (values.get("met"), values.source("met")) == ("1", "last")
    told = refresh(values, Known({"met": "2"}, {"met": "province"}, last), MONDAY)
    assert (told.get("met"), told.source("met")) == ("2", "province")


@given(
    st.dictionaries(
        st.sampled_from(["status", "count", "total", "story", "why"]), st.sampled_from(["doing", "7", "x", ""])
    )
)
def test_carrying_leaves_no_new_fault_survives_json_and_twice_is_once(answers: dict[str, str]) -> None:
    before = answer(draft(), answers)
    values = carry(draft(), before, 1)
    assert {problem.name for problem in values.problems()} <= {problem.name for problem in draft().problems()}
    again = from_json(values.form, json.loads(json.dumps(values.to_json())))
    assert again == values
    assert carry(values, before, 1).answers == values.answers
