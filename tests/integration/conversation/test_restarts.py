"""A process may die between any two messages; the chat goes on as if nothing had been."""

from __future__ import annotations

import shutil
from pathlib import Path

from models.base import make_engine
from tests.integration.conversation.reports import ANSWERS
from tests.support.chat import Phone
from tests.support.loaded import LoadedFile, town_on

WORDS = (
    "รายงาน",
    *ANSWERS[:3],
    "3150 3400",
    "ครบ",
    "ไม่ใช่",
    "3150 3040",
    "แก้ช่อง 8",
    "3200",
    "เมนู",
    "2",
    *ANSWERS[4:8],
    "พัก",
    "สวัสดี",
    "ทำต่อ",
    "1",
    "23=1 25=1",
    "โควิด",
    "8=3250",
    "ยืนยัน",
    "แก้ 8=3300",
    "ยืนยัน",
)


def walk(loaded: LoadedFile, path: Path, *, restart: bool) -> list[str]:
    """Everything that an officer's phone shows, on a fresh copy of a town."""
    shutil.copyfile(loaded.path, path)
    engine = make_engine(f"sqlite:///{path}")
    officer = town_on(engine).person("สมใจ ตัวอย่าง", "officer", "4207")
    shown = []
    for words in WORDS:
        phone = Phone(town_on(engine), officer.user_id) if restart else officer
        shown.append(phone.say(words))
    engine.dispose()
    return shown


def test_a_restart_between_all_turns_changes_nothing(loaded_sqlite: LoadedFile, tmp_path: Path) -> None:
    through = walk(loaded_sqlite, tmp_path / "through.db", restart=False)
    restarted = walk(loaded_sqlite, tmp_path / "restarted.db", restart=True)
    assert restarted == through
    assert "ฉบับแก้ไขที่ 1" in through[-1]
