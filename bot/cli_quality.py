"""`tidtam register check`: what a person should look at in the register, and a volunteer's list of households."""

from __future__ import annotations

import click

from bot.cli_environment import open_runtime
from bot.messages.bubbles import Text
from bot.messages.catalogue import LOCALES, Catalogue
from services.quality.checks import CHECKS
from services.quality.findings import Finding, Where
from services.quality.households import BUDDHIST, households_of


@click.command("check")
@click.option("--area", default="", help="Only what lies in this area: 2, 4, 6 or 8 digits of its code.")
@click.option("--year", type=int, help="The base's survey year, such as 2563 (default: what most households have).")
@click.option("--only", type=click.Choice(list(CHECKS)), help="One check alone.")
@click.option("--volunteer", help="Instead of the checks: the households of the volunteer with this id.")
@click.option("--offset", type=click.IntRange(min=0), default=0, help="Rows to pass over, for further pages.")
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True, help="Rows shown of each finding.")
@click.option("--language", type=click.Choice(LOCALES), default="th", show_default=True)
def check(
    area: str, year: int | None, only: str | None, volunteer: str | None, offset: int, limit: int, language: str
) -> None:
    """Look for what does not fit together in the register. It only tells; people decide."""
    where = Where(area, year - BUDDHIST if year and year > FIRST_BUDDHIST else year, offset, limit)
    catalogue = Catalogue.load(language)
    with open_runtime() as runtime, runtime.sessions() as session:
        if volunteer:
            _tell(catalogue, households_of(session, volunteer, where), where)
            return
        for key in [only] if only else list(CHECKS):
            _tell(catalogue, CHECKS[key](session, where), where)


FIRST_BUDDHIST = 2400


def _tell(catalogue: Catalogue, finding: Finding, where: Where) -> None:
    title = catalogue.say(Text(f"quality.{finding.key}.title"))
    if not finding.total:
        click.echo(f"✔ {title}: {catalogue.say(Text('quality.well'))}")
        return
    click.echo(f"! {title}")
    click.echo(f"  {catalogue.say(finding.what())}")
    for row in finding.rows:
        click.echo(f"  - {catalogue.say(finding.line(row))}")
    left = finding.total - where.offset - len(finding.rows)
    if left > 0:
        click.echo(f"  {catalogue.say(Text('quality.more', {'n': left}))}")
