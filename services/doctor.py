"""What is configured, reachable, missing: one plain sentence each, with what to do about it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
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


def _good(words: str) -> Finding:
    return Finding(well=True, words=words)


def _bad(words: str, *, vital: bool = False) -> Finding:
    return Finding(well=False, words=words, vital=vital)


def examine(settings: Settings, engine: Engine, line: LineGateway, media: MediaStore, queue: JobQueue) -> list[Finding]:
    """Look at everything, in the order in which one would mend it."""
    findings = [_database(engine)]
    if findings[0].well:
        findings += _contents(engine)
    findings += [
        _reachable(queue.check, "queue", "REDIS_URL: photos and reminders wait until it is back"),
        _reachable(media.check, "media store", "MEDIA_URL: photos wait until it is back"),
        _public(settings),
        *_line(settings, line),
    ]
    return findings


def _database(engine: Engine) -> Finding:
    try:
        tables = inspect(engine).get_table_names()
    except SQLAlchemyError as error:
        return _bad(f"database cannot be reached ({type(error).__name__}): see DATABASE_URL", vital=True)
    if "alembic_version" not in tables:
        return _bad("database is empty: run `alembic upgrade head`", vital=True)
    return _good(f"database: {engine.dialect.name}, {len(tables) - 1} tables")


def _contents(engine: Engine) -> Iterator[Finding]:
    with Session(engine) as session:
        hashes = set(session.scalars(select(RichMenu.content_hash)))
        slugs = list(session.scalars(select(Campaign.slug)))
        staff = session.scalar(
            select(Membership.id).where(Membership.role.in_([role.value for role in STAFF_ROLES])).limit(1)
        )
    yield (
        _good(f"campaigns: {', '.join(slugs)}")
        if slugs
        else _bad("no campaign is loaded: run `tidtam campaign load DIR`")
    )
    yield (
        _good("staff: at least one member has joined")
        if staff is not None
        else _bad("no staff member yet: run `tidtam invite --role staff --area PROVINCE`")
    )
    yield _menus(hashes)


def _menus(hashes: set[str]) -> Finding:
    """Whether each rich menu was drawn from the texts as they are."""
    wanted = {content_hash(menu) for menu in planned(Texts())}
    if hashes == wanted:
        return _good(f"rich menus: all {len(wanted)} say what the texts say")
    return _bad(f"rich menus: {len(wanted - hashes)} of {len(wanted)} missing or old: run `tidtam richmenu sync`")


def _reachable(check: Callable[[], None], name: str, otherwise: str) -> Finding:
    try:
        check()
    except OSError:
        return _bad(f"{name} cannot be reached: see {otherwise}")
    return _good(f"{name}: reachable")


def _public(settings: Settings) -> Finding:
    address = urlsplit(settings.public_url)
    if address.scheme == "https" or address.hostname in {"127.0.0.1", "localhost"}:
        return _good(f"public address: {settings.public_url}")
    return _bad("PUBLIC_URL is not https: LINE delivers only to https with a public certificate")


def _line(settings: Settings, line: LineGateway) -> Iterator[Finding]:
    endpoint = line.webhook_endpoint()
    if endpoint is None:
        yield _bad("LINE cannot be reached or refuses the token: see LINE_CHANNEL_ACCESS_TOKEN, LINE_API_URL")
        return
    wanted = f"{settings.public_url}/callback"
    if endpoint.url != wanted:
        yield _bad(f"webhook address at LINE is {endpoint.url or 'empty'}: set it to {wanted}")
    elif not endpoint.active:
        yield _bad("webhook is switched off at LINE: switch on Use webhook")
    elif not line.test_webhook():
        yield _bad("LINE's test of the webhook failed: is this service running behind the public address?")
    else:
        yield _good(f"webhook: {wanted} answers LINE's test")
    # LINE has no call that tells whether redelivery is on
    yield _good("webhook redelivery: please look in LINE's console that it is ON (it is off by default)")
    yield _quota(line)


def _quota(line: LineGateway) -> Finding:
    quota = line.quota()
    if quota is None:
        return _bad("message quota unknown: LINE did not answer")
    if quota.limit is None:
        return _good(f"message quota: unlimited, {quota.used} used")
    left = quota.limit - quota.used
    return Finding(well=left > 0, words=f"message quota: {left} of {quota.limit} left this month")
