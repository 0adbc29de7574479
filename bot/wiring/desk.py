"""What the desk, its documents and other programs work with."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from adapters.webhooks import WebhookHttp
from bot.wiring.chat import ChatParts
from services import doctor
from services.api.tokens import Tokens
from services.campaigns.keeping import CampaignKeeping
from services.desk.deciding import DeskDecisions
from services.desk.sessions import Desks
from services.documents.opening import DocumentOpening
from services.documents.papers import Papers
from services.documents.pictures import DraftPictures
from services.exports.making import ExportMaking
from services.exports.ordering import Exports
from services.ports import WebhookGateway
from services.probes import Probes
from services.sending.under_way import Patience
from services.webhooks.delivering import Delivering
from services.webhooks.subscriptions import Subscriptions


@dataclass(frozen=True)
class DeskParts(ChatParts):
    """Built on the chat's: what staff decide on a page reaches people in LINE."""

    @cached_property
    def desk_decisions(self) -> DeskDecisions:
        patience = Patience(self.sessions, self.clock)
        return DeskDecisions(self.sessions, self.clock, self.facts, self.queue.ring, patience)

    @cached_property
    def desks(self) -> Desks:
        return Desks(self.sessions, self.clock, self.desk_links, self.texts)

    @cached_property
    def draft_pictures(self) -> DraftPictures:
        return DraftPictures(self.sessions, self.clock, self.links, self.forms, self.texts)

    @cached_property
    def documents(self) -> DocumentOpening:
        return DocumentOpening(self.sessions, self.clock, self.links, self.forms, self.texts)

    @cached_property
    def papers(self) -> Papers:
        return Papers(self.sessions, self.clock, self.forms, self.texts)

    @cached_property
    def tokens(self) -> Tokens:
        return Tokens(self.sessions, self.clock)

    @cached_property
    def webhook_http(self) -> WebhookGateway:
        return WebhookHttp(local=self.settings.clock == "simulated")

    @cached_property
    def subscriptions(self) -> Subscriptions:
        return Subscriptions(self.sessions, self.clock, self.webhook_http)

    @cached_property
    def delivering(self) -> Delivering:
        return Delivering(self.sessions, self.clock, self.webhook_http, self.settings.public_url)

    @cached_property
    def exports(self) -> Exports:
        return Exports(self.sessions, self.clock, self.media)

    @cached_property
    def export_making(self) -> ExportMaking:
        return ExportMaking(self.sessions, self.clock, self.media, self.forms)

    @cached_property
    def probes(self) -> Probes:
        return Probes(
            {
                "queue": lambda: doctor.of_queue(self.queue),
                "media": lambda: doctor.of_media(self.media),
                "webhook": lambda: doctor.of_webhook(self.settings, self.line, test=False),
                "quota": lambda: doctor.of_quota(self.line),
            }
        )

    @cached_property
    def campaigns(self) -> CampaignKeeping:
        return CampaignKeeping(self.sessions, self.clock)
