"""The simulator's tables. The state is a toy's: no migrations; a changed schema version starts a fresh file."""

from __future__ import annotations

VERSION = 3

TABLES = """
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS counters (name TEXT PRIMARY KEY, n INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS usage (month TEXT PRIMARY KEY, n INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS phones (
    position INTEGER PRIMARY KEY,
    user_id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    language TEXT NOT NULL,
    role TEXT NOT NULL,
    pc INTEGER NOT NULL DEFAULT 0,
    following INTEGER NOT NULL,
    shown INTEGER NOT NULL,
    followed_before INTEGER NOT NULL DEFAULT 0,
    last_timestamp INTEGER NOT NULL DEFAULT 0,
    last_seq INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE IF NOT EXISTS messages (
    seq INTEGER PRIMARY KEY,
    updated_seq INTEGER NOT NULL,
    message_id TEXT NOT NULL UNIQUE,
    user_id TEXT NOT NULL,
    side TEXT NOT NULL,
    at TEXT NOT NULL,
    via TEXT,
    message TEXT NOT NULL,
    quick_reply TEXT,
    quote_token TEXT,
    quoted_message_id TEXT,
    unsent INTEGER NOT NULL DEFAULT 0,
    sender TEXT
);
CREATE INDEX IF NOT EXISTS messages_of_phone ON messages (user_id, updated_seq);
CREATE INDEX IF NOT EXISTS messages_by_quote ON messages (quote_token);
CREATE TABLE IF NOT EXISTS media (message_id TEXT PRIMARY KEY, content_type TEXT NOT NULL, size INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS events (
    seq INTEGER PRIMARY KEY,
    webhook_event_id TEXT NOT NULL UNIQUE,
    user_id TEXT NOT NULL,
    body TEXT NOT NULL,
    state TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    status INTEGER
);
CREATE INDEX IF NOT EXISTS events_waiting ON events (state, seq);
CREATE TABLE IF NOT EXISTS reply_tokens (
    token TEXT PRIMARY KEY,
    user_id TEXT NOT NULL,
    created REAL NOT NULL,
    delivered REAL,
    used INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE IF NOT EXISTS access_tokens (
    token TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    key_id TEXT NOT NULL,
    expires REAL NOT NULL,
    revoked INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS retry_keys (
    retry_key TEXT PRIMARY KEY,
    request_id TEXT NOT NULL,
    answer TEXT NOT NULL,
    accepted REAL NOT NULL
);
CREATE TABLE IF NOT EXISTS deliveries (
    day TEXT NOT NULL,
    kind TEXT NOT NULL,
    n INTEGER NOT NULL,
    PRIMARY KEY (day, kind)
);
CREATE TABLE IF NOT EXISTS groups (
    position INTEGER PRIMARY KEY,
    group_id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    bot INTEGER NOT NULL DEFAULT 0,
    last_timestamp INTEGER NOT NULL DEFAULT 0,
    last_seq INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE IF NOT EXISTS group_members (
    position INTEGER PRIMARY KEY,
    group_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    UNIQUE (group_id, user_id)
);
CREATE TABLE IF NOT EXISTS rich_menus (
    position INTEGER PRIMARY KEY,
    rich_menu_id TEXT NOT NULL UNIQUE,
    body TEXT NOT NULL,
    content_type TEXT NOT NULL DEFAULT ''
);
CREATE TABLE IF NOT EXISTS rich_menu_links (user_id TEXT PRIMARY KEY, rich_menu_id TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS rich_menu_aliases (alias TEXT PRIMARY KEY, rich_menu_id TEXT NOT NULL);
"""

NAMES = (
    "meta",
    "counters",
    "usage",
    "deliveries",
    "phones",
    "messages",
    "media",
    "events",
    "reply_tokens",
    "access_tokens",
    "retry_keys",
    "groups",
    "group_members",
    "rich_menus",
    "rich_menu_links",
    "rich_menu_aliases",
)
