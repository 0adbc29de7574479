"""`tidtam person`: finding somebody, and erasing them on request."""

from __future__ import annotations

import click

from bot.cli_environment import open_runtime
from bot.messages.bubbles import Text, Value
from bot.messages.catalogue import DEFAULT_LOCALE, LOCALES, Catalogue
from bot.runtime import Runtime
from models.people import Person
from services.people import finding
from services.people.erasing import Erased, Erasing

FIND = "tidtam person find"


@click.group("person")
def person() -> None:
    """People: who is who, and erasing somebody who asks for it."""


@person.command("find")
@click.argument("words")
def find(words: str) -> None:
    """Find people by a part of their name, or by an area's code (4207 also finds its villages)."""
    catalogue = Catalogue.load(DEFAULT_LOCALE)
    with open_runtime() as runtime, runtime.sessions() as session:
        found = finding.find(session, words)
        lines = [catalogue.say(_line(one)) for one in found]
    for line in lines or [catalogue.say(Text("keeping.people_none"))]:
        click.echo(line)


def _line(found: finding.Found) -> Text:
    roles: list[Text] = [
        Text("keeping.role", {"role": Text(f"role.{role}"), "area": area}) for role, area in found.roles
    ]
    line = Text("keeping.with_line" if found.in_line else "keeping.without_line")
    values: dict[str, Value] = {"id": str(found.id), "name": found.name, "line": line}
    return Text("keeping.person", {**values, "roles": tuple(roles) or Text("keeping.no_role")})


@person.command("erase")
@click.argument("person_id", type=int)
@click.option("--dry-run", is_flag=True, help="Only count what would be removed.")
def erase(person_id: int, *, dry_run: bool) -> None:
    """Remove a person on their request: roles, LINE account, name, messages, photos, signatures of their own.

    Reports, certificates and what is attached to reports stay with the office, under no name.
    """
    catalogues = [Catalogue.load(locale) for locale in LOCALES]
    with open_runtime() as runtime:
        placeholder = runtime.texts.say(DEFAULT_LOCALE, "keeping.erased_name")
        with runtime.sessions() as session, session.begin():
            known = session.get(Person, person_id, with_for_update=True)
            if known is None:
                words = [
                    each.say(Text("keeping.nobody", {"id": str(person_id), "command": FIND})) for each in catalogues
                ]
                raise click.ClickException("\n".join(words))
            erasing = Erasing(session, known, placeholder, runtime.clock.now(), runtime.clock.real())
            erased = erasing.erase(dry_run=dry_run)
        if not dry_run:
            _carry_out(runtime, erased, catalogues)
    for catalogue in catalogues:
        _tell(catalogue, person_id, erased, dry_run=dry_run)


def _carry_out(runtime: Runtime, erased: Erased, catalogues: list[Catalogue]) -> None:
    """Remove the bytes, and have LINE show no menu of ours; what fails here is done by night, or does no harm."""
    if erased.user_ids:
        runtime.line.menus.unlink(list(erased.user_ids))
    try:
        runtime.discarding.carry_out()
    except OSError as error:
        words = [catalogue.say(Text("keeping.store_away")) for catalogue in catalogues]
        raise click.ClickException("\n".join(words)) from error


def _tell(catalogue: Catalogue, person_id: int, erased: Erased, *, dry_run: bool) -> None:
    values: dict[str, Value] = {"id": str(person_id), "name": erased.name}
    if not erased.anything:
        click.echo(catalogue.say(Text("keeping.erase.again", values)))
        return
    click.echo(catalogue.say(Text("keeping.erase.would" if dry_run else "keeping.erase.done", values)))
    for what, count in erased.counts.items():
        if count:
            click.echo(f"  {catalogue.say(Text(f'keeping.erase.{what}', {'n': count}))}")
    kept: dict[str, Value] = {"reports": erased.reports, "attachments": erased.attachments}
    click.echo(f"  {catalogue.say(Text('keeping.erase.kept', {**kept, 'certificates': erased.certificates}))}")
