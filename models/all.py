"""Every mapped class in one import, so that metadata is complete for migrations and for relationships."""

from models.area import Area, Household
from models.base import Base
from models.campaign import Campaign, Form, FormVersion, KnownValue, Round
from models.channel import Channel
from models.chat import Conversation, Delivery, InboxEvent, Notice, OutboxRequest
from models.media import Media
from models.obligation import Answer, Draft, Obligation, Reminder, Report, RoundTotal
from models.people import Invitation, JoinRequest, LineAccount, Membership, Person
from models.work import Audit, CivilClock, OwedJob

__all__ = [
    "Answer",
    "Area",
    "Audit",
    "Base",
    "Campaign",
    "Channel",
    "CivilClock",
    "Conversation",
    "Delivery",
    "Draft",
    "Form",
    "FormVersion",
    "Household",
    "InboxEvent",
    "Invitation",
    "JoinRequest",
    "KnownValue",
    "LineAccount",
    "Media",
    "Membership",
    "Notice",
    "Obligation",
    "OutboxRequest",
    "OwedJob",
    "Person",
    "Reminder",
    "Report",
    "Round",
    "RoundTotal",
]
