"""`tidtam document`: a district's report, or a whole round, as the office prints it."""

from __future__ import annotations

from pathlib import Path

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.cli_environment import open_runtime
from bot.messages.catalogue import LOCALES
from bot.runtime import Runtime
from models.campaign import Campaign, Form, Round
from models.obligation import Obligation, Report
from services.documents.paper import Document
from services.documents.printing import Documents
from services.documents.templates import PrintError
from services.documents.writers.docx import write_docx
from services.documents.writers.pdf import write_pdf
from services.documents.writers.xlsx import write_xlsx

_WRITERS = {".pdf": write_pdf, ".docx": write_docx, ".xlsx": write_xlsx}


@click.command("document")
@click.argument("number", type=int)
@click.option("--area", help="Code of the district whose report is printed; left out: all districts of the round.")
@click.option("--form", "form_key", default="", help="Key of the form (default: the campaign's first).")
@click.option(
    "--output", type=click.Path(path_type=Path, dir_okay=False), required=True, help="*.pdf, *.docx or *.xlsx"
)
@click.option("--language", type=click.Choice(LOCALES), default="th", show_default=True)
def document(number: int, area: str | None, form_key: str, output: Path, language: str) -> None:
    """Print round NUMBER of the newest campaign, compiled or of one district, into a file."""
    writer = _WRITERS.get(output.suffix.lower())
    if writer is None:
        raise click.ClickException(f"{output.name}: the name must end in {', '.join(_WRITERS)}")
    with open_runtime() as runtime, runtime.sessions() as session:
        try:
            made = _made(runtime, session, number, area, form_key, language)
        except (LookupError, PrintError) as error:
            raise click.ClickException(str(error)) from error
    output.write_bytes(writer(made))
    click.echo(str(output))


def _made(runtime: Runtime, session: Session, number: int, area: str | None, form_key: str, language: str) -> Document:
    campaign = session.scalar(select(Campaign).order_by(Campaign.id.desc()).limit(1))
    if campaign is None:
        raise LookupError("no campaign is loaded: tidtam campaign load DIR")
    of_round = Round.campaign_id == campaign.id, Round.duty == "", Round.number == number
    rnd = session.scalar(select(Round).where(*of_round))
    wanted = select(Form).where(Form.campaign_id == campaign.id, Form.duty == "")
    form = session.scalar(wanted.where(Form.key == form_key) if form_key else wanted.order_by(Form.id).limit(1))
    if rnd is None or form is None:
        raise LookupError(f"{campaign.slug} has no round {number}" if rnd is None else f"there is no form {form_key}")
    documents = Documents(session, runtime.forms, runtime.texts.catalogue(language, campaign), runtime.clock.now())
    if area is None:
        return documents.of_round(rnd.id, form.key)
    report = session.scalar(
        select(Report.id)
        .join(Obligation, Obligation.id == Report.obligation_id)
        .where(Obligation.round_id == rnd.id, Obligation.form_id == form.id, Obligation.area_code == area)
        .order_by(Report.number.desc())
        .limit(1)
    )
    if report is None:
        raise LookupError(f"{area} has not reported round {number}")
    return documents.of_report(report)
