"""`tidtam richmenu`: the pictured menus under the chat, regenerated from the texts."""

from __future__ import annotations

import click

from bot.cli_environment import open_runtime
from services.rich_menus.linking import MenuRefusedError


@click.group("richmenu")
def rich_menu() -> None:
    """Rich menus: one for each role and language, drawn from the texts."""


@rich_menu.command("sync")
def sync() -> None:
    """Draw what has changed, link everybody, delete the old ones. May be repeated at any time."""
    with open_runtime() as runtime:
        try:
            done = runtime.rich_menus.sync()
        except MenuRefusedError as error:
            raise click.ClickException(f"{error}; the menus before this still work, run it again") from error
    for name in done.made:
        click.echo(f"made: {name}")
    click.echo(f"{len(done.made)} made, {done.linked} people linked, {done.deleted} deleted")


@rich_menu.command("list")
def show() -> None:
    """Show each menu: whether it says what the texts say, how many people have it, its id at LINE."""
    with open_runtime() as runtime:
        for menu in runtime.rich_menus.standing():
            state = "as the texts" if menu.fresh else "old" if menu.rich_menu_id else "missing"
            click.echo(f"{menu.key}\t{menu.locale}\t{state}\t{menu.people} people\t{menu.rich_menu_id or '-'}")
