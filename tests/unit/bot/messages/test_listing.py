from __future__ import annotations

import pytest

from bot.messages.catalogue import Catalogues
from bot.messages.listing import listing, main


def test_every_text_stands_in_the_list_with_its_marks() -> None:
    catalogues = Catalogues.load().with_texts({"th": {"x.y": "ก | {n|วัน|วัน}\nข"}, "en": {"x.y": "a | {n|day|days}"}})
    shown = listing(catalogues)
    assert all(f"| `{key}` |" in shown for key in catalogues.by_locale["th"])
    assert "| `x.y` | ก \\| {n: วัน/วัน}<br>ข | a \\| {n: day/days} |  |\n" in shown
    assert "| `button.yes` | ใช่ | Yes | main |\n" in shown
    assert "| `menu.title` | เมนู | Menu | card |\n" in shown


def test_the_command_writes_the_list(capsys: pytest.CaptureFixture[str]) -> None:
    main()
    assert capsys.readouterr().out.startswith("# Texts\n")
