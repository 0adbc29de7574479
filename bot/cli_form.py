"""`tidtam form`: check a form, see its XForm, play it in the terminal, put a new version to work."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from bot.cli_environment import open_runtime
from bot.forms.compiled import CompiledForm
from bot.forms.load import compile_xlsform
from bot.forms.problems import FormError, FormProblem
from bot.messages.bubbles import Text
from bot.messages.catalogue import Catalogue
from bot.terminal import Terminal
from services.campaigns import loading as campaigns

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
    lines = [_said(catalogue, problem) for catalogue in catalogues]
    return [*lines, problem.args["message"]] if "mistake" in problem.args else lines


def _said(catalogue: Catalogue, problem: FormProblem) -> str:
    mistake, named = problem.args.get("mistake"), ", ".join(problem.args.values())
    key, named = (
        (f"form.converter.{mistake}", problem.args["about"]) if mistake else (f"form.problem.{problem.what}", named)
    )
    what = catalogue.say(
        Text(key if key in catalogue else "form.problem.other", {"what": problem.what, "named": named})
    )
    if problem.row is None:
        return what
    return catalogue.say(Text("form.place", {"sheet": problem.sheet, "row": str(problem.row), "what": what}))


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
    compiled = _compiled(file)
    try:
        with open_runtime() as runtime, runtime.sessions() as session, session.begin():
            version = campaigns.new_form_version(session, campaign, key, compiled, runtime.clock.now())
    except LookupError as error:
        raise click.ClickException(f"no form {key} in campaign {campaign}") from error
    click.echo(f"{campaign}/{key}: version {version}")
