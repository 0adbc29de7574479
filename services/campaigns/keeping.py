"""The folders of loaded campaigns in the database, and their changes from the desk: a changed folder is read, checked
and loaded exactly as from the command line, or nothing of it is.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from bot.forms.load import compile_xlsform
from bot.messages.catalogue import Catalogues
from models.base import Sessions
from models.campaign import Campaign
from models.work import Audit
from services.campaigns import files as campaign_files
from services.campaigns.fault import Fault
from services.campaigns.files import CampaignError, CampaignFiles
from services.campaigns.folder import Files, on_disk, spread
from services.campaigns.form_plans import Compile
from services.campaigns.kept import kept
from services.campaigns.loading import load
from services.evidence import figures_promises
from services.ports import Clock

Edit = Callable[[Files], Files]
"""From the folder as it is to the folder as it shall be. May be called twice."""
_TRIES = 3


class ChangedMeanwhileError(Exception):
    """Somebody else changed the campaign while this change was made or checked."""


class TakenError(Exception):
    """A campaign of that name exists."""


def checked(
    files: Mapping[str, bytes], product: Catalogues | None = None, compile_form: Compile = compile_xlsform
) -> CampaignFiles:
    """A kept folder, read as any folder is, by the same arguments. Raises CampaignError with every fault."""
    with on_disk() as folder:
        spread(files, Path(folder))
        return campaign_files.read(Path(folder), product, compile_form)


def _as_it_stands(read: CampaignFiles, files: Files) -> CampaignFiles:
    """Without what others may have changed since the folder was loaded: known values, and the closing of rounds."""
    rounds = [replace(each, closes_at=None) for each in read.rounds]
    return replace(read, villages=[], households=[], known=[], rounds=rounds, source=files)


def _begins(read: CampaignFiles, now: dt.datetime) -> dt.datetime | None:
    """When the first of its rounds opens, if that lies ahead."""
    first = min((rnd.opens_at for rnd in read.rounds), default=now)
    return first if first > now else None


@dataclass(frozen=True)
class CampaignKeeping:
    sessions: Sessions
    clock: Clock

    def create(self, files: Files, by: int) -> str:
        """A new campaign from a folder. Returns its slug. Raises CampaignError, TakenError."""
        read = checked(files)
        try:
            with self.sessions() as session, session.begin():
                self._refuse_taken(session, read.slug)
                now = self.clock.now()
                campaign = load(session, read, now, by=by)
                campaign.begins_at = _begins(read, now)
                figures_promises.all_changed(session, self.clock.real())
        except IntegrityError:  # somebody else stored it between the look and the write
            with self.sessions() as session:
                self._refuse_taken(session, read.slug)
            raise
        return read.slug

    @staticmethod
    def _refuse_taken(session: Session, slug: str) -> None:
        if session.scalar(select(Campaign.id).where(Campaign.slug == slug)) is not None:
            raise TakenError(slug)

    def change(self, slug: str, edit: Edit, by: int | None, action: str) -> None:
        """Change a campaign's folder and load it. `action` names the change in the audit.

        Raises LookupError, CampaignError (nothing is changed), ChangedMeanwhileError.
        """
        for _ in range(_TRIES):
            before = self.files(slug)
            after = edit(dict(before))
            read = _as_it_stands(checked(after), after)
            if self._store(slug, before, read, by, action):
                return
        raise ChangedMeanwhileError(slug)

    def begin(self) -> None:
        """Campaigns whose first round has opened are spoken of from now on."""
        now = self.clock.now()
        begun = select(Campaign.id).where(Campaign.begins_at <= now)
        with self.sessions() as session:
            due = session.scalars(begun).all()
        if not due:
            return
        with self.sessions() as session, session.begin():
            for campaign in session.scalars(select(Campaign).where(Campaign.id.in_(due), Campaign.begins_at <= now)):
                campaign.loaded_at, campaign.begins_at = max(campaign.loaded_at, campaign.begins_at or now), None

    def files(self, slug: str) -> Files:
        """Raises LookupError for a campaign that is not there or whose folder is not kept."""
        with self.sessions() as session:
            campaign = session.scalar(select(Campaign).where(Campaign.slug == slug))
            found = kept(session, campaign.id) if campaign is not None else {}
        if not found:
            raise LookupError(slug)
        return found

    def _store(self, slug: str, before: Files, read: CampaignFiles, by: int | None, action: str) -> bool:
        """False when the folder is not any more the one that was changed."""
        with self.sessions() as session, session.begin():
            campaign = session.scalars(select(Campaign).where(Campaign.slug == slug).with_for_update()).one()
            if kept(session, campaign.id) != before:
                return False
            if read.slug != slug or read.province != campaign.province_code:
                raise CampaignError([Fault("campaign.yaml: slug and province never change", "never_change")])
            loaded_at, now = campaign.loaded_at, self.clock.now()
            checks = campaign.settings.get("household_checks")
            load(session, read, now, by=by)
            # the newest campaign is the one that staff's commands speak of; mending an older one does not make it so
            campaign.loaded_at = loaded_at
            if campaign.begins_at is not None:
                campaign.begins_at = _begins(read, now)
            if campaign.settings.get("household_checks") != checks:
                figures_promises.all_changed(session, self.clock.real())
            code = campaign.province_code
            session.add(Audit(at=now, person_id=by, action=action, subject=slug, area_code=code, detail={}))
        return True
