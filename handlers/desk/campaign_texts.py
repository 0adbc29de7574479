"""ตั้งค่า, the words of a campaign: which it has of its own, one of them changed, seen as a bubble, or given back."""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, Response, abort, request, url_for

from bot.messages.bubbles import Text
from bot.messages.catalogue import LOCALES
from handlers.desk.campaign_changing import Refused, change_campaign, seen
from handlers.desk.campaigns import ENTRY, loaded
from handlers.desk.frame import Frame
from handlers.doors import opens_to_roles
from models.people import STAFF_ROLES
from services.campaigns.editing import own_texts, with_text
from services.campaigns.folder import Files
from services.campaigns.text_check import LONGEST, TriedText, tried

MOST_FOUND = 40
LONGEST_SEARCH = 100


def blueprint(frame: Frame) -> Blueprint:
    pages = Blueprint(
        "desk_texts", __name__, url_prefix="/desk/settings/campaigns/<slug>/texts", template_folder="templates"
    )

    @pages.get("")
    @opens_to_roles(STAFF_ROLES)
    def listed(slug: str) -> Response:
        """The campaign's own texts, and the built-in ones that hold some words."""
        own = own_texts(_files(frame, slug))
        wanted = request.args.get("q", "").strip()[:LONGEST_SEARCH]
        locale = frame.words.locale
        shown = {
            "slug": slug,
            "wanted": wanted,
            "own": sorted(own.get(locale, {}).items()),
            "found": _found(frame, wanted),
            "most": MOST_FOUND,
        }
        return frame.page("texts.html", Text("desk.texts.title"), ENTRY, **shown)

    @pages.get("/<text>")
    @opens_to_roles(STAFF_ROLES)
    def one(slug: str, text: str) -> Response:
        return _page(frame, slug, text, {})

    @pages.post("/<text>")
    @opens_to_roles(STAFF_ROLES)
    def save(slug: str, text: str) -> Response:
        """Say it so from now on, or in the built-in words again; or only look at what it would be like."""
        given = {locale: _clean(request.form.get(locale, "")) for locale in LOCALES}
        words = dict.fromkeys(LOCALES, "") if request.form.get("back") else given
        files = _files(frame, slug)
        own = own_texts(files)
        known = text in frame.runtime.texts.catalogue(LOCALES[0]) or any(text in each for each in own.values())
        if not known:
            abort(404)
        faulty = any(_tried(frame, own, text, locale, each).faults for locale, each in words.items() if each)
        if faulty or request.form.get("look"):
            return _page(frame, slug, text, given)

        def edit(kept: Files) -> Files:
            return with_text(kept, text, words)

        refused = change_campaign(frame, slug, edit, "text_changed", lambda kept: _own(kept, text))
        if refused is not None:
            return _page(frame, slug, text, given, refused)
        said = Text("desk.texts.back" if request.form.get("back") else "desk.texts.saved")
        return frame.done(url_for("desk_texts.listed", slug=slug), said)

    return pages


def _files(frame: Frame, slug: str) -> Files:
    with frame.runtime.sessions() as session:
        return loaded(frame, session, slug).files


def _own(files: Files, key: str) -> dict[str, str]:
    """The campaign's own words for a text, by locale."""
    return {locale: texts[key] for locale, texts in own_texts(files).items() if key in texts}


def _clean(words: str) -> str:
    return words.replace("\r\n", "\n").strip()[:LONGEST]


def _found(frame: Frame, wanted: str) -> list[tuple[str, str]]:
    """Built-in texts with these words in them, with their keys."""
    if not wanted:
        return []
    built_in = frame.runtime.texts.catalogue(frame.words.locale)
    holding = (
        (key, words)
        for key in built_in
        if not key.startswith("desk.") and wanted in (words := built_in.template(key).source)
    )
    return [pair for _place, pair in zip(range(MOST_FOUND), holding, strict=False)]


def _tried(frame: Frame, own: dict[str, dict[str, str]], key: str, locale: str, words: str) -> TriedText:
    return tried(frame.runtime.texts.catalogue(locale), own.get(locale, {}), key, words)


def _page(frame: Frame, slug: str, key: str, given: dict[str, str], cause: Refused | None = None) -> Response:
    files, cause = _files(frame, slug), cause or Refused()
    own, lines = own_texts(files), []
    for locale in LOCALES:
        built_in = frame.runtime.texts.catalogue(locale)
        original = built_in.template(key).source if key in built_in else ""
        words = _clean(given.get(locale, "")) or own.get(locale, {}).get(key, "") or original
        if not words:
            abort(404)
        lines.append((locale, original, words, _tried(frame, own, key, locale, words)))
    refused = any(line[3].faults for line in lines)
    changed = any(key in each for each in own.values())
    shown = {
        "slug": slug,
        "key": key,
        "lines": lines,
        "cause": cause,
        "seen": seen(_own(files, key), cause),
        "changed": changed,
    }
    answer = frame.page("text.html", Text("desk.texts.one"), ENTRY, **shown)
    if refused and request.method == "POST":
        answer.status_code = HTTPStatus.UNPROCESSABLE_ENTITY
    return cause.on(answer)
