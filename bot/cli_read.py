"""`tidtam read KIND`: what typed words are read as, line by line. Needs no environment."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

import click
import yaml

from bot.reading.jsonl import KINDS, fields_from_json, read_lines

BANGKOK = dt.timezone(dt.timedelta(hours=7))
SHIPPED = Path(__file__).parents[1] / "campaigns" / "loei_2564"


@click.command("read")
@click.argument("kind", type=click.Choice(KINDS))
@click.option("--now", "now_text", default="", help="ISO instant that relative days are counted from (default: now).")
@click.option("--fields", "fields_text", default="[]", help="block: the boxes asked, as a JSON list.")
@click.option(
    "--campaign",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=SHIPPED,
    help="Folder of the campaign whose rounds words like รอบ 2 mean.",
)
def read(kind: str, now_text: str, fields_text: str, campaign: Path) -> None:
    """Read JSON lines {"u": "..."} from standard input; write {"u", "action", "value" or "intent", ...} for each."""
    try:
        now = dt.datetime.fromisoformat(now_text) if now_text else dt.datetime.now(BANGKOK)
        fields = fields_from_json(fields_text)
        for line in read_lines(kind, sys.stdin, _local(now), fields, rounds=_rounds(campaign)):
            click.echo(line)
    except (ValueError, TypeError) as error:
        raise click.ClickException(str(error)) from error


def _local(now: dt.datetime) -> dt.datetime:
    """Bangkok time; an instant without a zone is Bangkok's."""
    return now.replace(tzinfo=BANGKOK) if now.tzinfo is None else now.astimezone(BANGKOK)


def _rounds(campaign: Path) -> dict[int, dt.date]:
    config = yaml.safe_load((campaign / "campaign.yaml").read_text(encoding="utf-8"))
    return {int(item["number"]): dt.date.fromisoformat(item["due"]) for item in config.get("rounds", [])}
