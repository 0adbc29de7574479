"""LINE's rich menus as a hand-written fake at their port."""

from __future__ import annotations

import itertools
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from services.ports import MenuAnswer


@dataclass
class FakeRichMenus:
    """Rich menus in dicts, with LINE's rules: a menu without picture is shown to nobody, a picture never changes."""

    made: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    pictures: dict[str, bytes] = field(default_factory=dict)
    everybodys: str = ""
    links: dict[str, str] = field(default_factory=dict)
    """The menu of each user id."""
    calls: list[str] = field(default_factory=list)
    answers: dict[str, deque[MenuAnswer]] = field(default_factory=dict)
    """What a call is answered instead of being done, by its name; handed out first."""
    before_call: Callable[[str], None] = lambda _call: None
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def shown(self, user_id: str) -> str:
        """The name of the menu under this person's chat; empty for none."""
        menu_id = self.links.get(user_id, self.everybodys)
        return str(self.made[menu_id]["name"]) if menu_id else ""

    def make(self, menu: Mapping[str, Any]) -> MenuAnswer:
        if (other := self._other("make")) is not None:
            return other
        menu_id = f"richmenu-{next(self._numbers)}"
        self.made[menu_id] = menu
        return MenuAnswer(200, menu_id)

    def draw(self, rich_menu_id: str, png: bytes) -> MenuAnswer:
        if (other := self._other("draw")) is not None:
            return other
        if rich_menu_id in self.pictures:
            return MenuAnswer(400, problem="An image has already been uploaded to the richmenu")
        self.pictures[rich_menu_id] = png
        return MenuAnswer(200)

    def names(self) -> Mapping[str, str] | None:
        if self._other("names") is not None:
            return None
        return {menu_id: str(menu["name"]) for menu_id, menu in self.made.items()}

    def delete(self, rich_menu_id: str) -> MenuAnswer:
        if (other := self._other("delete")) is not None:
            return other
        self.pictures.pop(rich_menu_id, None)
        self.links = {user: menu_id for user, menu_id in self.links.items() if menu_id != rich_menu_id}
        self.everybodys = "" if self.everybodys == rich_menu_id else self.everybodys
        return MenuAnswer(200 if self.made.pop(rich_menu_id, None) else 404)

    def show_everybody(self, rich_menu_id: str) -> MenuAnswer:
        if (other := self._other("show_everybody") or self._not_drawn(rich_menu_id)) is not None:
            return other
        self.everybodys = rich_menu_id
        return MenuAnswer(200)

    def link(self, rich_menu_id: str, user_ids: Sequence[str]) -> MenuAnswer:
        assert 1 <= len(user_ids) <= 500
        if (other := self._other("link") or self._not_drawn(rich_menu_id)) is not None:
            return other
        self.links |= dict.fromkeys(user_ids, rich_menu_id)
        return MenuAnswer(200 if len(user_ids) == 1 else 202)

    def unlink(self, user_ids: Sequence[str]) -> MenuAnswer:
        if (other := self._other("unlink")) is not None:
            return other
        for user_id in user_ids:
            self.links.pop(user_id, None)
        return MenuAnswer(200)

    def _other(self, call: str) -> MenuAnswer | None:
        self.calls.append(call)
        self.before_call(call)
        return self.answers[call].popleft() if self.answers.get(call) else None

    def _not_drawn(self, rich_menu_id: str) -> MenuAnswer | None:
        if rich_menu_id not in self.made:
            return MenuAnswer(404, problem="Not found")
        return None if rich_menu_id in self.pictures else MenuAnswer(400, problem="must upload richmenu image")
