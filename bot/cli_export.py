"""`tidtam export`: reports as data, into a file whose ending says of which kind."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
from sqlalchemy import select

from bot.cli_environment import open_runtime
from bot.runtime import Runtime
from models.campaign import Campaign
from models.work import Audit
from services.exports.files import WITH_XML, WRITERS
from services.exports.reports import Wanted, boxes_of, form_of, note_of, report_rows, standing


@click.command("export")
@click.argument("form_key")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--round", "rounds", type=int, multiple=True, help="Only this round; may be given several times.")
@click.option("--area", default="", help="Only what lies in this area: 2, 4, 6 or 8 digits of its code.")
@click.option("--versions", is_flag=True, help="Every version of a report, not only the newest.")
@click.option("--after", type=int, default=0, help="Only reports with a greater id: changes since the last time.")
def export(form_key: str, file: Path, rounds: tuple[int, ...], area: str, versions: bool, after: int) -> None:  # noqa: FBT001 - a flag of the command line
    """Write the reports of FORM_KEY to FILE: .csv, .xlsx, .json, .geojson, or .zip with ODK's XML."""
    writer = WRITERS.get(file.suffix.lower().lstrip("."))
    if writer is None:
        raise click.ClickException(f"{file.name}: the name must end in .{', .'.join(WRITERS)}")
    with open_runtime() as runtime, runtime.sessions() as session:
        campaign = session.scalar(select(Campaign).order_by(Campaign.id.desc()).limit(1))
        if campaign is None:
            raise click.ClickException("no campaign is loaded: tidtam campaign load DIR")
        try:
            form = form_of(session, campaign, form_key)
        except LookupError as error:
            raise click.ClickException(str(error)) from error
        wanted = Wanted(campaign.id, form.key, rounds, area, versions, after, xml=file.suffix.lower()[1:] in WITH_XML)
        wanted = standing(session, wanted)
        boxes = boxes_of(session, runtime.forms, wanted)
        with file.open("wb") as out:
            count = writer(out, report_rows(session, runtime.forms, wanted), boxes, note_of(campaign))
        detail = {"form": form.key, "rows": count, "kind": file.suffix}
        _note(runtime, area or campaign.province_code, detail)
    click.echo(f"{file}: {count}")


def _note(runtime: Runtime, area: str, detail: dict[str, Any]) -> None:
    """Who takes data out stands in the audit: from the command line nobody by name."""
    with runtime.sessions() as session, session.begin():
        now = runtime.clock.now()
        session.add(
            Audit(at=now, person_id=None, action="exported_reports", subject=area, area_code=area, detail=detail)
        )
