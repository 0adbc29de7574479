"""Figures: the households of a district's villages against what the survey's dashboard says of the district."""

from __future__ import annotations

from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.area import Area, AreaKind, inside
from models.campaign import KnownValue
from services.quality.findings import Finding, Row, Where

DASHBOARD: Final = "hh_dashboard"
"""How the names of known values end that are a district's households by the dashboard."""


def district_sums(session: Session, where: Where) -> Finding:
    """Districts whose villages do not add up to the dashboard's figure."""
    district = func.substr(Area.code, 1, 4)
    villages = (
        Area.kind == AreaKind.VILLAGE.value,
        Area.households.is_not(None),
        inside(Area.code, where.area[:4]),
    )
    added = session.execute(select(district, func.sum(Area.households)).where(*villages).group_by(district))
    sums = {str(code): int(total) for code, total in added}
    said = (
        select(KnownValue.area_code, Area.name_th, KnownValue.value)
        .join(Area, Area.code == KnownValue.area_code)
        .where(
            Area.kind == AreaKind.DISTRICT.value,
            inside(Area.code, where.area[:4]),
            KnownValue.name.endswith(DASHBOARD),
        )
        .order_by(KnownValue.area_code, KnownValue.round_number, KnownValue.id)
    )
    newest = {code: (name, value) for code, name, value in session.execute(said)}
    found = [
        Row(
            code,
            {"district": name, "sum": sums[code], "said": int(value), "gap": abs(sums[code] - int(value))},
        )
        for code, (name, value) in newest.items()
        if value.isdigit() and code in sums and sums[code] != int(value)
    ]
    return Finding("district_sums", len(found), tuple(found[where.offset : where.offset + where.limit]))
