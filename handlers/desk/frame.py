"""What every page of the desk has: who looks at it, in which language, its navigation, and the key of its forms."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from flask import Response, abort, g, make_response, redirect, render_template, request
from itsdangerous import BadData, URLSafeTimedSerializer
from sqlalchemy.orm import Session
from werkzeug.exceptions import RequestEntityTooLarge

from bot.messages.bubbles import Text, Value
from bot.messages.catalogue import LOCALES, Catalogue
from bot.messages.formats import BANGKOK, number
from bot.runtime import Runtime
from handlers.doors import DeskDoor
from services import owed
from services.desk.sessions import DESK_ROLES, Visitor
from services.people.people import Areas

COOKIE = "tidtam_desk"
LANGUAGE = "tidtam_desk_language"
SAID = "tidtam_desk_said"
SAID_SECONDS = 60
LONGEST_WORDS = 4_000_000
"""Bytes of what is typed or pasted into a form whose door takes more than the service's own limit."""
BESIDE_A_FILE = 100_000
"""Bytes of an upload beside the file itself."""
FORM_KEY = "form_key"
_READING = {"GET", "HEAD", "OPTIONS"}
"""Methods that change nothing, and so need no key."""
ENTRIES = (
    ("today", "desk_today.today"),
    ("reports", "desk_reports.listed"),
    ("households", "desk_households.villages"),
    ("notices", "desk_notices.overview"),
    ("settings", "desk_settings.index"),
)
"""The navigation: name of the entry, and its first page. An entry stands here from the day its pages do."""


