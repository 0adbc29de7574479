"""`tidtam register`: the villages, households and volunteers of the survey, from files and back into files."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from bot.cli_environment import open_runtime
from bot.cli_quality import check
from bot.messages.bubbles import Text
from bot.messages.catalogue import LOCALES, Catalogue
from bot.runtime import Runtime
from services.register.fault_table import SHOWN
from services.register.faults import FileFault
from services.register.kinds import KINDS, SIGNATURES
from services.register.runs import Imported
from services.register.sample import Sample
from services.register.work import Progress
from services.register.writers import FORMS

KIND = click.argument("kind", type=click.Choice(list(KINDS)))
FILE = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
DRY = click.option("--dry-run", is_flag=True, help="Only say what would happen; store nothing.")
ERRORS = click.option(
    "--errors",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where to write the table of all refused rows (default: beside the file, only when there are any).",
)
BY = click.option("--by", "person_id", type=int, help="Number of the person who does it, for the audit trail.")


@click.group("register")
def register() -> None:
    """The register: villages, households, volunteers and their signatures."""


register.add_command(check)


@register.command("import")
@KIND
@FILE
@DRY
@click.option("--replace", is_flag=True, help="Take out what the file's villages no longer have.")
@ERRORS
@BY
def import_command(
    kind: str, file: Path, *, dry_run: bool, replace: bool, errors: Path | None, person_id: int | None
) -> None:
    """Import a CSV or Excel file; the same file may be imported any number of times."""
    with open_runtime() as runtime, _plainly(), file.open("rb") as opened, _bar(file.name) as progress:
        done = runtime.register.import_table(
            kind, opened, file.name, dry_run=dry_run, replace=replace, person_id=person_id, progress=progress
        )
        _save_errors(runtime, done, errors or file.with_name(f"{file.name}.errors.csv"))
    _tell(done, dry_run=dry_run)


@register.command(SIGNATURES)
@FILE
@DRY
@click.option("--replace", is_flag=True, help="Take out older signatures of the volunteers whom the file has.")
@ERRORS
@BY
def signatures(file: Path, *, dry_run: bool, replace: bool, errors: Path | None, person_id: int | None) -> None:
    """Import volunteers' signatures from a ZIP of pictures named by their ids: A-012.png."""
    with open_runtime() as runtime, _plainly(), file.open("rb") as opened, _bar(file.name) as progress:
        done = runtime.register.import_signatures(
            opened, file.name, dry_run=dry_run, replace=replace, person_id=person_id, progress=progress
        )
        _save_errors(runtime, done, errors or file.with_name(f"{file.name}.errors.csv"))
    _tell(done, dry_run=dry_run)


@register.command("export")
@KIND
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--area", default="", help="Only what lies in this area: 2, 4, 6 or 8 digits of its code.")
@click.option("--language", type=click.Choice(LOCALES), default="th", show_default=True)
@BY
def export(kind: str, file: Path, area: str, language: str, person_id: int | None) -> None:
    """Write a register as .csv or .xlsx; importing that file again changes nothing."""
    form = file.suffix.lower().removeprefix(".")
    if form not in FORMS:
        raise click.ClickException(f"{file.name} must end with .csv or .xlsx")
    with open_runtime() as runtime, file.open("wb") as opened:
        rows = runtime.register.export(kind, opened, form, area=area, locale=language, person_id=person_id)
    click.echo(f"{file.name}: {rows} rows")


@register.command("sample")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--households", type=click.IntRange(min=1), default=2000, show_default=True)
@click.option("--province", default="42", show_default=True, help="Two digits; its tambons are the only real thing.")
@click.option("--language", type=click.Choice(LOCALES), default="th", show_default=True)
def sample(folder: Path, households: int, province: str, language: str) -> None:
    """Write a made-up register of any size, to try things out. Needs no environment."""
    try:
        files = Sample(Catalogue.load(language), province, households).write(folder)
    except LookupError as error:
        raise click.ClickException(f"there is no province {province}") from error
    for path in files:
        click.echo(str(path))


@contextmanager
def _plainly() -> Iterator[None]:
    """Say why a file cannot be used, in Thai and English."""
    try:
        yield
    except FileFault as fault:
        words = [Catalogue.load(locale).say(fault.text()) for locale in LOCALES]
        raise click.ClickException("\n".join(words)) from fault


@contextmanager
def _bar(label: str) -> Iterator[Progress]:
    """A bar in the terminal; nothing where no person looks."""
    with click.progressbar(length=1, label=label, file=sys.stderr) as bar:

        def progress(done: int, total: int | None) -> None:
            bar.length = max(total or done, 1)
            bar.update(done - bar.pos)

        yield progress


def _save_errors(runtime: Runtime, done: Imported, path: Path) -> None:
    if not done.errors_key:
        return
    with path.open("wb") as file:
        for chunk in runtime.media.get(done.errors_key):
            file.write(chunk)
    click.echo(f"refused rows: {path}", err=True)


def _tell(done: Imported, *, dry_run: bool) -> None:
    """Counts first, then what is wrong, row by row, in both languages."""
    catalogues = [Catalogue.load(locale) for locale in LOCALES]
    figures = {name: str(value) for name, value in done.tally.figures().items()}
    for catalogue in catalogues:
        click.echo(catalogue.say(Text("register.done_dry" if dry_run else "register.done", figures)))
    for fault in done.faults:
        for catalogue in catalogues:
            click.echo(catalogue.say(fault.text()))
    if done.tally.refused > SHOWN:
        for catalogue in catalogues:
            click.echo(catalogue.say(Text("register.more", {"n": str(done.tally.refused - SHOWN)})))
    for key, names in (
        ("register.vanished", done.vanished),
        ("register.left_out", done.left_out),
        ("register.sheets_left_out", done.sheets_left_out),
    ):
        for catalogue in catalogues if names else ():
            click.echo(catalogue.say(Text(key, {"list": ", ".join(names)})))
