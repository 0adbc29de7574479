"""Whatever people send, in whatever order: an answer each time, never a traceback, and a state that JSON can hold,
with everything around the core: inbox, transactions, locks. The core alone is tried much harder in
tests/unit/bot/conversation/test_any_conversation.py.
"""

from __future__ import annotations

import itertools
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.conversation.state import State
from tests.integration.services.towns import chat_of
from tests.support.chat import Phone, Town

SAID = st.one_of(
    st.sampled_from(
        [
            *("รายงาน", "เมนู", "ทบทวน", "แก้", "พัก", "ย้อน", "ช่วยเหลือ", "ยกเลิก", "ข้าม", "ส่ง", "ใช่", "ไม่ใช่", "ทำต่อ"),
            *(
                "1",
                "2",
                "3",
                "0",
                "21 15",
                "3150 3040",
                "3150 3400",
                "40 35 12 38 9",
                "ครบ",
                "ไม่มี",
                "เท่าเดิม",
                "30 มิ.ย. 64",
            ),
            *("8=3200", "8=3200 9=9999", "แก้ช่อง 9", "ช่อง 2", "ช่อง 99", "ไม่ใช่ 3150 เป็น 3510", "27=ฝนตก", "23=9"),
            *("อยู่ระหว่าง", "เสร็จแล้ว", "ยังไม่ได้ทำ", "ทำแล้วทั้งสองอย่าง", "กรอกเอง", "ไม่มีข้อมูลที่อำเภอ", "โควิด-19", "พอแล้ว"),
            *("4207-KX3N", "เข้าร่วม 42070605", "ขอเข้าร่วม", "สมใจ ตัวอย่าง อ.ภูเรือ", "12/3", "English", "ไทย", "คำขอ"),
            *("ดูข้อสังเกต", "ระบุเหตุผล", "ระบุเหตุผล 2", "รอข้อมูลจากหมู่บ้าน", "แก้ช่อง 10-14", "10=10", "6=30", "9=3400"),
            *("ของฉันค้างอะไร", "ใครยังไม่ส่ง", "ตัวเลขจากจังหวัด", "หลังที่เหลือ", "ดูข้อความเต็ม", "รายงานครั้งที่ 1", "🙏"),
        ]
    ),
    st.text(max_size=30),
)
ACTION = st.one_of(
    st.tuples(st.just("say"), SAID),
    st.tuples(st.just("tap"), st.integers(0, 40)),
    st.tuples(st.just("old tap"), st.integers(0, 200)),
    st.tuples(st.just("send"), st.sampled_from(["image", "sticker", "audio", "location"])),
    st.tuples(st.just("late"), st.sampled_from(["1", "รายงาน"])),
    st.tuples(st.just("follow"), st.none()),
)
_areas = itertools.cycle(["4201", "4202", "4203", "4204", "4205", "4206", "4207", "4208", "4209"])


def do(phone: Phone, seen: list[dict[str, object]], kind: str, what: object) -> str:
    if kind in {"tap", "old tap"}:
        # a link opens a page, and says nothing in the chat
        pool = [each for each in phone.buttons() if each["type"] != "uri"] if kind == "tap" else seen
        return phone.touch(pool[int(str(what)) % len(pool)]) if pool else phone.say("เมนู")
    if kind == "send":
        return phone.photo() if what == "image" else phone.other(str(what))
    if kind == "late":
        message = {"type": "message", "message": {"type": "text", "text": what}}
        return phone.deliver(phone.event(message, timestamp=1))
    return phone.follow() if kind == "follow" else phone.say(str(what))


@pytest.mark.parametrize("role", ["officer", "guest", "leader", "staff"])
@settings(
    max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(actions=st.lists(ACTION, min_size=4, max_size=22))
def test_every_message_is_answered_and_the_state_survives_json(
    town: Town, role: str, actions: list[tuple[str, object]]
) -> None:
    areas = {"officer": next(_areas), "leader": "42070605", "staff": "42"}
    phone = town.stranger() if role == "guest" else town.person("สมใจ ตัวอย่าง", role, areas[role])
    seen: list[dict[str, object]] = []
    for kind, what in actions:
        # a leader's photos at a stroke, and numbers that come late, are summed up a moment later
        assert do(phone, seen, kind, what) or phone.quiet(), (kind, what)
        seen += [action for action in phone.buttons() if action["type"] == "postback"]
        stored = chat_of(town, phone).state
        assert State.from_json(json.loads(json.dumps(stored))).to_json() == stored
