"""Template messages: buttons, confirm, carousel and image carousel."""

from __future__ import annotations

from typing import Any

from simulator.limits import table
from simulator.limits.actions import actions
from simulator.limits.checks import (
    Record,
    all_of,
    anything,
    by_type,
    graphemes,
    https,
    items,
    join,
    matches,
    one_of,
    text,
)
from simulator.line_errors import Problem

ACTION = actions(table.TEMPLATE_LABEL, label_required=True)
TAP_ACTION = actions(table.TEMPLATE_LABEL, label_required=False)
COLOR = matches(r"#[0-9A-Fa-f]{6}", "a colour such as #RRGGBB")
PICTURE_FORM = {"imageAspectRatio": one_of("rectangle", "square"), "imageSize": one_of("cover", "contain")}
ABOVE_TEXT = {
    "thumbnailImageUrl": https,
    "imageBackgroundColor": COLOR,
    "title": text(table.TEMPLATE_TITLE, graphemes),
    "defaultAction": TAP_ACTION,
}


def _shorter(most: int, value: Any, path: str, problems: list[Problem]) -> None:
    """With a picture or a title above it the text has less room."""
    if not isinstance(value, dict) or not {"thumbnailImageUrl", "title"} & set(value):
        return
    words = value.get("text")
    if isinstance(words, str) and graphemes(words) > most:
        problems.append(Problem(f"Length must be between 1 and {most} with an image or title", join(path, "text")))


def _buttons(value: Any, path: str, problems: list[Problem]) -> None:
    _shorter(table.BUTTONS_TEXT_WITH_IMAGE_OR_TITLE, value, path, problems)


def _column(value: Any, path: str, problems: list[Problem]) -> None:
    _shorter(table.COLUMN_TEXT_WITH_IMAGE_OR_TITLE, value, path, problems)


def _alike(value: Any, path: str, problems: list[Problem]) -> None:
    """All columns have as many actions, and either all or none a picture or title."""
    columns = value.get("columns") if isinstance(value, dict) else None
    if not isinstance(columns, list):
        return
    shapes = {
        (len(each["actions"]), "thumbnailImageUrl" in each, "title" in each)
        for each in columns
        if isinstance(each, dict) and isinstance(each.get("actions"), list)
    }
    if len(shapes) > 1:
        problems.append(Problem("The columns must be of one shape", join(path, "columns")))


BUTTONS = all_of(
    Record(
        {
            "type": anything,
            "text": text(table.BUTTONS_TEXT, graphemes),
            "actions": items(ACTION, 1, table.BUTTONS_ACTIONS),
        },
        {**PICTURE_FORM, **ABOVE_TEXT},
    ),
    _buttons,
)
CONFIRM = Record(
    {
        "type": anything,
        "text": text(table.CONFIRM_TEXT, graphemes),
        "actions": items(ACTION, table.CONFIRM_ACTIONS, table.CONFIRM_ACTIONS),
    }
)
COLUMN = all_of(
    Record({"text": text(table.COLUMN_TEXT, graphemes), "actions": items(ACTION, 1, table.COLUMN_ACTIONS)}, ABOVE_TEXT),
    _column,
)
CAROUSEL = all_of(Record({"type": anything, "columns": items(COLUMN, 1, table.COLUMNS)}, PICTURE_FORM), _alike)
IMAGE_COLUMN = Record({"imageUrl": https, "action": actions(table.IMAGE_CAROUSEL_LABEL, label_required=False)})
IMAGE_CAROUSEL = Record({"type": anything, "columns": items(IMAGE_COLUMN, 1, table.COLUMNS)})
TEMPLATE = by_type(
    lambda: {"buttons": BUTTONS, "confirm": CONFIRM, "carousel": CAROUSEL, "image_carousel": IMAGE_CAROUSEL}
)
