"""Texts, languages, our own columns, steps: what the conversation reads of a form."""

from __future__ import annotations

from bot.forms.compiled import Question
from bot.forms.environment import Known
from bot.forms.values import ProblemKind, answer, from_json
from tests.unit.bot.forms.sheets import GROUP_END, KNOWN, OURS, YES_NO, Row, begun, calculate, form_of, number

TH, EN = "label::Thai (th)", "label::English (en)"
BLOCK: list[Row] = [
    {
        "type": "begin_group",
        "name": "row1",
        TH: "แถว ๑",
        EN: "Row one",
        "bind::tidtam:row": "1",
        "bind::tidtam:full": "ยาว",
    },
    {
        "type": "begin_group",
        "name": "block",
        TH: "ตรวจ ${a}",
        EN: "Checked ${a}",
        "appearance": "field-list compact",
        "relevant": "${status} = 'yes'",
        "bind::tidtam:example": "fixed",
    },
    number(
        "a", **{TH: "ก", EN: "A", "bind::tidtam:box": "8", "bind::tidtam:short": "สั้น", "bind::tidtam:short_en": "brief"}
    ),
    number(
        "b", **{TH: "ข", EN: "", "bind::tidtam:box": "x", "bind::tidtam:suggest": "${a} - 1", "bind::tidtam:short": "ข"}
    ),
    calculate("gap", "${a} - ${b}", **{"bind::tidtam:readback": "yes"}),
    {"type": "begin_group", "name": "inner", TH: "ใน", EN: "Inside"},
    {"type": "note", "name": "n", TH: "หมายเหตุ", EN: "Note"},
    GROUP_END,
    GROUP_END,
    GROUP_END,
]
STATUS: Row = {"type": "select_one yn", "name": "status", TH: "สถานะ", EN: "Status", "hint::Thai (th)": "เลือก"}
CHOICES: list[Row] = [
    {"list_name": "yn", "name": "yes", TH: "ใช่", EN: "Yes", "colour": "green"},
    {"list_name": "yn", "name": "no", TH: "ไม่", EN: "No", "colour": "red"},
]


def test_our_columns_are_read_from_questions_and_groups() -> None:
    form = form_of([STATUS, *BLOCK], CHOICES, namespaces=OURS, default_language="Thai (th)")
    a, b = form.questions["a"], form.questions["b"]
    assert (a.box, b.box) == (8, None)
    assert (a.short("th"), a.short("en"), b.short("en"), form.questions["n"].short("th")) == ("สั้น", "brief", "ข", "")
    assert form.questions["gap"].attrs == {"readback": "yes"}
    assert form.groups["row1"].attrs == {"row": "1", "full": "ยาว"}
    assert form.groups["row1"].short("th") == ""
    block = form.steps[1]
    assert (block.worded("example", "th"), block.short("th"), a.worded("unit", "th")) == ("fixed", "", "")


def test_a_field_list_is_one_step_and_a_lone_question_another() -> None:
    form = form_of([STATUS, *BLOCK], CHOICES, namespaces=OURS, default_language="Thai (th)")
    single, block = form.steps
    assert (single.name, single.is_group, single.row, [q.name for q in single.questions]) == (
        "status",
        False,
        None,
        ["status"],
    )
    assert (block.name, [q.name for q in block.questions], [q.name for q in block.calculates]) == (
        "block",
        ["a", "b", "n"],
        ["gap"],
    )
    assert block.appearance == {"field-list", "compact"}
    assert block.row is form.groups["row1"]
    assert form.step_of("gap") is block
    assert form.step_of("b") is block
    assert form.step_of("nobody") is None


def test_labels_speak_each_language_and_fall_back_to_the_forms_own() -> None:
    values = begun([STATUS, *BLOCK], CHOICES, namespaces=OURS, default_language="Thai (th)")
    form = values.form
    assert (form.languages, form.default_language) == (("th", "en"), "th")
    label = form.questions["b"].label
    assert [values.text(label, language) for language in ("th", "en", "fr")] == ["ข", "ข", "ข"]
    assert values.text(form.questions["a"].label, "en") == "A"
    assert values.text(form.questions["status"].hint, "en") == "เลือก"
    assert not form.questions["a"].hint


def test_outputs_are_written_by_the_callers_format() -> None:
    values = answer(begun([STATUS, *BLOCK], CHOICES, namespaces=OURS), {"status": "yes", "a": "3150"})

    def shout(question: Question | None, raw: str) -> str:
        return f"{question.name if question else '?'}={int(raw):,}"

    assert values.text(values.form.steps[1].label, "en", shout) == "Checked a=3,150"


def test_a_suggested_value_is_computed_from_the_answers() -> None:
    values = answer(begun([STATUS, *BLOCK], CHOICES, namespaces=OURS), {"status": "yes", "a": "10"})
    suggest = values.form.questions["b"].formulas["suggest"]
    assert suggest.source == "/data/row1/block/a  - 1"
    assert (values.evaluate(suggest), values.holds(suggest)) == ("9", True)


def test_only_what_is_open_is_asked() -> None:
    values = begun([STATUS, *BLOCK], CHOICES, namespaces=OURS)
    assert [step.name for step, _ in values.due()] == ["status"]
    values = answer(values, {"status": "yes"})
    block = values.form.steps[1]
    assert [q.name for q in values.step_asked(block)] == ["a", "b"]
    assert [q.name for q in values.step_asked(block, frozenset({"a"}))] == ["b"]
    values = answer(values, {"a": "1"})
    found = values.next_due()
    assert found is not None
    assert ([q.name for q in found[1]], values.count_due(), values.count_due(frozenset({"b"}))) == (["b"], 1, 0)
    assert values.next_due(frozenset({"b"})) is None


