"""What somebody types to join, as a QR: whoever scans it has LINE open the chat with the words already typed."""

from __future__ import annotations

import io

import segno

from services.people.joining import village_link

ON_A_SCREEN = 4
"""Modules of white around a QR that stands on a coloured page (ISO/IEC 18004); on paper there is white enough."""


def code_qr(account: str, words: str, *, border: int = ON_A_SCREEN) -> str:
    """An SVG; empty where LINE's basic id of the account is not known: the words are then typed by hand."""
    if not account:
        return ""
    drawn = io.BytesIO()
    link = village_link(account, words)
    segno.make(link, error="m").save(drawn, kind="svg", xmldecl=False, border=border, omitsize=True)
    return drawn.getvalue().decode()
