from __future__ import annotations

import math

import pytest

from bot.forms.xpath.data import NoDate
from bot.forms.xpath.frame import EvaluationError, EvaluationLimitError
from tests.unit.bot.forms.xpath.papers import run, text


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("string(1.50)", "1.5"),
        ("string(1 div 0)", "Infinity"),
        ("string(-1 div 0)", "-Infinity"),
        ("string(0 div 0)", "NaN"),
        ("string(1 div 10000000)", "0.0000001"),
        ("string(123456789012345678)", "123456789012345680"),
        ("string()", "3"),
        ("string(/data/nothing)", ""),
        ("concat('a', 1, true(), /data/g/c)", "a1truex y z10"),
        ("join('-', /data/g/c, 'end')", "x y z-10-end"),
        ("contains('abc', 'b') and starts-with('abc', 'a') and ends-with('abc', 'c')", "true"),
        ("substring-before('a=b', '=')", "a"),
        ("substring-before('ab', '=')", ""),
        ("substring-before('ab', '')", ""),
        ("substring-after('a=b', '=')", "b"),
        ("substring-after('ab', '')", "ab"),
        ("substring('12345', 2, 3)", "234"),
        ("substring('12345', 1.5, 2.6)", "234"),
        ("substring('12345', 0 div 0, 3)", ""),
        ("substring('12345', -1 div 0)", "12345"),
        ("substring('12345', 9)", ""),
        ("substr('hello', 1, 3)", "el"),
        ("substr('hello', -2)", "lo"),
        ("substr('hello', 'x')", ""),
        ("string-length('ไทย')", "3"),
        ("string-length()", "1"),
        ("normalize-space('  a \n b ')", "a b"),
        ("translate('abcabc', 'abca', 'xy')", "xyxy"),
        ("regex('123', '[0-9]{3}')", "true"),
        ("regex('abc123', '[0-9]{3}')", "false"),
        ("regex('abc', '(')", "false"),
        ("digest('abc', 'MD5', 'hex')", "900150983cd24fb0d6963f7d28e17f72"),
        ("digest('abc', 'SHA-1')", "qZk+NkcGgWq6PiVxeFDCbJzQ2J0="),
        ("version()", "7"),
    ],
)
def test_texts(source: str, expected: str) -> None:
    assert text(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("number('1e2')", 100),
        ("number(' -.5 ')", -0.5),
        ("number(true())", 1),
        ("number()", 3),
        ("min(3, /data/a, 9)", 3),
        ("max(/data/a, /data/b)", 4),
        ("sum(/data/a | /data/b)", 7),
        ("count(/data/*)", 5),
        ("count-non-empty(/data/*)", 4),
        ("round(2.5)", 3),
        ("round(-2.5)", -3),
        ("round(2.345, 2)", 2.35),
        ("round(1234, -2)", 1200),
        ("round(1 div 0)", float("inf")),
        ("int(-1.7)", -1),
        ("int(date('2021-06-01') - date('2010-06-01'))", 4018),
        ("int(0.9999)", 0),
        ("floor(-1.5)", -2),
        ("ceiling(1.2)", 2),
        ("floor(1 div 0)", float("inf")),
        ("pow(2, 10)", 1024),
        ("pow(10, 400)", float("inf")),
        ("exp(1000)", float("inf")),
        ("abs(-3)", 3),
        ("log(0)", float("-inf")),
        ("log10(100)", 2),
        ("exp10(2)", 100),
        ("round(atan2(1, 1) * 4, 3)", 3.142),
        ("round(pi(), 2)", 3.14),
        ("5 mod 3", 2),
        ("-5 mod 3", -2),
        ("6 div 4", 1.5),
        ("-1 * 3 + 2 - 1", -2),
        ("position(..)", 1),
        ("position(../b)", 1),
        ("position(/data/g/c[2])", 2),
        ("position(/)", 1),
        ("count-selected('a b')", 2),
    ],
)
def test_numbers(source: str, expected: float) -> None:
    assert run(source) == expected


