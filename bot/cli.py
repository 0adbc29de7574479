"""The `tidtam` commands. Each works from the environment alone; `read` and `form` need no environment at all."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

import click
import segno

from bot.cli_document import document
from bot.cli_environment import open_runtime
from bot.cli_export import export
from bot.cli_form import form
from bot.cli_person import person
from bot.cli_purge import purge
from bot.cli_read import read
from bot.cli_register import register
from bot.cli_rich_menu import rich_menu
from bot.cli_sheet import sheet
from bot.reading.national_id import find_national_ids
from bot.runtime import Runtime, build
from bot.settings import SettingsError, from_env
from models.area import Area, AreaKind
from models.people import Person, Role
from services import doctor
from services.campaigns import files as campaign_files
from services.campaigns import loading as campaigns
from services.campaigns.folder import spread
from services.demo import Demo
from services.evidence import figures_promises
from services.people import invitations, joining

MENUS_LATER = dt.timedelta(seconds=10)
"""By then a machine that starts everything has started it."""


@click.group()
def main() -> None:
    """Tidtam: field reporting over LINE."""


main.add_command(read)
main.add_command(form)
main.add_command(rich_menu)
main.add_command(register)
main.add_command(sheet)
main.add_command(document)
main.add_command(export)
main.add_command(purge)
main.add_command(person)


@main.command("doctor")
def doctor_command() -> None:
    """Say in plain words what is configured, reachable, missing."""
    try:
        runtime = build(from_env(os.environ))
    except SettingsError as error:
        for fault in error.faults:
            click.echo(f"✘ {fault}")
        raise SystemExit(1) from error
    findings = doctor.examine(runtime.settings, runtime.engine, runtime.line, runtime.media, runtime.queue)
    for finding in findings:
        click.echo(f"{'✔' if finding.well else '✘'} {finding.words}")
    runtime.close()
    raise SystemExit(0 if all(finding.well or not finding.vital for finding in findings) else 1)


@main.group("campaign")
def campaign_group() -> None:
    """Campaigns: dated forms, their rounds, reminders and registers."""


@campaign_group.command("load")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
def campaign_load(folder: Path) -> None:
    """Load a campaign's folder, or bring the loaded one up to date."""
    with open_runtime() as runtime:
        files = _load(runtime, folder)
    click.echo(f"{files.slug}: {len(files.rounds)} rounds, {len(files.forms)} forms, {len(files.villages)} villages")


def _load(runtime: Runtime, folder: Path) -> campaign_files.CampaignFiles:
    try:
        files = campaign_files.read(folder)
    except campaign_files.CampaignError as error:
        raise click.ClickException("\n".join(error.faults)) from error
    with runtime.sessions() as session, session.begin():
        campaigns.load(session, files, runtime.clock.now())
        figures_promises.all_changed(session, runtime.clock.real())
    return files


@campaign_group.command("export")
@click.argument("slug")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def campaign_export(slug: str, folder: Path) -> None:
    """Write a loaded campaign's files into FOLDER, as they were loaded or changed on the desk last."""
    with open_runtime() as runtime:
        try:
            files = runtime.campaigns.files(slug)
        except LookupError as error:
            raise click.ClickException(f"no campaign {slug} whose files are kept: load it first") from error
    if folder.exists() and any(folder.iterdir()):
        raise click.ClickException(f"{folder} is not empty")
    folder.mkdir(parents=True, exist_ok=True)
    spread(files, folder)
    click.echo(f"{folder}: {len(files)} files")


@main.command("invite")
@click.option("--role", type=click.Choice([role.value for role in Role]), required=True)
@click.option("--area", "area_code", help="Official code: 2 digits province, 4 district, 8 village.")
@click.option("--name", default="", help="Who the code is for; asked in the chat when left out.")
@click.option("--person", "person_id", type=int, help="An existing person's number: a new phone for them.")
@click.option("--all-districts", "province", help="A province's code: one code for each of its districts, as a table.")
def invite(role: str, area_code: str | None, name: str, person_id: int | None, province: str | None) -> None:
    """Make a personal code: single use, good for 30 days."""
    if (area_code is None) == (province is None):
        raise click.ClickException("give either --area or --all-districts")
    if find_national_ids(name):
        raise click.ClickException("the name holds a national id, which is never stored")
    lines = []
    with open_runtime() as runtime, runtime.sessions() as session, session.begin():
        now = runtime.clock.now()
        try:
            if person_id is not None and session.get(Person, person_id) is None:
                raise click.ClickException(f"there is no person {person_id}")
            if area_code is not None:
                lines = [invitations.invite(session, Role(role), area_code, now, name=name, person_id=person_id)]
            for code, area_name in joining.districts_of(session, province) if province else ():
                lines.append(f"{code}\t{area_name}\t{invitations.invite(session, Role(role), code, now)}")
        except LookupError as error:
            raise click.ClickException(f"area {area_code or province} is not loaded") from error
    # only now are the codes good
    for line in lines:
        click.echo(line)


@main.command("qr")
@click.option("--area", "area_code", required=True, help="A village's 8-digit code.")
@click.option("--account", required=True, help="The official account's basic id, such as @tidtam.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="An .svg or .png file.")
def qr(area_code: str, account: str, out: Path) -> None:
    """Draw a village's QR: it opens the chat with the joining words already typed."""
    with open_runtime() as runtime, runtime.sessions() as session:
        known = session.get(Area, area_code)
        words = runtime.texts.say("th", "join.village_words", code=area_code)
    if known is None or known.kind != AreaKind.VILLAGE:
        raise click.ClickException(f"village {area_code} is not loaded")
    link = joining.village_link(account, words)
    try:
        segno.make(link, error="m").save(str(out), scale=8)
    except ValueError as error:
        raise click.ClickException(f"{out.name} must end with .svg or .png") from error
    click.echo(link)


@main.command("demo")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
def demo_command(folder: Path) -> None:
    """Load a campaign and fill its demonstration: people on the simulator's phones, districts already at work."""
    file = folder / "demo.yaml"
    if not file.is_file():
        raise click.ClickException(f"{folder.name} has no demo.yaml")
    with open_runtime() as runtime:
        if runtime.settings.clock != "simulated":
            raise click.ClickException("a demonstration needs CLOCK=simulated")
        demo = Demo(runtime.sessions, runtime.clock, runtime.forms)
        demo.begin(file)
        _load(runtime, folder)
        try:
            count = demo.fill(file)
        except LookupError as error:
            raise click.ClickException(f"demo.yaml: {error}") from error
        # a worker sees to it, when everything is up: eight pictures would slow the start
        runtime.rich_menus.sync_later(after=MENUS_LATER)
    click.echo(f"{count} people")
