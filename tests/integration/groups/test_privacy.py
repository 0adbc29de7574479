"""What people say to each other in a group is neither kept nor answered, whatever it is."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.integration.services.chat.test_intake import everything
from tests.support.chat import BOT, Phone, Town
from tests.support.groups import Group, mention_of_us
from tests.support.loaded import LoadedFile

SECRET = "ลับเฉพาะคนในกลุ่ม"
OTHER = "U" + "9" * 32
KINDS = st.sampled_from(["text", "image", "sticker", "video", "audio", "file", "location"])
WORDS = st.one_of(
    st.sampled_from(["เมนู", "รายงาน", "ใครยังไม่ส่ง", "ติดตาม", "ติดตามผลด้วย", "ผูกกลุ่ม", "ติดตาม ผลประชุม", "@All"]),
    st.text(max_size=30),
)
MENTIONS = st.lists(
    st.fixed_dictionaries({"index": st.integers(0, 9), "length": st.integers(0, 9), "type": st.just("user")})
    | st.just({"index": 0, "length": 4, "type": "all"})
    | st.just({"index": 0, "length": 4, "type": "user", "userId": OTHER, "isSelf": False}),
    max_size=2,
)


@settings(max_examples=20)
@given(talk=st.lists(st.tuples(KINDS, WORDS, MENTIONS), min_size=1, max_size=4))
def test_what_is_not_for_us_is_never_kept_and_never_answered(
    loaded_sqlite: LoadedFile, talk: list[tuple[str, str, list[dict[str, Any]]]]
) -> None:
    with loaded_sqlite.town() as town:
        group, officer = Group(town), town.person("สมใจ ตัวอย่าง", "officer", "4207")
        group.invite()
        answered = len(town.line.replies)
        for kind, words, mentions in talk:
            message = {"type": kind, "text": f"{SECRET} {words}", "fileName": f"{SECRET}.pdf", "title": SECRET}
            assert group.write(officer, {**message, "mention": {"mentionees": mentions}}) == ""
        assert len(town.line.replies) == answered
        assert SECRET not in str(everything(town))
        assert all(set(each.get("message", {})) <= {"id", "type"} for each in group.kept())


def test_a_call_is_kept_with_our_account_and_without_anybodys_user_id(
    town: Town, linked: Group, officer: Phone
) -> None:
    somchai = {"index": 9, "length": 6, "type": "user", "userId": OTHER}
    linked.say(officer, "@ติดตาม  @สมชาย สรุป", mention={"mentionees": [mention_of_us(), somchai]})
    kept = linked.kept()[-1]
    assert kept["message"] == {"id": kept["message"]["id"], "type": "text", "text": "สรุป"}
    assert isinstance(kept["account"], int)
    found = {table for table, row in everything(town) for user in (officer.user_id, OTHER, BOT) if user in row}
    assert found == {"line_account"}


def test_a_stranger_who_calls_gets_no_account(town: Town, linked: Group) -> None:
    stranger = town.stranger()
    linked.mention(stranger, "สรุป")
    assert linked.kept()[-1]["account"] is None
    assert not [table for table, row in everything(town) if stranger.user_id in row]


def test_who_comes_and_goes_is_not_written_down(town: Town, linked: Group, officer: Phone) -> None:
    members = {"members": [{"type": "user", "userId": OTHER}]}
    assert officer.send({"type": "memberJoined", "joined": members}, source=linked.source()) == ""
    assert officer.send({"type": "memberLeft", "left": members}, source=linked.source()) == ""
    assert OTHER not in str(everything(town))


def test_a_call_that_is_taken_back_goes_with_the_answer_that_repeats_it(town: Town, group: Group, staff: Phone) -> None:
    group.invite()
    assert "ดอยลับ" in group.mention(staff, "ผูกกลุ่ม ดอยลับ")
    group.unsend(staff, staff.last_message_id())
    assert "ดอยลับ" not in str(everything(town))


def test_a_tap_in_a_group_is_answered_with_silence(linked: Group, officer: Phone) -> None:
    tapped = {"type": "postback", "postback": {"data": "do=menu"}}
    assert officer.send(tapped, source=linked.source(officer)) == ""
