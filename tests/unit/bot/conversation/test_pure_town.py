"""The town without a database knows whatever a real one can be asked."""

from __future__ import annotations

from services.broadcasts import page_lookups
from services.chat.facts import _FINDERS
from tests.support.pure_chat import somebody
from tests.support.pure_town import PureTown


def test_every_query_of_the_conversation_can_be_answered() -> None:
    of_pages = set(page_lookups.FINDERS)
    assert set(PureTown().finders(somebody())) == set(_FINDERS) - of_pages
