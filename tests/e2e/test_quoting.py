from __future__ import annotations

from tests.support.people import Someone


def test_a_reply_that_quotes_a_bubble_or_ones_own_message_changes_what_it_was_about(officer: Someone) -> None:
    officer.say("รายงาน")
    for words in ("2", "ทำแล้วทั้งสองอย่าง", "21 15"):
        officer.say(words)
    question = officer.heard[-1].message_id
    officer.say("3150 3040")
    own = officer.sent_messages()[-1].message_id
    officer.say("40 35 12 38 9")
    assert "เดิม 3,150 → ใหม่ 3,510" in officer.say("3510 3040", quoting=question)
    assert "เดิม 3,510 → ใหม่ 3,610" in officer.say("3610 3040", quoting=own)
