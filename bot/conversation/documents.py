"""Buttons that open a report as the office prints it."""

from __future__ import annotations

from bot.conversation.document_facts import DocumentsOf
from bot.conversation.facts import Facts
from bot.messages.bubbles import Button, Link, text


def printed(obligation_id: int, facts: Facts) -> tuple[Button, ...]:
    """The report as the office prints it: the form to look at, the letter to sign."""
    found = facts.ask(DocumentsOf(obligation_id))
    if found is None:
        return ()
    form, letter = text("document.button.form"), text("document.button.letter")
    return (Link(form, found.form), Link(letter, found.letter))
