"""Every mapped class in one import, so that metadata is complete for migrations and for relationships."""

from models.api_token import ApiToken
from models.area import Area, Household
from models.base import Base
from models.broadcast import Broadcast
from models.campaign import Campaign, Form, FormVersion, KnownValue, Round
from models.campaign_file import CampaignFile, FormUpload
from models.certificate import Certificate
from models.channel import Channel
from models.chat import Conversation, Delivery, InboxEvent, Notice, OutboxRequest
from models.desk import DeskSession
from models.discarded import Discarded
from models.export import Export
from models.group import LineGroup
from models.household_case import HouseholdCase
from models.line_limits import QuotaReading, RateWindow
from models.media import LookAlike, Media, PhotoBand
from models.obligation import Answer, Draft, Obligation, ObligationChange, Reminder, Report
from models.people import Invitation, JoinRequest, LineAccount, Membership, Person
from models.quality import QualityCount
from models.reconciliation import DashboardFigure, DifferenceReason, ReconciliationStep
from models.register import EarlierRecord, ImportRun, Volunteer, VolunteerSignature
from models.review import ReportReview
from models.rich_menu import RichMenu
from models.sent_letter import SentLetter
from models.signature import Signature
from models.webhook import WebhookDelivery, WebhookSubscription
from models.work import Audit, CivilClock, ClockLease, OwedJob

__all__ = [
    "Answer",
    "ApiToken",
    "Area",
    "Audit",
    "Base",
    "Broadcast",
    "Campaign",
    "CampaignFile",
    "Certificate",
    "Channel",
    "CivilClock",
    "ClockLease",
    "Conversation",
    "DashboardFigure",
    "Delivery",
    "DeskSession",
    "DifferenceReason",
    "Discarded",
    "Draft",
    "EarlierRecord",
    "Export",
    "Form",
    "FormUpload",
    "FormVersion",
    "Household",
    "HouseholdCase",
    "ImportRun",
    "InboxEvent",
    "Invitation",
    "JoinRequest",
    "KnownValue",
    "LineAccount",
    "LineGroup",
    "LookAlike",
    "Media",
    "Membership",
    "Notice",
    "Obligation",
    "ObligationChange",
    "OutboxRequest",
    "OwedJob",
    "Person",
    "PhotoBand",
    "QualityCount",
    "QuotaReading",
    "RateWindow",
    "ReconciliationStep",
    "Reminder",
    "Report",
    "ReportReview",
    "RichMenu",
    "Round",
    "SentLetter",
    "Signature",
    "Volunteer",
    "VolunteerSignature",
    "WebhookDelivery",
    "WebhookSubscription",
]
