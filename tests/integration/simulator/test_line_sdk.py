"""LINE's own SDK as the bot: what it sends is taken, what it is answered it can read."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from linebot.v3 import messaging, oauth

from simulator.client import SimulatorClient
from tests.integration.simulator.bot import PATIENCE, TOKEN, Bot
from tests.integration.simulator.conftest import LEADER, OFFICER
from tests.integration.simulator.tokens import ASSERTION, CHANNEL, Key

LIMIT = {"_request_timeout": PATIENCE}
GRANT = "client_credentials"
TYPE = ASSERTION["client_assertion_type"]


def words(text: str = "ประกาศ") -> Any:
    return messaging.TextMessage(text=text)


def calls_with(base_url: str, token: str) -> Any:
    """The SDK's Messaging API with this token; close `.client` when done."""
    client = messaging.ApiClient(messaging.Configuration(host=base_url, access_token=token))
    return SimpleNamespace(api=messaging.MessagingApi(client), client=client)


@pytest.fixture
def sdk(simulator: SimulatorClient) -> Iterator[Any]:
    made = calls_with(simulator.base_url, TOKEN)
    yield made.api
    made.client.close()


@pytest.fixture
def tokens(simulator: SimulatorClient) -> Iterator[Any]:
    client = oauth.ApiClient(oauth.Configuration(host=simulator.base_url))
    yield oauth.ChannelAccessToken(client)
    client.close()


def refusal(call: Any, *given: Any, **named: Any) -> Any:
    """The exception that the SDK makes of a refusal."""
    with pytest.raises(messaging.ApiException) as refused:
        call(*given, **named, **LIMIT)
    return refused.value


def test_a_broadcast_is_sent_counted_and_refused_a_second_time(simulator: SimulatorClient, sdk: Any) -> None:
    simulator.now()
    key = str(uuid.uuid4())
    request = messaging.BroadcastRequest(messages=[words()])
    sdk.broadcast(request, x_line_retry_key=key, **LIMIT)
    again = refusal(sdk.broadcast, request, x_line_retry_key=key)
    assert (again.status, bool(again.headers["x-line-accepted-request-id"])) == (409, True)
    assert sdk.get_number_of_sent_broadcast_messages("20210607", **LIMIT).status == "unready"
    simulator.move_clock("2021-06-08T08:30:00+07:00")
    counted = sdk.get_number_of_sent_broadcast_messages("20210607", **LIMIT)
    assert (counted.status, counted.success) == ("ready", 2)


def test_what_small_accounts_may_not_do_is_an_exception(sdk: Any) -> None:
    assert refusal(sdk.get_followers).status == 403
    assert refusal(sdk.narrowcast, messaging.NarrowcastRequest(messages=[words()])).status == 403
    assert refusal(sdk.get_narrowcast_progress, str(uuid.uuid4())).status == 404


def test_the_quota_is_read_and_both_refusals_are_told_apart(simulator: SimulatorClient, sdk: Any) -> None:
    simulator.settings(quota_limit=300, quota_used=300)
    quota, used = sdk.get_message_quota(**LIMIT), sdk.get_message_quota_consumption(**LIMIT)
    assert (quota.type, quota.value, used.total_usage) == ("limited", 300, 300)
    push = messaging.PushMessageRequest(to=OFFICER, messages=[words()])
    assert "monthly limit" in refusal(sdk.push_message, push).body
    simulator.settings(rate_limits={"push": 0})
    assert "rate limit" in refusal(sdk.push_message, push).body


def test_a_message_is_marked_as_read(bot: Bot, simulator: SimulatorClient, sdk: Any) -> None:
    simulator.say(OFFICER, "รายงาน", wait=True)
    token = bot.calls[-1].event["message"]["markAsReadToken"]
    sdk.mark_messages_as_read_by_token(messaging.MarkMessagesAsReadByTokenRequest(mark_as_read_token=token), **LIMIT)


def test_an_imagemap_and_an_image_carousel_are_sent(simulator: SimulatorClient, sdk: Any) -> None:
    area = messaging.ImagemapArea(x=0, y=0, width=1040, height=700)
    chart = messaging.ImagemapMessage(
        base_url="https://example.org/map",
        alt_text="แผนที่",
        base_size=messaging.ImagemapBaseSize(width=1040, height=700),
        actions=[messaging.MessageImagemapAction(text="รายงาน", label="รายงาน", area=area)],
    )
    action = messaging.PostbackAction(label="ก่อน", data="before")
    column = messaging.ImageCarouselColumn(image_url="https://example.org/a.jpg", action=action)
    row = messaging.TemplateMessage(alt_text="ภาพ", template=messaging.ImageCarouselTemplate(columns=[column]))
    sdk.push_message(messaging.PushMessageRequest(to=LEADER, messages=[chart, row]), **LIMIT)
    assert [action["label"] for action in simulator.buttons(LEADER)] == ["ก่อน", "รายงาน"]


def test_tokens_of_all_kinds_open_the_api(simulator: SimulatorClient, tokens: Any) -> None:
    assertion = Key().assertion()
    signed = tokens.issue_channel_token_by_jwt(GRANT, TYPE, assertion, **LIMIT)
    brief = tokens.issue_stateless_channel_token_by_client_secret(CHANNEL, "secret", **LIMIT)
    short = tokens.issue_channel_token(GRANT, CHANNEL, "secret", **LIMIT)
    for issued in (signed, brief, short):
        made = calls_with(simulator.base_url, issued.access_token)
        assert made.api.get_bot_info(**LIMIT).user_id
        made.client.close()
    assert tokens.gets_all_valid_channel_access_token_key_ids(TYPE, assertion, **LIMIT).kids == [signed.key_id]
    assert tokens.verify_channel_token_by_jwt(signed.access_token, **LIMIT).client_id == CHANNEL
    assert tokens.verify_channel_token(short.access_token, **LIMIT).client_id == CHANNEL
    tokens.revoke_channel_token_by_jwt(CHANNEL, "secret", signed.access_token, **LIMIT)
    tokens.revoke_channel_token(short.access_token, **LIMIT)
    for ended in (signed, short):
        made = calls_with(simulator.base_url, ended.access_token)
        assert refusal(made.api.get_bot_info).status == 401
        made.client.close()
