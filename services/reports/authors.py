"""Who typed what: each answer carries the id of the person who gave it, and the names are looked up here."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.forms.values import Values
from models.people import Person


def names_of(session: Session, values: Values) -> dict[int, str]:
    """Names of all who typed an answer, by person id."""
    ids = {by for answer in values.answers.values() if isinstance(by := answer.meta.get("by"), int)}
    if not ids:
        return {}
    return {row.id: row.name for row in session.execute(select(Person.id, Person.name).where(Person.id.in_(ids)))}
