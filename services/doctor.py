"""What is configured, reachable, missing: one plain sentence each, with what to do about it.

The sentences are for whoever has a terminal; the desk says the same in its own words by what each finding is about.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from sqlalchemy import Engine, inspect, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from bot.settings import Settings
from models.campaign import Campaign
from models.people import STAFF_ROLES, Membership
from models.rich_menu import RichMenu
from services.ports import JobQueue, LineGateway, MediaStore
from services.rich_menus.pictures import content_hash
from services.rich_menus.plan import planned
from services.texts import Texts


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the doctor's report. Without a `vital` thing nothing works; others only limit."""

    well: bool
    words: str
    vital: bool = False
    about: str = field(default="", compare=False)
    """Of what, and which of its states: keys under desk.system in the catalogue."""
    said: str = field(default="", compare=False)
    values: Mapping[str, str | int] = field(default_factory=dict, compare=False)
    """Of the sentence; no secret is among them."""


def _good(words: str, about: str, said: str = "good", **values: str | int) -> Finding:
    return Finding(well=True, words=words, about=about, said=said, values=values)


def _bad(words: str, about: str, said: str, *, vital: bool = False, **values: str | int) -> Finding:
    return Finding(well=False, words=words, vital=vital, about=about, said=said, values=values)


def examine(settings: Settings, engine: Engine, line: LineGateway, media: MediaStore, queue: JobQueue) -> list[Finding]:
    """Look at everything, in the order in which one would mend it."""
    findings = [*at_hand(engine, Texts()), of_queue(queue), of_media(media), of_address(settings)]
    webhook = of_webhook(settings, line, test=True)
    # without an answer of LINE there is nothing more to be said of it
    return [*findings, webhook, *(() if webhook.said == "away" else (of_redelivery(), of_quota(line)))]


def at_hand(engine: Engine, texts: Texts) -> list[Finding]:
    """The database and what is in it."""
    findings = [_database(engine)]
    if findings[0].well:
        findings += _contents(engine, texts)
    return findings


def of_queue(queue: JobQueue) -> Finding:
    return _reachable(queue.check, "queue", "queue", "REDIS_URL: photos and reminders wait until it is back")


def of_media(media: MediaStore) -> Finding:
    """Writes a small object and removes it."""
    return _reachable(media.check, "media", "media store", "MEDIA_URL: photos wait until it is back")


def _database(engine: Engine) -> Finding:
    try:
        tables = inspect(engine).get_table_names()
    except SQLAlchemyError as error:
        return _bad(
            f"database cannot be reached ({type(error).__name__}): see DATABASE_URL", "database", "away", vital=True
        )
    if "alembic_version" not in tables:
        return _bad("database is empty: run `alembic upgrade head`", "database", "empty", vital=True)
    name, number = engine.dialect.name, len(tables) - 1
    return _good(f"database: {name}, {number} tables", "database", name=name, n=number)


def _contents(engine: Engine, texts: Texts) -> Iterator[Finding]:
    with Session(engine) as session:
        hashes = set(session.scalars(select(RichMenu.content_hash)))
        slugs = list(session.scalars(select(Campaign.slug)))
        staff = session.scalar(
            select(Membership.id).where(Membership.role.in_([role.value for role in STAFF_ROLES])).limit(1)
        )
    yield (
        _good(f"campaigns: {', '.join(slugs)}", "campaigns", n=len(slugs))
        if slugs
        else _bad("no campaign is loaded: run `tidtam campaign load DIR`", "campaigns", "none")
    )
    yield (
        _good("staff: at least one member has joined", "staff")
        if staff is not None
        else _bad("no staff member yet: run `tidtam invite --role staff --area PROVINCE`", "staff", "none")
    )
    yield _menus(hashes, texts)


def _menus(hashes: set[str], texts: Texts) -> Finding:
    """Whether each rich menu was drawn from the texts as they are."""
    wanted = {content_hash(menu) for menu in planned(texts)}
    if hashes == wanted:
        return _good(f"rich menus: all {len(wanted)} say what the texts say", "menus", n=len(wanted))
    old, total = len(wanted - hashes), len(wanted)
    words = f"rich menus: {old} of {total} missing or old: run `tidtam richmenu sync`"
    return _bad(words, "menus", "old", n=old, total=total)


def _reachable(check: Callable[[], None], about: str, name: str, otherwise: str) -> Finding:
    try:
        check()
    except OSError:
        return _bad(f"{name} cannot be reached: see {otherwise}", about, "away")
    return _good(f"{name}: reachable", about)


def of_address(settings: Settings) -> Finding:
    address = urlsplit(settings.public_url)
    if address.scheme == "https" or address.hostname in {"127.0.0.1", "localhost"}:
        return _good(f"public address: {settings.public_url}", "address", url=settings.public_url)
    words = "PUBLIC_URL is not https: LINE delivers only to https with a public certificate"
    return _bad(words, "address", "no_https", url=settings.public_url)


def of_webhook(settings: Settings, line: LineGateway, *, test: bool) -> Finding:
    """Where LINE delivers to. `test`: have LINE try it, which may take fifteen seconds."""
    endpoint = line.webhook_endpoint()
    wanted = f"{settings.public_url}/callback"
    if endpoint is None:
        words = "LINE cannot be reached or refuses the token: see LINE_CHANNEL_ACCESS_TOKEN, LINE_API_URL"
        return _bad(words, "webhook", "away")
    if endpoint.url != wanted:
        words = f"webhook address at LINE is {endpoint.url or 'empty'}: set it to {wanted}"
        return _bad(words, "webhook", "other" if endpoint.url else "none", url=endpoint.url, wanted=wanted)
    if not endpoint.active:
        return _bad("webhook is switched off at LINE: switch on Use webhook", "webhook", "off")
    if not test:
        return _good(f"webhook: {wanted} is set and on", "webhook", "set", wanted=wanted)
    if not line.test_webhook():
        words = "LINE's test of the webhook failed: is this service running behind the public address?"
        return _bad(words, "webhook", "failed", wanted=wanted)
    return _good(f"webhook: {wanted} answers LINE's test", "webhook", wanted=wanted)


def of_redelivery() -> Finding:
    """LINE has no call that tells whether it is on."""
    words = "webhook redelivery: please look in LINE's console that it is ON (it is off by default)"
    return _good(words, "redelivery", "look")


def of_quota(line: LineGateway) -> Finding:
    quota = line.quota()
    if quota is None:
        return _bad("message quota unknown: LINE did not answer", "quota", "unknown")
    if quota.limit is None:
        return _good(f"message quota: unlimited, {quota.used} used", "quota", "unlimited", used=quota.used)
    left, limit = quota.limit - quota.used, quota.limit
    words = f"message quota: {left} of {limit} left this month"
    if left > 0:
        return _good(words, "quota", left=left, limit=limit)
    return _bad(words, "quota", "gone", left=left, limit=limit)
