"""The list of all texts for people who write flows or campaigns: `python -m bot.messages.listing > docs/texts.md`."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from bot.messages.catalogue import Catalogue, Catalogues
from bot.messages.gate import is_label

_HEAD = """# Texts

All that the service says, by key, as it stands in `bot/messages/th.yaml` and `en.yaml`. This list is made by
`python -m bot.messages.listing > docs/texts.md`; the voice and the words are explained at the top of `th.yaml`.

- A flow names a key and gives values: `text("report.remaining", n=3)`. How each kind of value is written stands in
  `bot/messages/bubbles.py`. A placeholder without a value is filled from `campaign.<name>` ({office}, {project},
  {phone}, {survey}), which a campaign sets in its `texts.yaml`. Everything else that is missing raises.
- A campaign may replace or add any text for each language. Run the text gate over it: `bot.messages.gate.check`.
- Families (`read.confirm`, `read.ask`): a key that is missing there is told with the family's `other`.
- Marks: **card** may have 12 lines on a phone instead of 6, **error** names an example or has buttons, **main** and
  **side** are buttons drawn as the main action or as a link. They stand in `bot/messages/marks.yaml`.
"""


def listing(catalogues: Catalogues) -> str:
    """The Markdown list: one table for each group of keys."""
    thai, english = catalogues.by_locale["th"], catalogues.by_locale["en"]
    groups: dict[str, list[str]] = {}
    for key in thai:
        groups.setdefault(key.split(".")[0], []).append(key)
    return _HEAD + "".join(_table(group, keys, thai, english) for group, keys in groups.items())


def _table(group: str, keys: list[str], thai: Catalogue, english: Catalogue) -> str:
    rows = "".join(
        f"| `{key}` | {_cell(thai, key)} | {_cell(english, key)} | {', '.join(_marks(thai, key))} |\n" for key in keys
    )
    return f"\n## {group}\n\n| key | Thai | English | marks |\n|---|---|---|---|\n{rows}"


def _cell(catalogue: Catalogue, key: str) -> str:
    shown = catalogue.template(key).fill(
        lambda slot: f"{{{slot.name}}}" if slot.one is None else f"{{{slot.name}: {slot.one}/{slot.other}}}"
    )
    return shown.replace("|", "\\|").replace("\n", "<br>")


def _marks(catalogue: Catalogue, key: str) -> Iterator[str]:
    marks = catalogue.marks
    named = {"card": marks.cards, "error": marks.errors, "main": marks.primary, "side": marks.quiet}
    yield from (
        name for name, patterns in named.items() if key in patterns and is_label(key) == (name in {"main", "side"})
    )


def main() -> None:
    """Write the list to standard output."""
    sys.stdout.write(listing(Catalogues.load()))


if __name__ == "__main__":
    main()
