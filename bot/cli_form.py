"""`tidtam form`: check a form, see its XForm, play it in the terminal, put a new version to work."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click
from sqlalchemy import select

from bot.cli_environment import open_runtime
from bot.forms.compiled import CompiledForm
from bot.forms.load import compile_xlsform
from bot.forms.problems import FormError, FormProblem
from bot.messages.catalogue import Catalogue
from bot.terminal import Terminal
from models.campaign import Campaign, Form
from services.campaigns.files import CampaignError
from services.campaigns.form_problems import sentence
from services.campaigns.form_uploads import with_form
from services.campaigns.keeping import ChangedMeanwhileError

FILE = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
LANGUAGE = click.option("--language", type=click.Choice(["th", "en"]), default="th", show_default=True)


@click.group("form")
def form() -> None:
    """Forms: XLSForms as .xlsx, .xls, .md or .csv."""


def _compiled(file: Path) -> CompiledForm:
    """The form, or every fault of it by sheet and row, in Thai and English."""
    try:
        return compile_xlsform(file.read_bytes(), file.name)
    except FormError as error:
        catalogues = [Catalogue.load(locale) for locale in ("th", "en")]
        lines = [line for problem in error.problems for line in _in_both(catalogues, problem)]
        raise click.ClickException("\n".join(lines)) from error


def _in_both(catalogues: Sequence[Catalogue], problem: FormProblem) -> list[str]:
    """A fault in Thai and English; a usual mistake in plain words first, then as the converter says it."""
    lines = [sentence(catalogue, problem) for catalogue in catalogues]
    return [*lines, problem.args["message"]] if "mistake" in problem.args else lines


@form.command("check")
@FILE
def check(file: Path) -> None:
    """Say whether a form can be used, and what is wrong where."""
    compiled = _compiled(file)
    asked = sum(1 for question in compiled.questions.values() if question.asked)
    languages = ", ".join(compiled.languages) or "-"
    click.echo(
        f"{compiled.form_id} {compiled.version}: {len(compiled.asked_steps)} questions, {asked} boxes, {languages}"
    )


@form.command("xform")
@FILE
def xform(file: Path) -> None:
    """Print the form as an XForm, as ODK and Kobo take it."""
    click.echo(_compiled(file).xform.decode())


@form.command("play")
@FILE
@LANGUAGE
def play(file: Path, language: str) -> None:
    """Answer the form in the terminal, as a person would in the chat; nothing is stored."""
    terminal = Terminal.of(_compiled(file), language)
    for words in terminal.open():
        click.echo(words)
    while not terminal.submitted:
        try:
            typed = click.prompt("", prompt_suffix="> ")
        except click.Abort:
            return
        for words in terminal.say(typed):
            click.echo(words)
    click.echo(terminal.xml())


@form.command("load")
@FILE
@click.option("--campaign", required=True, help="The campaign's slug.")
@click.option("--form", "key", required=True, help="The form's key in campaign.yaml.")
def load(file: Path, campaign: str, key: str) -> None:
    """Put a new version of a campaign's form to work: new reports use it, open ones keep theirs."""
    _compiled(file)
    name, content = file.name, file.read_bytes()
    try:
        with open_runtime() as runtime:
            # kept with the campaign's folder, or the next change of it would bring the old form back
            runtime.campaigns.change(
                campaign, lambda files: with_form(files, key, name, content), None, "form_published"
            )
            with runtime.sessions() as session:
                version = session.scalar(
                    select(Form.current_version_id)
                    .join(Campaign, Campaign.id == Form.campaign_id)
                    .where(Campaign.slug == campaign, Form.key == key)
                )
    except ChangedMeanwhileError as error:
        raise click.ClickException(f"{campaign} is being changed by somebody else: try again") from error
    except LookupError as error:
        raise click.ClickException(f"no form {key} in campaign {campaign}") from error
    except CampaignError as error:
        raise click.ClickException("\n".join(error.faults)) from error
    click.echo(f"{campaign}/{key}: version {version}")
