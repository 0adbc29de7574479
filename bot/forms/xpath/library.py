"""Every function of the dialect, by name. What is not here is refused when a form is loaded."""

from __future__ import annotations

from collections.abc import Mapping

from bot.forms.xpath.date_functions import DATE_FUNCTIONS
from bot.forms.xpath.function import Function
from bot.forms.xpath.geo_functions import GEO_FUNCTIONS
from bot.forms.xpath.list_functions import LIST_FUNCTIONS
from bot.forms.xpath.number_functions import NUMBER_FUNCTIONS
from bot.forms.xpath.odk_functions import ODK_FUNCTIONS
from bot.forms.xpath.repeat_functions import REPEAT_FUNCTIONS
from bot.forms.xpath.signed import SIGNED_FUNCTIONS
from bot.forms.xpath.text_functions import TEXT_FUNCTIONS

LIBRARY: Mapping[str, Function] = {
    **TEXT_FUNCTIONS,
    **NUMBER_FUNCTIONS,
    **DATE_FUNCTIONS,
    **ODK_FUNCTIONS,
    **REPEAT_FUNCTIONS,
    **LIST_FUNCTIONS,
    **GEO_FUNCTIONS,
    **SIGNED_FUNCTIONS,
}
