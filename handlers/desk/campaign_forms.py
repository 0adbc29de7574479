"""ตั้งค่า, the forms of a campaign: their versions, a new one uploaded, checked, compared, tried out and published."""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, Response, make_response, request, url_for

from bot.forms.files import FILE_CAP
from bot.forms.problems import FormError
from bot.messages.bubbles import Text
from handlers.desk import form_play, form_upload
from handlers.desk.campaign_words import written
from handlers.desk.campaigns import ENTRY, Loaded, found, loaded, title_of_form
from handlers.desk.form_rows import form_of, uploads
from handlers.desk.frame import BESIDE_A_FILE, Frame
from handlers.doors import opens_to_roles
from models.people import STAFF_ROLES
from services.campaigns.form_files import as_spreadsheet
from services.campaigns.form_problems import sentence
from services.campaigns.kept import kept
from services.desk import campaigns as listed


def blueprint(frame: Frame) -> Blueprint:
    pages = Blueprint(
        "desk_forms", __name__, url_prefix="/desk/settings/campaigns/<slug>/forms/<form>", template_folder="templates"
    )

    @pages.get("")
    @opens_to_roles(STAFF_ROLES)
    def one(slug: str, form: str) -> Response:
        return _page(frame, slug, form, ())

    @pages.post("")
    @opens_to_roles(STAFF_ROLES, largest=FILE_CAP + BESIDE_A_FILE)
    def upload(slug: str, form: str) -> Response:
        """Check the file; what is wrong is said by sheet and row, and nothing changes."""
        with frame.runtime.sessions() as session:
            row = form_of(session, found(frame, session, slug), form)
        file = request.files.get("file")
        if file is None or not file.filename:
            return _page(frame, slug, form, (frame.words.say(Text("desk.forms.no_file")),))
        try:
            uploads(frame).take(row.id, form, file.filename, file.read(), frame.visitor.person_id)
        except FormError as error:
            problems = tuple(sentence(frame.words, problem) for problem in error.problems)
            return _page(frame, slug, form, problems, file.filename)
        return frame.done(url_for("desk_forms.waiting", slug=slug, form=form))

    @pages.get("/file")
    @opens_to_roles(STAFF_ROLES)
    def download(slug: str, form: str) -> Response:
        """The form in use, as a spreadsheet."""
        with frame.runtime.sessions() as session:
            whole = loaded(frame, session, slug)
            form_of(session, whole.campaign, form)
        name, content = as_spreadsheet(*_file_of(whole, form))
        answer = make_response(content)
        answer.content_type = "application/octet-stream"
        answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        return answer

    form_upload.routes(pages, frame)
    form_play.routes(pages, frame)
    return pages


def _file_of(whole: Loaded, key: str) -> tuple[str, bytes]:
    path = str(whole.config["forms"][key]["file"])
    return path, whole.files[path]


def _page(frame: Frame, slug: str, key: str, problems: tuple[str, ...], refused: str = "") -> Response:
    """The form's page; with `problems`, those of a file that was refused."""
    with frame.runtime.sessions() as session:
        campaign = found(frame, session, slug)
        row = form_of(session, campaign, key)
        line = next(each for each in listed.forms(session, campaign) if each.id == row.id)
        title = title_of_form(frame, session, line)
        loaded = bool(kept(session, campaign.id))
    shown = {
        "slug": slug,
        "line": line,
        "problems": problems,
        "refused": refused,
        "loaded": loaded,
        "waits": uploads(frame).waiting(row.id),
        **written(frame),
    }
    answer = frame.page("one_form.html", Text("desk.campaigns.heading", {"title": title}), ENTRY, **shown)
    if problems:
        answer.status_code = HTTPStatus.UNPROCESSABLE_ENTITY
    return answer
