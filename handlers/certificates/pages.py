"""The routes of certificates: no session, no cookie, no script; nothing comes from elsewhere, and no frame shows it."""

from __future__ import annotations

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from flask import Blueprint, Response, render_template, request

from bot.conversation.household.counted import count_lines
from bot.messages.bubbles import Day, Text, Value
from bot.messages.catalogue import DEFAULT_LOCALE, Catalogue
from bot.runtime import Runtime
from handlers.doors import Door, opens_to
from handlers.private_pages import private
from services.evidence.certificates.paper import grouped
from services.evidence.certificates.reading import Certified, NotMadeYetError
from services.links import LinkError

_POLICY = (
    "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; img-src 'self'"
)
_CODES = {"unknown": HTTPStatus.NOT_FOUND, "not_yours": HTTPStatus.FORBIDDEN}
"""Every other fault of a link: it was good once."""
_LOOK_AGAIN = "5"
"""Seconds after which the page asks once more for a document that is being made."""
_LONGEST = 40
"""Letters of a code that are looked at."""


def blueprint(runtime: Runtime) -> Blueprint:
    pages = Blueprint("certificates", __name__, template_folder="templates")
    pages.after_request(lambda response: private(response, _POLICY))
    words = runtime.texts.catalogue(DEFAULT_LOCALE)

    @pages.get("/certificate/<token>")
    @opens_to(Door.LINK)
    def document(token: str) -> Response:
        try:
            found = runtime.certificate_reading.open(token)
        except LinkError as error:
            return _told(words, f"link.{error.key}", _CODES.get(error.key, HTTPStatus.GONE))
        except NotMadeYetError:
            waiting = _told(words, "being_made", HTTPStatus.SERVICE_UNAVAILABLE)
            waiting.headers["Retry-After"] = waiting.headers["Refresh"] = _LOOK_AGAIN
            return waiting
        except (OSError, KeyError):
            return _told(words, "away", HTTPStatus.SERVICE_UNAVAILABLE)
        return _pdf(found.reference, found.chunks)

    @pages.get("/verify")
    @opens_to(Door.ANYBODY)
    def ask() -> Response:
        typed = request.args.get("code", "")[:_LONGEST]
        return _checked(runtime, words, typed) if typed else _form(words, HTTPStatus.OK)

    @pages.get("/verify/<check_code>")
    @opens_to(Door.ANYBODY)
    def verify(check_code: str) -> Response:
        return _checked(runtime, words, check_code[:_LONGEST])

    return pages


def _pdf(reference: str, chunks: Iterator[bytes]) -> Response:
    response = Response(chunks, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{reference}.pdf"'
    return response


def _checked(runtime: Runtime, words: Catalogue, typed: str) -> Response:
    found = runtime.certificate_reading.verify(typed)
    if found is None:
        return _form(words, HTTPStatus.NOT_FOUND, typed)
    return _page("certificates/certified.html", found.catalogue, HTTPStatus.OK, **_shown(found))


def _shown(found: Certified) -> dict[str, Any]:
    def say(name: str, **values: Value) -> str:
        return found.catalogue.say(Text(f"certificate.check.{name}", values))

    lines = [found.catalogue.say(line) for line in count_lines(found.counts, found.cases)]
    lines.append(say("lacking", n=len(found.counts.lacking), unchecked=len(found.counts.unchecked)))
    notes = [say("further")] if found.further else []
    if found.replaced_by:
        notes.append(say("newer", reference=found.replaced_by))
    return {
        "valid": say("valid"),
        "reference": say("reference", reference=found.reference),
        "area": found.area_name,
        "notes": notes,
        "lines": lines,
        "as_of": say("as_of", day=Day(found.as_of.date()), time=found.as_of),
        "certified": say("certified", day=Day(found.certified_at.date())),
        "signers": [say("leader", who=found.leader_name), say("inspector", who=found.inspector_name)],
        "code": say("code", code=grouped(found.check_code)),
        "compare": say("compare"),
    }


def _form(words: Catalogue, status: HTTPStatus, typed: str = "") -> Response:
    say = words.say
    return _page(
        "certificates/form.html",
        words,
        status,
        typed=typed,
        told=say(Text("certificate.check.unknown", {"heard": typed})) if typed else "",
        label=say(Text("certificate.check.label")),
        button=say(Text("certificate.check.button")),
    )


def _told(words: Catalogue, key: str, status: HTTPStatus) -> Response:
    return _page("certificates/told.html", words, status, told=words.say(Text(f"certificate.document.{key}")))


def _page(name: str, words: Catalogue, status: HTTPStatus, **values: Any) -> Response:
    title = words.say(Text("certificate.check.title"))
    shown = render_template(name, lang=words.locale, title=title, **values)
    return Response(shown, status=status, content_type="text/html; charset=utf-8")
