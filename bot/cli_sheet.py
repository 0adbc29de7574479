"""`tidtam sheet`: the paper of a village or of all villages of a district, for whoever prints it."""

from __future__ import annotations

from pathlib import Path

import click

from bot.cli_environment import open_runtime
from bot.messages.catalogue import LOCALES


@click.command("sheet")
@click.argument("area_code")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), required=True, help="A .pdf file.")
@click.option("--signs", is_flag=True, help="How leaders join, eight villages to a page, instead of visit sheets.")
@click.option("--account", help="The official account's basic id, such as @tidtam (default: LINE is asked).")
@click.option("--language", type=click.Choice(LOCALES), default="th", show_default=True)
def sheet(area_code: str, output: Path, account: str | None, language: str, *, signs: bool) -> None:
    """Print AREA_CODE: the visit sheet of a village (8 digits), or those of a whole district (4 digits)."""
    if output.suffix.lower() != ".pdf":
        raise click.ClickException(f"{output.name} must end with .pdf")
    with open_runtime() as runtime:
        try:
            made = runtime.sheets.draw(area_code, language, signs=signs, account=account)
        except LookupError as error:
            raise click.ClickException(f"area {area_code} is not loaded, or has no villages") from error
    output.write_bytes(made)
    click.echo(str(output))
