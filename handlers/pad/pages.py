"""The signature page's routes. GET changes nothing; POST uses the link up, once the signature is stored.

No session and no cookie: the link is the key. Nothing of the page comes from elsewhere, and no frame may show it.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from flask import Blueprint, Response, jsonify, render_template, request

from bot.messages.bubbles import Text, Value
from bot.messages.catalogue import LOCALES, Catalogue
from bot.runtime import Runtime
from models.signature import SignerRole
from services.evidence.sign_links import LinkError
from services.evidence.signatures import SignPage
from services.evidence.strokes import MOST_BYTES, UnsignedError, read_strokes

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
    def page(token: str) -> tuple[str, int]:
        try:
            found = runtime.signatures.page(token)
        except LinkError as error:
            return _refused(runtime, error.key)
        if found.used:
            return _refused(runtime, "used", found.catalogue.locale)
        return _page(found, token), HTTPStatus.OK

    @pages.post("/<token>")
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
    response.headers["Content-Security-Policy"] = _POLICY
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["X-Robots-Tag"] = "noindex"
    if request.endpoint != "signing.static":
        response.headers["Cache-Control"] = "no-store"
    return response


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
    what = Text("pad.house", {"house": link.house_no, "area": found.area_name})
    if not link.house_no:
        what = Text("pad.village", {"area": found.area_name})
    return render_template(
        "pad/sign.html",
        lang=catalogue.locale,
        token=token,
        what=catalogue.say(what),
        role=link.role.value,
        of_household=bool(link.house_no),
        until=catalogue.say(Text("pad.until", {"time": link.expires_at})),
        say=_sayer(catalogue, who=found.leader_name),
    )


def _sayer(catalogue: Catalogue, **values: Value) -> Any:
    """The catalogue's texts of this page by their last name, for the template."""
    return lambda name: catalogue.say(Text(f"pad.{name}", values if name == "role_witness" else {}))