@dataclass(frozen=True)
class Frame:
    runtime: Runtime

    def admit(self, door: DeskDoor) -> Response | None:
        """Let whoever is signed in with a role of the door pass; every form needs the key that its page was given."""
        visitor = self.runtime.desks.visitor(request.cookies.get(COOKIE, ""))
        if visitor is None:
            return self.turned_away("signed_out", HTTPStatus.UNAUTHORIZED)
        if not visitor.roles & door.roles:
            return self.turned_away("not_for_you", HTTPStatus.FORBIDDEN, visitor.locale)
        if door.largest:
            request.max_content_length = door.largest
            request.max_form_memory_size = min(door.largest, LONGEST_WORDS)
        try:
            key = request.form.get(FORM_KEY, "")
        except RequestEntityTooLarge:
            return self.turned_away("too_large", HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        if request.method not in _READING and not hmac.compare_digest(key.encode(), self.form_key().encode()):
            return self.turned_away("old_form", HTTPStatus.FORBIDDEN)
        g.desk_visitor = visitor.at(door.roles)
        names = (file.filename or "" for file in request.files.values())
        if any("\0" in words for words in (*request.form.values(), *names)):
            abort(HTTPStatus.BAD_REQUEST)  # PostgreSQL takes it in no text
        return None

    @property
    def visitor(self) -> Visitor:
        """Who is let in. Only behind a DeskDoor."""
        found: Visitor = g.desk_visitor
        return found

    def catalogue(self, locale: str = "") -> Catalogue:
        """In the language that was switched to in this browser, else the chat's."""
        wanted = request.cookies.get(LANGUAGE, "") or locale
        return self.runtime.texts.catalogue(wanted if wanted in LOCALES else LOCALES[0])

    @property
    def words(self) -> Catalogue:
        return self.catalogue(self.visitor.locale)

    def page(self, template: str, title: Text, entry: str, **values: Any) -> Response:
        """A page of somebody who is signed in; `entry` is the one of the navigation that it belongs to."""
        words = self.words
        with self.runtime.sessions() as session:
            areas = Areas(session, words)
            sees = self._sees(areas)
        shown = render_template(
            f"desk/{template}",
            title=words.say(title),
            entry=entry,
            entries=ENTRIES,
            visitor=self.visitor,
            sees=sees,
            said=self._said(),
            form_key=self.form_key(),
            here=request.full_path.rstrip("?"),
            **self._common(words),
            **values,
        )
        answer = make_response(shown)
        if SAID in request.cookies:
            answer.delete_cookie(SAID, path="/desk")
        return answer

    def _sees(self, areas: Areas) -> tuple[str, ...]:
        """The visitor's areas by name, beside theirs, on every page the same; of many provinces only how many."""
        scope = self.visitor.within(DESK_ROLES)
        if scope.wide:
            return (self.words.say(Text("desk.sees_provinces", {"n": len(scope.codes)})),)
        areas.read(scope.codes)
        return tuple(areas[code].name for code in scope.codes)

    def done(self, to: str, said: Text | None = None) -> Response:
        """After a form was taken: on to the page `to` (an address of ours), which says once what was done."""
        answer = make_response(redirect(to, HTTPStatus.SEE_OTHER))
        if said is not None:
            words = self._sealed.dumps(self.words.say(said))
            answer.set_cookie(SAID, str(words), max_age=SAID_SECONDS, path="/desk", httponly=True, samesite="Lax")
        return answer

    @contextmanager
    def deed(self) -> Iterator[Session]:
        """The transaction of what a form does; the jobs that it promises are rung for once it stands."""
        with self.runtime.sessions() as session:
            with session.begin():
                yield session
            promised = owed.promised(session)
        for job, subject in promised:
            self.runtime.queue.ring(job, subject)

    def _said(self) -> str:
        """What the form before this page did; "" for a page that was simply opened."""
        try:
            return str(self._sealed.loads(request.cookies.get(SAID, ""), max_age=SAID_SECONDS))
        except BadData:
            return ""

    @property
    def _sealed(self) -> URLSafeTimedSerializer:
        """Sealed for the session, so that no page of elsewhere can have ours say anything."""
        return URLSafeTimedSerializer(self.form_key(), salt="desk said")

    def turned_away(self, key: str, status: HTTPStatus, locale: str = "") -> Response:
        """A page that says why this one cannot be opened, and what to do."""
        visitor: Visitor | None = g.get("desk_visitor")
        words = self.catalogue(locale or (visitor.locale if visitor is not None else ""))
        values = {"key": key, "title": words.say(Text("desk.name")), "signed_in": visitor is not None}
        shown = render_template("desk/turned_away.html", **values, **self._common(words))
        return make_response(shown, status)

    def form_key(self) -> str:
        """Bound to the session by its token, so that no page of elsewhere can send our forms."""
        secret, token = self.runtime.settings.secret_key, request.cookies.get(COOKIE, "")
        return hmac.digest(f"desk form {secret}".encode(), token.encode(), hashlib.sha256).hex()

    def unchanged(self, *shown: object) -> tuple[str, Response | None]:
        """The tag of what a page is about to show, and the answer if the browser has just that already."""
        mark = repr((self.visitor.session_id, self.words.locale, shown))
        tag = hashlib.sha256(mark.encode()).hexdigest()[:32]
        if request.if_none_match.contains(tag):
            answer = Response(status=HTTPStatus.NOT_MODIFIED)
            answer.set_etag(tag)
            return tag, answer
        return tag, None

    def _common(self, words: Catalogue) -> dict[str, Any]:
        now = self.runtime.clock.now()
        return {
            "lang": words.locale,
            "locales": LOCALES,
            "t": sayer(words),
            "when": _when(words),
            "number": number,
            "now": now,
        }


def sayer(words: Catalogue) -> Callable[..., str]:
    """The catalogue's texts by key, for templates."""

    def say(key: str, **values: Value) -> str:
        return words.say(Text(key, values))

    return say


def _when(words: Catalogue) -> Callable[[dt.datetime], str]:
    """A moment as the office writes it: 11 มิ.ย. 64 16.30 น."""

    def written(moment: dt.datetime) -> str:
        local = moment.astimezone(BANGKOK)
        return words.say(Text("desk.moment", {"day": local.date(), "time": local}))

    return written
