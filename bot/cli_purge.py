"""`tidtam purge`: what campaigns that are over need no longer is removed, or only counted."""

from __future__ import annotations

import datetime as dt

import click

from bot.cli_environment import open_runtime
from bot.messages.bubbles import Day, Text, Value
from bot.messages.catalogue import LOCALES, Catalogue
from services.calendar import BANGKOK
from services.campaigns.retention import KINDS
from services.retention.limits import Span
from services.retention.purge import Amount, Done

KILOBYTE = 1000


@click.command("purge")
@click.option("--dry-run", is_flag=True, help="Only count what would go, and say from which dates on.")
@click.option("--by", "person_id", type=int, help="Number of the person who does it, for the audit trail.")
def purge(*, dry_run: bool, person_id: int | None) -> None:
    """Remove photos, signatures, messages and notes that campaigns have kept long enough.

    Reports, certificates and figures stay, and everything of a campaign that still runs. May be stopped and repeated
    at any time; the clock does the same every night.
    """
    catalogues = [Catalogue.load(locale) for locale in LOCALES]
    with open_runtime() as runtime:
        if dry_run:
            for catalogue in catalogues:
                _dates(catalogue, runtime.purge.spans())
                _would(catalogue, runtime.purge.look())
            return
        try:
            done = runtime.purge.run(person_id)
        except OSError as error:
            words = [catalogue.say(Text("keeping.store_away")) for catalogue in catalogues]
            raise click.ClickException("\n".join(words)) from error
    for catalogue in catalogues:
        _gone(catalogue, done)


def _kind(kind: str) -> Text:
    return Text(f"keeping.kind.{kind}")


def _dates(catalogue: Catalogue, spans: list[Span]) -> None:
    for span in spans:
        for kind in KINDS:
            day = span.goes_from(kind)
            values: dict[str, Value] = {"kind": _kind(kind), "campaign": span.slug}
            if day is None:
                click.echo(catalogue.say(Text("keeping.never", values)))
            else:
                first = (day + dt.timedelta(seconds=1)).astimezone(BANGKOK).date()
                click.echo(catalogue.say(Text("keeping.date", {**values, "day": Day(first)})))


def _would(catalogue: Catalogue, amounts: dict[str, Amount]) -> None:
    for kind, amount in amounts.items():
        size = Text("keeping.kilobytes", {"n": -(-amount.size // KILOBYTE)})
        click.echo(catalogue.say(Text("keeping.would", {"kind": _kind(kind), "n": amount.rows, "size": size})))
    click.echo(catalogue.say(Text("keeping.dry")))


def _gone(catalogue: Catalogue, done: Done) -> None:
    if not done.files and not any(done.rows.values()):
        click.echo(catalogue.say(Text("keeping.nothing")))
        return
    for kind, rows in done.rows.items():
        click.echo(catalogue.say(Text("keeping.gone", {"kind": _kind(kind), "n": rows})))
    click.echo(catalogue.say(Text("keeping.files", {"n": done.files})))
