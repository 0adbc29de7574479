"""The signature page's routes. GET changes nothing; POST uses the link up, once the signature is stored.

No session and no cookie: the link is the key. Nothing of the page comes from elsewhere, and no frame may show it.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from flask import Blueprint, Response, jsonify, render_template, request

from bot.conversation.household.counted import count_lines, missing_lines
from bot.conversation.household.names import called
from bot.messages.bubbles import Day, Text, Value
from bot.messages.catalogue import LOCALES, Catalogue
from bot.runtime import Runtime
from handlers.doors import Door, opens_to
from handlers.private_pages import private
from models.signature import SignerRole
from services.evidence.signatures import SignPage
from services.evidence.strokes import MOST_BYTES, UnsignedError, read_strokes
from services.links import LinkError

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
_CODES = {"unknown": HTTPStatus.NOT_FOUND, "not_yours": HTTPStatus.FORBIDDEN}
"""Every other fault of a link: it was good once."""


def blueprint(runtime: Runtime) -> Blueprint:
    pages = Blueprint("signing", __name__, url_prefix="/sign", template_folder="templates", static_folder="static")
    pages.after_request(_guarded)

    @pages.get("/<token>")
    @opens_to(Door.LINK)
    def page(token: str) -> tuple[str, int]:
        try:
            found = runtime.signatures.page(token)
        except LinkError as error:
            return _refused(runtime, error.key)
        if found.used:
            return _refused(runtime, "used", found.catalogue.locale)
        return _page(found, token), HTTPStatus.OK

    @pages.post("/<token>")
    @opens_to(Door.LINK)
    def sign(token: str) -> tuple[Response, int]:
        """Body: see services.evidence.strokes; ?role= says who signed. The answer's `told` is what the page shows."""
        say = runtime.texts.catalogue(_locale(request.args.get("lang", ""))).say
        try:
            strokes = read_strokes(request.stream.read(MOST_BYTES + 1))
            runtime.signatures.take(token, strokes, _role(request.args.get("role", "")))
        except UnsignedError as error:
            return jsonify(told=say(Text(f"pad.unsigned.{error.why}"))), HTTPStatus.UNPROCESSABLE_ENTITY
        except LinkError as error:
            return jsonify(told=say(Text(f"pad.link.{error.key}"))), _CODES.get(error.key, HTTPStatus.GONE)
        except OSError:
            return jsonify(told=say(Text("pad.later"))), HTTPStatus.SERVICE_UNAVAILABLE
        return jsonify(told=say(Text("pad.sent"))), HTTPStatus.OK

    return pages


def _guarded(response: Response) -> Response:
    return private(response, _POLICY, "" if request.endpoint == "signing.static" else "no-store")


def _locale(wanted: str) -> str:
    return wanted if wanted in LOCALES else LOCALES[0]


def _role(wanted: str) -> SignerRole:
    return SignerRole.WITNESS if wanted == SignerRole.WITNESS else SignerRole.RESPONDENT


def _refused(runtime: Runtime, key: str, locale: str = LOCALES[0]) -> tuple[str, int]:
    catalogue = runtime.texts.catalogue(locale)
    told = catalogue.say(Text(f"pad.link.{key}"))
    shown = render_template("pad/refused.html", lang=locale, title=catalogue.say(Text("pad.title")), told=told)
    return shown, _CODES.get(key, HTTPStatus.GONE)


def _page(found: SignPage, token: str) -> str:
    catalogue, link = found.catalogue, found.link
    what = Text("pad.house", {"house": called(link.house_no), "area": found.area_name})
    if not link.house_no:
        what = Text("pad.village", {"area": found.area_name})
    return render_template(
        "pad/sign.html",
        lang=catalogue.locale,
        token=token,
        what=catalogue.say(what),
        role=link.role.value,
        of_household=bool(link.house_no),
        summary=_summary(found),
        until=catalogue.say(Text("pad.until", {"time": link.expires_at})),
        say=_sayer(catalogue, who=found.leader_name),
    )


def _summary(found: SignPage) -> dict[str, Any] | None:
    """What is signed of a village: every count, and every house that something is missing of."""
    if found.summary is None:
        return None
    summary, say = found.summary, found.catalogue.say
    lines = (*count_lines(summary.counts, summary.cases), *missing_lines(summary.counts, summary.counts.total))
    as_of = Text("pad.as_of", {"day": Day(summary.as_of.date()), "time": summary.as_of})
    role = Text(f"pad.notice_{found.link.role.value}", {"who": summary.leader_name})
    return {"lines": [say(line) for line in lines], "as_of": say(as_of), "notice": say(role)}


def _sayer(catalogue: Catalogue, **values: Value) -> Any:
    """The catalogue's texts of this page by their last name, for the template."""
    return lambda name: catalogue.say(Text(f"pad.{name}", values if name == "role_witness" else {}))
