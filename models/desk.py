"""Who is signed in to the desk's pages: from a link in the chat, without a password."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class DeskSession(Base):
    """One browser. It shows what the person may see now: a role that has ended is gone from the pages at once."""

    __tablename__ = "desk_session"

    id: Mapped[int] = mapped_column(primary_key=True)
    link_nonce: Mapped[str] = mapped_column(unique=True)
    """Of the link that opened it: a link signs in once."""
    token_digest: Mapped[str] = mapped_column(unique=True)
    """The browser holds the token; no backup of the database does."""
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("line_account.id"))
    """In whose chat the link was asked for: its language, and where notices go."""
    browser: Mapped[str] = mapped_column(default="")
    """In a few words, for the list of sessions: Chrome, Windows."""
    created_at: Mapped[dt.datetime]
    seen_at: Mapped[dt.datetime]
    expires_at: Mapped[dt.datetime]
    """Civil time, like the two above."""
    ended_at: Mapped[dt.datetime | None]
