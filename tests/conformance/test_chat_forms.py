"""The forms of pyxform's own tests, answered in the chat: each comes to its review card and is sent."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.forms.load import compile_xlsform
from bot.forms.problems import FormError
from tests.conformance.generated_files import files_of
from tests.conformance.test_xlsforms import PARTS, REFUSED_HERE, converted, forms_of
from tests.support.form_chat import FormChat

SEED = 0
NOT_IN_CHAT: dict[str, str] = {}
"""Forms that cannot be answered in the chat; name of the corpus's test -> why."""
Counted = Callable[[str, int], None]


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.timeout(600)
def test_every_form_is_answered_in_the_chat_and_sent(xlsforms_corpus: Path, part: int, counted: Counted) -> None:
    stuck: list[str] = []
    sent = turns = 0
    for text, name in list(forms_of(xlsforms_corpus, errored=False).items())[part::PARTS]:
        xform = converted(text)
        if xform is None or name in REFUSED_HERE:
            continue
        try:
            chat = FormChat(compile_xlsform(text.encode(), "form.md", files_of(xform)), SEED).fill().send()
        except FormError:
            continue  # a form of another text under a name that is refused
        except Exception as problem:  # noqa: BLE001 - whatever it is, it is told by the form's name
            stuck.append(f"{name}: {type(problem).__name__} {problem}")
        else:
            sent += 1
            turns += chat.turns
    counted("XLSForms answered in the chat and sent", sent)
    counted("turns that took", turns)
    assert [told for told in stuck if told.partition(":")[0] not in NOT_IN_CHAT] == []