def test_choices_carry_their_other_columns_and_labels() -> None:
    values = begun([STATUS], CHOICES)
    yes, _ = values.choices("status")
    assert (yes.value, values.text(yes.label, "th"), yes.extra) == ("yes", "ใช่", {"colour": "green"})
    assert begun([number("a")]).choices("a") == ()


TOWNS: list[Row] = [
    *({"list_name": "region", "name": name, "label": name, "of": ""} for name in ("north", "south")),
    {"list_name": "town", "name": "loei", "label": "Loei of ${region}", "of": "north"},
    {"list_name": "town", "name": "nan", "label": "Nan", "of": "north"},
    {"list_name": "town", "name": "trang", "label": "Trang", "of": "south"},
]


def test_a_choice_filter_offers_what_fits_the_answers() -> None:
    rows: list[Row] = [
        {"type": "select_one region", "name": "region"},
        {"type": "select_one town", "name": "town", "choice_filter": "of = ${region}"},
        calculate("told", "jr:choice-name(${town}, '${town}')"),
    ]
    values = begun(rows, TOWNS)
    assert values.choices("town") == ()
    values = answer(values, {"region": "north", "town": "loei"})
    assert [choice.value for choice in values.choices("town")] == ["loei", "nan"]
    assert (values.get("told"), values.problems()) == ("Loei of north", ())


def test_a_pick_that_is_no_longer_offered_is_asked_again_and_comes_back_with_its_list() -> None:
    rows: list[Row] = [
        {"type": "select_one region", "name": "region"},
        {"type": "select_one town", "name": "town", "choice_filter": "of = ${region}", "required": "yes"},
        calculate("copy", "${town}"),
    ]
    values = answer(begun(rows, TOWNS), {"region": "north", "town": "loei"})
    assert (values.get("copy"), values.count_due()) == ("loei", 0)
    moved = answer(values, {"region": "south"})
    assert (moved.get("town"), moved.get("copy")) == ("", "")
    assert [problem.kind for problem in moved.problems()] == [ProblemKind.REQUIRED]
    assert [step.name for step, _ in moved.due()] == ["town"]
    assert from_json(moved.form, moved.to_json()).due() == moved.due()
    back = answer(moved, {"region": "north"})
    assert (back.get("town"), back.count_due()) == ("loei", 0)
    assert answer(moved, {"town": "trang"}).get("copy") == "trang"


def test_picking_what_is_not_offered_is_a_problem() -> None:
    rows: list[Row] = [
        {"type": "select_one region", "name": "region"},
        {"type": "select_one town", "name": "town", "choice_filter": "of = ${region}"},
    ]
    values = answer(begun(rows, TOWNS), {"region": "south", "town": "loei"})
    assert [(problem.name, problem.kind) for problem in values.problems()] == [("town", ProblemKind.TYPE)]
    assert answer(values, {"region": "north"}).problems() == ()


def test_of_several_picks_those_still_offered_are_kept() -> None:
    rows: list[Row] = [
        {"type": "select_multiple region", "name": "region"},
        {"type": "select_multiple town", "name": "town", "choice_filter": "selected(${region}, of)"},
    ]
    values = answer(begun(rows, TOWNS), {"region": "north south", "town": "trang loei"})
    moved = answer(values, {"region": "north"})
    assert (moved.get("town"), moved.problems(), moved.count_due()) == ("loei", (), 0)


def test_two_lists_that_filter_each_other_are_no_circle() -> None:
    lists: list[Row] = [{"list_name": "team", "name": name, "label": name} for name in "abc"]
    rows: list[Row] = [
        {"type": "select_one team", "name": "first", "choice_filter": "name != ${second}"},
        {"type": "select_one team", "name": "second", "choice_filter": "name != ${first}"},
    ]
    values = answer(begun(rows, lists), {"first": "a"})
    assert [choice.value for choice in values.choices("second")] == ["b", "c"]
    assert answer(values, {"second": "b"}).problems() == ()


def test_choice_names_of_nothing_are_empty() -> None:
    rows = [
        {"type": "select_one yn", "name": "s"},
        number("a"),
        calculate("none", "jr:choice-name('maybe', '${s}')"),
        calculate("not_a_list", "jr:choice-name('yes', '${a}')"),
        calculate("told", "jr:itext('nothing')"),
    ]
    values = begun(rows, YES_NO)
    assert [values.get(name) for name in ("none", "not_a_list", "told")] == ["", "", ""]


def test_expressions_can_read_translated_texts_in_the_language_of_the_label() -> None:
    rows: list[Row] = [
        {"type": "select_one yn", "name": "s", TH: "?", EN: "?"},
        {"type": "note", "name": "n", TH: "ตอบ ${told}", EN: "said ${told}"},
        calculate("told", "jr:choice-name(${s}, '${s}')"),
        calculate("hint", "jr:itext('yn-0')"),
    ]
    values = answer(begun(rows, CHOICES, default_language="Thai (th)"), {"s": "no"})
    assert (values.get("told"), values.get("hint")) == ("ไม่", "ใช่")


def test_messages_without_translations_are_plain() -> None:
    values = begun([number("a", constraint=". > 1", constraint_message="More than one")])
    (problem,) = answer(values, {"a": "1"}).problems()
    assert problem.message is not None
    assert values.text(problem.message, "th") == "More than one"


def test_where_a_known_value_comes_from_is_told_for_the_first_that_has_a_source() -> None:
    row = number("a", default="coalesce(instance('known')/root/best, instance('known')/root/next)")
    values = begun([KNOWN, row], known=Known({"next": "4"}, {"next": "province"}))
    assert (values.get("a"), values.source("a")) == ("4", "province")
