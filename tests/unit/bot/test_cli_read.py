from __future__ import annotations

import json

from click.testing import CliRunner, Result

from bot.cli_read import read

NOW = "2021-06-16T09:00:00+07:00"


def run(kind: str, *lines: str, options: tuple[str, ...] = ("--now", NOW)) -> Result:
    given = "".join(json.dumps({"u": line}, ensure_ascii=False) + "\n" for line in lines)
    return CliRunner().invoke(read, [kind, *options], input=given)


def outcomes(result: Result) -> list[dict[str, object]]:
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.output.splitlines()]


def test_each_line_is_read_as_it_would_be_stored() -> None:
    first, second = outcomes(run("quantity", "๑๒,๕๐๐ ครัวเรือน", "หมื่นสอง"))
    assert (first["action"], first["value"], first["unit"]) == ("accept", 12500, "household")
    assert (second["action"], second["value"]) == ("confirm", 12000)


def test_relative_days_are_counted_from_now_and_rounds_are_the_shipped_campaigns() -> None:
    yesterday, round_two = outcomes(run("date", "เมื่อวานนี้", "รอบ 2"))
    assert yesterday["value"] == "2021-06-15"
    assert (round_two["action"], round_two["value"]) == ("confirm", "2021-06-18")


def test_an_instant_without_a_zone_is_bangkoks() -> None:
    (today,) = outcomes(run("date", "วันนี้", options=("--now", "2021-06-16T00:30:00")))
    assert today["value"] == "2021-06-16"


def test_the_clock_on_the_wall_counts_when_no_instant_is_given() -> None:
    (today,) = outcomes(run("date", "วันนี้", options=()))
    assert today["action"] == "accept"


def test_a_block_is_read_for_the_boxes_that_are_asked() -> None:
    fields = json.dumps([{"name": "a", "box": 8, "labels": ["ตรวจ"]}, {"name": "b", "box": 9, "labels": ["ครบ"]}])
    (block,) = outcomes(run("block", "ครบ 3040 ตรวจ 3150", options=("--now", NOW, "--fields", fields)))
    assert block["action"] == "accept"
    assert {"a": 3150, "b": 3040}.items() <= dict(block["value"]).items()  # type: ignore[call-overload]


def test_a_line_that_is_no_json_object_is_refused_in_one_sentence() -> None:
    result = CliRunner().invoke(read, ["quantity", "--now", NOW], input="12\n")
    assert result.exit_code == 1
    assert result.output.startswith("Error: ")
    assert "Traceback" not in result.output
