"""XForms that other tools write: choices in place, literal actions, texts without translations."""

from __future__ import annotations

import datetime as dt

from bot.forms.environment import Known
from bot.forms.load import compile_xform
from bot.forms.values import answer, start

NOW = dt.datetime(2021, 6, 7, 1, 30, tzinfo=dt.UTC)
XFORM = """<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"
  xmlns:jr="http://openrosa.org/javarosa"><h:head><h:title> By hand </h:title><model>
  <itext><translation lang="th"><text id="a"><value>ก</value><value form="image">jr://images/a.png</value></text>
  </translation></itext>
  <instance><data id="hand"><a/><b/><c/><d/><e/></data></instance>
  <instance id="lists"><root><item><v>1</v><l>One</l></item><item><v>2</v></item></root></instance>
  <bind nodeset="/data/a" type="xsd:string"/><bind nodeset="/data/b" type="string"/>
  <bind nodeset="/data/nowhere" type="string" relevant="1"/>
  <bind nodeset="/data/d" jr:preload="property" jr:preloadParams="phonenumber"/>
  <setvalue ref="/data/b" event="odk-instance-first-load xforms-value-changed">it's</setvalue>
  <setvalue ref="/data/e" event="odk-instance-first-load">x</setvalue>
  </model></h:head><h:body>
  <select1 ref="/data/a"><label ref="jr:itext('a')"/>
    <item><label>Yes <output value="/data/b"/>!</label><value>y</value></item>
    <item><label>No</label><value>n</value></item>
    <setvalue ref="/data/b" event="xforms-value-changed"/></select1>
  <group><label>Loose</label><input ref="/data/b"/></group>
  <select ref="/data/c"><itemset nodeset="instance('lists')/root/item"><value ref="v"/>
    <label ref="l"/></itemset></select>
</h:body></h:html>""".encode()


def test_a_form_written_by_hand_works() -> None:
    form = compile_xform(XFORM)
    values = start(form, Known(), NOW)
    assert (form.title, form.languages, values.get("b"), values.get("e")) == ("By hand", ("th",), "it's", "x")
    assert [values.text(choice.label, "th") for choice in values.choices("a")] == ["Yes it's!", "No"]
    assert [(choice.value, values.text(choice.label, "th")) for choice in values.choices("c")] == [
        ("1", "One"),
        ("2", ""),
    ]
    assert values.text(form.questions["a"].label, "th") == "ก"
    assert answer(values, {"a": "y"}).get("b") == ""


def test_what_stands_for_nothing_is_passed_over() -> None:
    odd = XFORM.replace(b"<input ref=", b'<input ref="/data/ghost"/><input ref=').replace(
        b"</model>", b'<instance id="known" src="jr://file/known.xml"/></model>'
    )
    form = compile_xform(odd)
    assert [step.name for step in form.steps] == ["a", "b", "c"]


def test_times_are_kept_in_the_form_of_their_box() -> None:
    typed = XFORM.replace(b'nodeset="/data/b" type="string"', b'nodeset="/data/b" type="time" calculate="now()"')
    assert start(compile_xform(typed), Known(), NOW).get("b") == "08:30:00.000+07:00"


def test_an_expression_that_fails_when_it_runs_counts_as_empty() -> None:
    broken = XFORM.replace(b'nodeset="/data/c"', b"").replace(
        b'<bind nodeset="/data/nowhere" type="string" relevant="1"/>',
        b'<bind nodeset="/data/c" calculate="sum(1)"/>',
    )
    assert start(compile_xform(broken), Known(), NOW).get("c") == ""
