"""Which kinds of boxes are asked in a way of their own."""

from __future__ import annotations

from bot.conversation.report.kinds.asking import Asking
from bot.conversation.report.kinds.media import Media
from bot.conversation.report.kinds.moments import Moments, Times
from bot.conversation.report.kinds.numbers import Decimals, Ranges
from bot.conversation.report.kinds.places import Lines, Points
from bot.conversation.report.kinds.ranks import Ranks
from bot.conversation.report.kinds.simple import Acknowledge, Barcodes
from bot.forms.compiled import Kind, Question

_RANGES = Ranges()
_TABLE: dict[Kind, Asking] = {
    Kind.DECIMAL: Decimals(),
    Kind.TIME: Times(),
    Kind.DATETIME: Moments(),
    Kind.ACKNOWLEDGE: Acknowledge(),
    Kind.BARCODE: Barcodes(),
    Kind.RANK: Ranks(),
    Kind.GEOPOINT: Points(),
    Kind.GEOTRACE: Lines(),
    Kind.GEOSHAPE: Lines(),
    Kind.IMAGE: Media(),
    Kind.AUDIO: Media(),
    Kind.VIDEO: Media(),
    Kind.FILE: Media(),
}


def asking(question: Question) -> Asking | None:
    """How a box of a rarer kind is asked; None for counts, dates, texts and choices."""
    if question.range is not None and question.kind in {Kind.INTEGER, Kind.DECIMAL}:
        return _RANGES
    return _TABLE.get(question.kind)
