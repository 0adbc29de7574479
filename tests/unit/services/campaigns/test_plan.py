from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from services.campaigns.fault import Fault
from services.campaigns.plan import MOST_LINES, plan_lines


def lines(folder: Path, plan: Any, words: bytes = b"") -> tuple[dict[str, list[str]], list[Fault]]:
    (folder / "plan.md").write_bytes(words)
    faults: list[Fault] = []
    return plan_lines(folder, plan, faults), faults


def test_headings_and_lists_of_markdown_become_plain_lines(tmp_path: Path) -> None:
    found, faults = lines(tmp_path, "plan.md", "# แผน\n\n- งวดที่ 3\n* งวดที่ 4\n  1 เม.ย. 64  \n".encode())
    assert found == {"th": ["แผน", "· งวดที่ 3", "· งวดที่ 4", "1 เม.ย. 64"]}
    assert faults == []


def test_a_campaign_may_have_no_plan(tmp_path: Path) -> None:
    assert lines(tmp_path, None) == ({}, [])


@pytest.mark.parametrize(
    ("plan", "words", "fault"),
    [
        ("none.md", b"", "plan: none.md cannot be read"),
        ("plan.md", b"\xff\xfe%PDF", "plan: plan.md cannot be read as text"),
        ({"de": "plan.md"}, b"Plan", "no such language: de"),
        ("plan.md", b"line\n" * (MOST_LINES + 1), "too long"),
        ("plan.md", b"x" * 300, "too long"),
    ],
)
def test_what_cannot_be_shown_in_chat_is_told(tmp_path: Path, plan: Any, words: bytes, fault: str) -> None:
    _found, faults = lines(tmp_path, plan, words)
    assert fault in faults[0]
