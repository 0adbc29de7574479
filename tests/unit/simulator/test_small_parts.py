"""Identifiers, settings, phone files, the store and the ledger."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from simulator import ids, schema
from simulator.clock import CivilClock
from simulator.ledger import Ledger
from simulator.phones import Phones, load
from simulator.settings import Settings
from simulator.store import Store
from simulator.tokens import normal_key
from simulator.traffic import KEPT, LONGEST, Traffic


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store(tmp_path / "new" / "simulator.sqlite")
    yield store
    store.close()


def test_ids_look_like_lines() -> None:
    assert re.fullmatch(r"[0-7][0-9A-HJKMNP-TV-Z]{25}", ids.ulid())
    assert re.fullmatch(r"U[0-9a-f]{32}", ids.user_id())
    assert re.fullmatch(r"\d{18}", ids.message_id(100_001))


def test_ulids_sort_by_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("simulator.ids.time.time", lambda: 1000.0)
    early = ids.ulid()
    monkeypatch.setattr("simulator.ids.time.time", lambda: 1000.001)
    assert early < ids.ulid()


def test_settings_come_from_the_environment() -> None:
    env = {"LINE_CHANNEL_SECRET": "s", "LINE_CHANNEL_ACCESS_TOKEN": "t", "SIMULATOR_PORT": "9", "SIMULATOR_PHONES": "p"}
    settings = Settings.from_environment(env)
    assert (settings.port, settings.phones, settings.webhook_url) == (9, Path("p"), "http://127.0.0.1:8000/callback")


def test_a_missing_setting_is_named() -> None:
    with pytest.raises(KeyError, match="LINE_CHANNEL_SECRET"):
        Settings.from_environment({})


def test_phones_come_from_a_file(tmp_path: Path, store: Store) -> None:
    path = tmp_path / "phones.yaml"
    path.write_text(
        "phones: [{user_id: U00000000000000000000000000000009, name: A, following: true, shown: false}]", "utf-8"
    )
    phone = Phones(store).add(load(path)[0])
    assert (phone.following, phone.shown, phone.language, phone.role) == (True, False, "th", "other")


def test_a_phone_of_the_file_that_is_known_stays_as_it_is(store: Store) -> None:
    phones = Phones(store)
    for entry in load(None):
        phones.add(entry)
    first = phones.all()[0].user_id
    phones.change(first, {"name": "Changed"})
    phones.set_following(first, following=True)
    for entry in load(None):
        phones.add(entry)
    assert (phones.get(first).name, phones.get(first).following, len(phones.all())) == ("Changed", True, 3)


def test_a_user_id_must_look_like_one(store: Store) -> None:
    with pytest.raises(ValueError, match="user_id"):
        Phones(store).add({"user_id": "me", "name": "A"})


def test_time_stamps_of_a_phone_never_go_back(store: Store) -> None:
    phones = Phones(store)
    user = phones.add({"name": "A"}).user_id
    assert [phones.tick(user, stamp) for stamp in (1000, 1000, 900, 2000)] == [1000, 1001, 1002, 2000]
    assert phones.tick("nobody", 5) == 5


def test_a_failed_transaction_leaves_nothing(store: Store) -> None:
    def fail() -> None:
        with store.tx():
            store.set_meta("a", "1")
            with store.tx():
                store.set_meta("b", "1")
                raise LookupError

    with pytest.raises(LookupError):
        fail()
    assert (store.meta("a", ""), store.meta("b", "")) == ("", "")


def test_the_sequence_goes_on_after_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "simulator.sqlite"
    first = Store(path)
    first.run("INSERT INTO events VALUES (41, 'e', 'u', '{}', 'queued', 0, NULL)")
    bot = first.meta("bot_user_id", "")
    first.close()
    second = Store(path)
    assert (second.next_seq(), second.meta("bot_user_id", "")) == (42, bot)
    second.close()


def test_a_file_of_another_schema_starts_afresh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "simulator.sqlite"
    old = Store(path)
    old.set_meta("a", "1")
    old.close()
    monkeypatch.setattr(schema, "VERSION", schema.VERSION + 1)
    new = Store(path)
    assert new.meta("a", "") == ""
    new.close()


def test_a_new_month_brings_a_new_quota(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = CivilClock("")
    this_month = clock.now()
    monkeypatch.setattr(clock, "now", lambda: this_month)
    ledger = Ledger(store, clock, 1)
    ledger.bill(1)
    assert not ledger.allows(1)
    monkeypatch.setattr(clock, "now", lambda: this_month + dt.timedelta(days=32))
    assert ledger.allows(1)
    assert ledger.counters()["billed"] == 1
    store.close()


@pytest.mark.parametrize("key", ["123e4567-e89b-12d3-a456-426614174000", "123E4567-E89B-12D3-A456-426614174000"])
def test_retry_keys_are_compared_without_case(key: str) -> None:
    assert normal_key(key) == "123e4567-e89b-12d3-a456-426614174000"


def test_the_log_is_bounded() -> None:
    traffic = Traffic(CivilClock(""))
    for _ in range(KEPT + 1):
        traffic.note("in", ("POST", "/"), 200, b"a" * (LONGEST + 1))
    entries, last = traffic.after(0)
    assert (len(entries), len(entries[0]["body"]), entries[-1]["seq"]) == (KEPT, LONGEST, last)
