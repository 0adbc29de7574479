"""Every text of the catalogue as a bubble on a narrow phone, in each language: `make screenshots` looks at them all.

Nobody can look at a thousand bubbles, so a script does: nothing too wide, every letter drawn, every text found.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path
from typing import Any

import orjson
import urllib3
from playwright.sync_api import Browser, ViewportSize, expect

from benchmarks.looks import faults_of
from bot.messages import gate
from bot.messages.bubbles import Bubble, Say
from bot.messages.catalogue import Catalogue, Catalogues
from bot.messages.render import render
from tests.support.simulator import ACCESS_TOKEN, OFFICER, RunningSimulator, running_simulator

NARROW: ViewportSize = {"width": 360, "height": 740}
_BUBBLES_A_PUSH = 5
_LABELS_A_BUBBLE = 6


def bubbles(catalogue: Catalogue) -> Iterator[Bubble]:
    """Each text with typical values in its places; labels as buttons, several to a bubble."""
    keys = [key for key in catalogue if not key.startswith("calendar.")]
    for key in keys:
        if not gate.is_label(key):
            yield Bubble((gate.sample(catalogue, key),))
    labels = [gate.sample(catalogue, key) for key in keys if gate.is_label(key)]
    for some in _together(labels, _LABELS_A_BUBBLE):
        yield Bubble(("…",), tuple(Say(label, label) for label in some))


def _together(items: list[Any], size: int) -> Iterator[list[Any]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]


def look(browser: Browser) -> list[str]:
    """The faults of all texts, by language."""
    faults = []
    for locale, catalogue in Catalogues.load().by_locale.items():
        with tempfile.TemporaryDirectory(prefix="tidtam-") as folder, running_simulator(Path(folder)) as simulator:
            count = _push(
                simulator, [message for bubble in bubbles(catalogue) for message in render([bubble], catalogue)]
            )
            found = _seen(browser, simulator.url, locale, count)
        sys.stdout.write(f"{count} bubbles in {locale} at {NARROW['width']} px: {len(found)} faults\n")
        faults += [f"{locale}: {fault}" for fault in found]
    return faults


def _push(simulator: RunningSimulator, messages: list[dict[str, Any]]) -> int:
    simulator.settings(quota_limit=None)
    headers = {"Authorization": f"Bearer {ACCESS_TOKEN}", "Content-Type": "application/json"}
    with urllib3.PoolManager(timeout=10.0) as pool:
        for some in _together(messages, _BUBBLES_A_PUSH):
            body = orjson.dumps({"to": OFFICER, "messages": some})
            answer = pool.request("POST", f"{simulator.url}/v2/bot/message/push", body=body, headers=headers)
            if answer.status != HTTPStatus.OK:
                raise SystemExit(f"LINE would refuse a text: {answer.data.decode()}")
    return len(messages)


def _seen(browser: Browser, address: str, locale: str, count: int) -> list[str]:
    context = browser.new_context(viewport=NARROW, reduced_motion="reduce")
    context.add_init_script(f"localStorage.setItem('tidtam.page-language', '{locale}')")
    page = context.new_page()
    page.goto(address)
    expect(page.locator(f"[data-user-id='{OFFICER}'] [data-seq]")).to_have_count(count, timeout=30_000)
    found = faults_of(page)
    context.close()
    return found
