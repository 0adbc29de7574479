"""The forms of pyxform's own tests: good ones are compiled and walked to their end, bad ones are refused."""

from __future__ import annotations

import datetime as dt
import json
import random
from collections import Counter
from pathlib import Path

from bot.forms.compiled import CompiledForm, Kind, Question
from bot.forms.environment import Known
from bot.forms.load import compile_xlsform
from bot.forms.problems import FormError
from bot.forms.submission import to_xml
from bot.forms.values import Values, answer, from_json, start

WALKED_FLOOR = 378
REFUSED_FLOOR = 375
NOW = dt.datetime(2021, 6, 7, 1, 30, tzinfo=dt.UTC)
_SAMPLES = {
    Kind.INTEGER: ("1", "0", "7", "42", "100"),
    Kind.DECIMAL: ("1.5", "0", "10"),
    Kind.DATE: ("2021-06-07", "2000-02-29"),
    Kind.TIME: ("08:30:00.000+07:00",),
    Kind.DATETIME: ("2021-06-07T08:30:00.000+07:00",),
    Kind.ACKNOWLEDGE: ("OK",),
}


def _forms(corpus: Path, *, errored: bool) -> list[str]:
    rows = (json.loads(line) for line in corpus.read_text(encoding="utf-8").splitlines())
    return list(dict.fromkeys(row["md"] for row in rows if row.get("md") and row["errored"] is errored))


def _sample(values: Values, question: Question, dice: random.Random) -> str:
    if question.choices is not None:
        offered = values.choices(question.name)
        return dice.choice(offered).value if offered else ""
    return dice.choice(_SAMPLES.get(question.kind, ("abc", "1", "x y")))


def walk(form: CompiledForm, dice: random.Random) -> Values:
    """Answer what is due until nothing is; what cannot be answered validly is skipped."""
    values = start(form, Known(), NOW, "seed")
    skipped: frozenset[str] = frozenset()
    while due := values.due(skipped):
        _, questions = due[0]
        for question in questions:
            assert values.relevant(question.name)
            values = answer(values, {question.name: _sample(values, question, dice)})
            if values.get(question.name) == "" or values.problem(question.name):
                values = answer(values, {question.name: ""})
                skipped |= {question.name}
        values = from_json(form, json.loads(json.dumps(values.to_json())))
    return values


def test_convertible_forms_are_walked_to_their_end(xlsforms_corpus: Path) -> None:
    forms = _forms(xlsforms_corpus, errored=False)
    refused: Counter[str] = Counter()
    walked = 0
    for text in forms:
        try:
            form = compile_xlsform(text.encode(), "form.md")
        except FormError as error:
            refused.update({problem.what for problem in error.problems})
            continue
        values = walk(form, random.Random(1))  # noqa: S311 - sampling, not secrecy
        assert to_xml(values, "uuid:1")
        walked += 1
    print(f"\nXLSForms: {walked} of {len(forms)} are walked to their end; refused for {dict(refused)}")  # noqa: T201
    assert walked >= WALKED_FLOOR


def test_forms_that_pyxform_refuses_are_refused_here(xlsforms_corpus: Path) -> None:
    forms = _forms(xlsforms_corpus, errored=True)
    refused = 0
    for text in forms:
        try:
            compile_xlsform(text.encode(), "form.md")
        except FormError:
            refused += 1
    print(f"\nXLSForms: {refused} of {len(forms)} bad forms are refused")  # noqa: T201
    assert refused >= REFUSED_FLOOR
