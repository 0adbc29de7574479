"""Every mapped class in one import, so that metadata is complete for migrations and for relationships."""

from models.area import Area, Household
from models.base import Base
from models.broadcast import Broadcast
from models.campaign import Campaign, Form, FormVersion, KnownValue, Round
from models.channel import Channel
from models.chat import Conversation, Delivery, InboxEvent, Notice, OutboxRequest
from models.group import LineGroup
from models.line_limits import QuotaReading, RateWindow
from models.media import LookAlike, Media, PhotoBand
from models.obligation import Answer, Draft, Obligation, ObligationChange, Reminder, Report, RoundTotal
from models.people import Invitation, JoinRequest, LineAccount, Membership, Person
from models.register import EarlierRecord, ImportRun, Volunteer, VolunteerSignature
from models.rich_menu import RichMenu
from models.signature import Signature
from models.work import Audit, CivilClock, ClockLease, OwedJob

__all__ = [
    "Answer",
    "Area",
    "Audit",
    "Base",
    "Broadcast",
    "Campaign",
    "Channel",
    "CivilClock",
    "ClockLease",
    "Conversation",
    "Delivery",
    "Draft",
    "EarlierRecord",
    "Form",
    "FormVersion",
    "Household",
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
    "QuotaReading",
    "RateWindow",
    "Reminder",
    "Report",
    "RichMenu",
    "Round",
    "RoundTotal",
    "Signature",
    "Volunteer",
    "VolunteerSignature",
]
