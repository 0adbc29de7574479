"""A running system to photograph: what `make run` starts, on a throw-away folder and free ports, with its phones."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Page, ViewportSize, expect

from benchmarks.looks import faults_of
from simulator.client import SimulatorClient
from tests.support.ports import free_port
from tests.support.processes import wait_until

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "docs/screenshots"
RUN = (
    "import os, sys; from pathlib import Path; from workers.local.__main__ import main;"
    "raise SystemExit(main(os.environ, sys.stdout, Path(sys.argv[1])))"
)
BROWSER = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    # several threads that draw one picture do not always round alike
    "--num-raster-threads=1",
    "--disable-partial-raster",
]
DESK: ViewportSize = {"width": 1440, "height": 900}
HAND: ViewportSize = {"width": 360, "height": 780}
MOST_BYTES = 250_000
"""Of one picture, so that a clone stays small."""


@contextmanager
def running_system(campaign: str = "") -> Iterator[str]:
    """The address of the simulator's page, while everything runs behind it. `campaign`: a folder, or ''."""
    ports = {"PORT": str(free_port()), "SIMULATOR_PORT": str(free_port()), "CAMPAIGN": campaign}
    with tempfile.TemporaryDirectory(prefix="tidtam-") as folder:
        command = [sys.executable, "-c", RUN, folder]
        with subprocess.Popen(command, env=os.environ | ports, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
            try:
                yield _address(process.stdout or ())
            finally:
                process.terminate()
                process.communicate(timeout=30)


def _address(lines: Iterable[str]) -> str:
    """The address that `make run` says when all is ready. Ends with its words when it says none."""
    said: list[str] = []
    for line in lines:
        said.append(line)
        if line.strip().startswith("http://"):
            return line.strip()
    raise SystemExit("".join(said))


@dataclass
class Stage:
    """Phones to act on and pages to photograph."""

    address: str
    browser: Browser
    client: SimulatorClient
    phones: dict[str, str] = field(init=False)
    """LINE user id of each role's first phone on the page."""

    def __post_init__(self) -> None:
        self.phones = {phone.role: phone.user_id for phone in self.client.phones() if phone.shown}

    def put_on_the_page(self, language: str, **districts: str) -> None:
        """Show the officers of these districts instead of the present phones, under the names given."""
        for user_id in self.phones.values():
            self.client.change_phone(user_id, shown=False)
        known = [phone.user_id for phone in self.client.phones()]
        for name, code in districts.items():
            self.phones[name] = next(user_id for user_id in known if user_id.endswith(f"{code}000000001"))
            self.client.change_phone(self.phones[name], shown=True, language=language)
        self.phones = {name: self.phones[name] for name in districts}

    def say(self, who: str, *texts: str) -> None:
        """Type one text after the other, each when the last has been answered."""
        for text in texts:
            sent = self.client.say(self.phones[who], text, wait=True)
            self.client.wait_for(self.phones[who], sent.seq)

    def tap(self, who: str, *labels: str) -> None:
        for label in labels:
            sent = self.client.tap(self.phones[who], label, wait=True)
            self.client.wait_for(self.phones[who], sent.seq)

    def send_house(self, who: str, number: str, photo: bytes) -> None:
        sent = self.client.photo(self.phones[who], photo, wait=True)
        self.client.wait_for(self.phones[who], sent.seq)
        self.say(who, number)

    def jump(self, to: str, *, pushes: int = 0) -> None:
        """Move the clock to a local time, and wait for the `pushes` that fall due on the way."""
        wanted = self._pushes() + pushes
        # some seconds past the minute: the clock keeps whole seconds, and no message may show the minute before
        self.client.move_clock(f"{to}:05+07:00")
        wait_until(lambda: self._pushes() == wanted, seconds=20, what=f"{wanted} pushes")

    def _pushes(self) -> int:
        count: int = self.client.state()["counters"]["pushes"]
        return count

    def open_page(self, size: ViewportSize, *, scale: float = 1, language: str = "th", address: str = "") -> Page:
        context = self.browser.new_context(viewport=size, device_scale_factor=scale, reduced_motion="reduce")
        context.add_init_script(f"localStorage.setItem('tidtam.page-language', '{language}')")
        page = context.new_page()
        page.goto(address or self.address)
        if not address:
            page.add_style_tag(content=".seconds { display: none }")  # they would differ at every run
        return page

    def picture(self, page: Page, name: str, *, only: str = "", of_phones: bool = True) -> None:
        """Photograph the page, or one phone's screen, once it shows the newest message of every phone."""
        for user_id in self.phones.values() if of_phones else ():
            for newest in self.client.messages(user_id)[-1:]:
                expect(page.locator(f"[data-user-id='{user_id}'] [data-seq='{newest.seq}']")).to_be_attached()
        faults = faults_of(page)
        if faults:
            raise SystemExit(f"{name}: " + "; ".join(faults))
        if only:
            content = page.locator(f"[data-testid=phone-{only}] .screen").screenshot(animations="disabled")
        else:
            content = page.screenshot(animations="disabled")
        if len(content) > MOST_BYTES:
            raise SystemExit(f"{name}: {len(content)} bytes are more than {MOST_BYTES}")
        FOLDER.joinpath(f"{name}.png").write_bytes(content)
        sys.stdout.write(f"docs/screenshots/{name}.png  {len(content) // 1000} kB\n")
