from __future__ import annotations

import re

import click
import pytest

from bot.cli import main
from models.all import Base
from tests.unit.docs.pages import ROOT, anchors, name_of, pages, prose, text

LINK = re.compile(r"\]\(([^)\s]+)\)")
TARGET = re.compile(r"\bmake ([a-z][a-z-]*)\b")
SOURCE = re.compile(r"`((?:\w+/)+\w+\.(?:py|md|yaml|csv))`")


@pytest.mark.parametrize("page", pages())
def test_every_relative_link_leads_somewhere(page: str) -> None:
    dead = []
    for link in LINK.findall(prose(page)):
        if link.startswith(("https://", "http://", "mailto:")):
            continue
        path, _, anchor = link.partition("#")
        target = (ROOT / page).parent / path if path else ROOT / page
        if not target.exists() or (anchor and anchor not in anchors(name_of(target.resolve()))):
            dead.append(link)
    assert dead == []


@pytest.mark.parametrize("page", pages())
def test_every_file_named_in_code_exists(page: str) -> None:
    assert [name for name in SOURCE.findall(text(page)) if not _stands(name, page)] == []


def _stands(name: str, page: str) -> bool:
    here = (ROOT / page).parent
    return any((folder / name).exists() for folder in (ROOT, here, ROOT / "campaigns/loei_2564"))


@pytest.mark.parametrize("page", pages())
def test_every_make_target_exists(page: str) -> None:
    there = set(re.findall(r"^([a-z][a-z-]*):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = set(TARGET.findall("\n".join(re.findall(r"`[^`\n]+`|^ *[$ ]*make .*$", text(page), re.MULTILINE))))
    assert named - there == set()


@pytest.mark.parametrize("page", pages())
def test_every_tidtam_command_exists(page: str) -> None:
    code = re.findall(r"```.*?```|`[^`\n]+`", text(page), re.DOTALL)
    named = [words.split() for part in code for words in re.findall(r"(?:^|[`\n])(?:\w+=\S+ )*tidtam ([a-z ]+)", part)]
    assert [" ".join(words) for words in named if not _is_command(main, words)] == []


def _is_command(command: click.Command, words: list[str]) -> bool:
    if not isinstance(command, click.Group):
        return True
    return bool(words) and words[0] in command.commands and _is_command(command.commands[words[0]], words[1:])


@pytest.mark.parametrize("page", pages())
def test_no_page_names_a_place_on_somebodys_machine(page: str) -> None:
    assert re.findall(r"(?<![\w)])/(?:home|Users|root|work|tmp)/\S*", text(page)) == []


def test_every_page_can_be_reached_from_the_readme() -> None:
    reached: set[str] = set()
    waiting = ["README.md"]
    while waiting:
        page = waiting.pop()
        if page in reached:
            continue
        reached.add(page)
        links = (link.partition("#")[0] for link in LINK.findall(prose(page)) if "://" not in link)
        targets = (((ROOT / page).parent / link).resolve() for link in links if link.endswith(".md"))
        waiting += [name_of(target) for target in targets]
    assert set(pages()) - reached == set()


def test_the_architecture_page_names_every_table() -> None:
    page = text("docs/architecture.md")
    assert [table for table in Base.metadata.tables if f"`{table}`" not in page] == []


def test_every_picture_is_small_and_shown() -> None:
    pictures = sorted(ROOT.joinpath("docs/screenshots").glob("*.png"))
    pages = "".join(
        text(page)
        for page in ("README.md", "docs/forms.md", "docs/forms.th.md", "docs/households.md", "docs/desk-pages.md")
    )
    assert [picture.name for picture in pictures if f"screenshots/{picture.name}" not in pages] == []
    assert [picture.name for picture in pictures if picture.stat().st_size > 250_000] == []


def test_the_architecture_page_places_every_package() -> None:
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests", "benchmarks"}
    page = text("docs/architecture.md")
    assert [package for package in packages if f"{package}/" not in page] == []