@pytest.mark.parametrize(
    "source",
    [
        "min('')",
        "max(/data/nothing)",
        "pow(-1, 0.5)",
        "sqrt(-1)",
        "acos(2)",
        "5 mod 0",
        "int('a')",
        "position(/no)",
        "round(1, 'x')",
    ],
)
def test_what_has_no_number_is_nan(source: str) -> None:
    value = run(source)
    assert isinstance(value, float)
    assert math.isnan(value)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("if(/data/a = 3, 'three', 1 div 'x')", "three"),
        ("coalesce('', /data/e, /data/b, 'no')", "4"),
        ("coalesce('', '')", ""),
        ("once('new')", "3"),
        ("selected('a b', 'b')", "true"),
        ("selected('ab', 'a')", "false"),
        ("selected('', '')", "true"),
        ("selected-at('a b', 1)", "b"),
        ("selected-at('a b', 5)", ""),
        ("boolean-from-string('1')", "true"),
        ("boolean-from-string('yes')", "false"),
        ("checklist(1, 2, true(), false(), /data/g/c)", "false"),
        ("checklist(-1, 3, true(), false(), /data/g/c)", "true"),
        ("weighted-checklist(5, -1, true(), 5, false(), 9)", "true"),
        ("not(0) and boolean('x') and not(false())", "true"),
        ("name(/data)", "data"),
        ("name(@n)", "n"),
        ("local-name()", "a"),
        ("name(/data/no) = '' and local-name(/data/no) = ''", "true"),
        ("namespace-uri(/data)", ""),
        ("lang('th')", "true"),
        ("lang('en')", "false"),
        ("string(instance('towns')/root/item[lang('th')])", ""),
        ("id('d x')/b", "4"),
        ("instance('towns')/root/item[name = 'loei']/of", "north"),
        ("current()/../b", "4"),
        ("count(/data/g/c[last()])", "1"),
        ("string(/data/*[position() = 2])", "4"),
    ],
)
def test_logic_and_selections(source: str, expected: str) -> None:
    assert text(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("today()", "2021-06-07"),
        ("now()", "2021-06-07T08:30:15.250+07:00"),
        ("today() + 1", "18785.708333333332"),
        ("date(today() + 4)", "2021-06-11"),
        ("date('2021-06-30')", "2021-06-30"),
        ("date('2021-06-30T01:00:00Z')", "2021-06-30T08:00:00.000+07:00"),
        ("date-time('2021-06-30T08:00:00-02:30')", "2021-06-30T17:30:00.000+07:00"),
        ("date('')", ""),
        ("date('30/6/2021')", "Invalid Date"),
        ("date('2021-13-01')", "Invalid Date"),
        ("date(true())", "Invalid Date"),
        ("date(1 div 0)", "Invalid Date"),
        ("date(99999999999)", "Invalid Date"),
        ("/data/when > today()", "true"),
        ("/data/when = '2021-06-11T00:00:00.000+07:00'", "true"),
        ("string(/data/when) = '2021-06-11T00:00:00.000+07:00'", "true"),
        ("'2021-99-11' = '2021-06-11'", "false"),
        ("today() = date('2021-06-07')", "true"),
        ("decimal-date-time('1970-01-02T00:00:00Z')", "1"),
        ("decimal-date-time('x')", "NaN"),
        ("decimal-time('12:00')", "0.5"),
        ("decimal-time('05:00:00.000Z')", "0.5"),
        ("decimal-time('25:00')", "NaN"),
        ("format-date('2021-06-07', '%d/%n/%y %b %a %W %Q%%')", "07/6/21 Jun Mon 23 %Q%"),
        ("format-date-time(now(), '%Y-%m-%e %H %h:%M:%S.%3')", "2021-06-7 08 8:30:15.250"),
        ("format-date('', '%d')", ""),
        ("format-date('x', '%d')", ""),
        ("boolean(date('x')) or not(boolean(today()))", "false"),
    ],
)
def test_dates(source: str, expected: str) -> None:
    assert text(source) == expected


def test_what_is_no_date_is_known_as_such() -> None:
    assert isinstance(run("date('x')"), NoDate)


@pytest.mark.parametrize(
    "source", ["count('x')", "sum(1)", "digest('a', 'rot13')", "uuid(-1)", "1 | 2", "position('x')"]
)
def test_wrong_arguments_fail_when_they_are_met(source: str) -> None:
    with pytest.raises(EvaluationError):
        run(source)


@pytest.mark.parametrize(
    "source",
    [
        "regex('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab', '^(a|a|aa)+$')",
        "join('" + "x" * 9000 + "', " + ", ".join(["1"] * 200) + ")",
        "concat(" + ", ".join(["'" + "y" * 90 + "'"] * 100) + ", " + ", ".join(["/data/a"] * 5) + ")",
    ],
)
def test_hostile_work_is_stopped(source: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.forms.xpath.text_functions.TEXT_CAP", 5000)
    with pytest.raises(EvaluationLimitError):
        run(source)
