"""Labels without markup: forms are written for apps that draw **bold** and <span>, a chat shows letters as they are."""

from __future__ import annotations

import html
import re

from bot.forms.texts import Part

_FIRST = 0xE000
"""Private letters stand for the values inside a label while its markup is taken away."""
_MOST = 0x1000
_SIGNS = frozenset("*_#<[&\\~`")
_HEAD = re.compile(r"^[ \t]{0,3}#{1,6}[ \t]+(.*?)[ \t]*#*[ \t]*$", re.MULTILINE)
_BREAK = re.compile(r"[ \t]*<(?:br|/p|/div|/li|/h[1-6]|/tr)\s*/?>[ \t]*\n?", re.IGNORECASE)
_TAG = re.compile(
    r"</?(?:a|b|big|center|code|div|em|font|h[1-6]|hr|i|img|li|mark|ol|p|pre|s|small|span|strong|sub|sup|table|tbody|td|th|tr|u|ul)"
    r"(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_LINK = re.compile(r"!?\[([^\[\]\n]+)\]\(([^()\s]+)\)")
_STRONG = re.compile(r"(?<![\\*])\*\*(?=[^\s*])(.+?)(?<=[^\s*\\])\*\*(?!\*)", re.DOTALL)
_STRONG_LINE = re.compile(r"(?<![\\\w])__(?=[^\s_])(.+?)(?<=[^\s_\\])__(?!\w)", re.DOTALL)
_EMPHASIS = re.compile(r"(?<![\\*\w])\*(?=[^\s*])([^*\n]+?)(?<=[^\s*\\])\*(?![*\w])")
_EMPHASIS_LINE = re.compile(r"(?<![\\\w])_(?=[^\s_])([^_\n]+?)(?<=[^\s_\\])_(?!\w)")
_ESCAPED = re.compile(r"\\([\\*_#`\[\]<>~])")


def spoken(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """The same text with its values, as it can be said without markup. What is no markup (3*4, a_b, 2 < 3) stays."""
    if len(parts) >= _MOST or not any(isinstance(part, str) and not _SIGNS.isdisjoint(part) for part in parts):
        return parts
    whole = "".join(part if isinstance(part, str) else chr(_FIRST + place) for place, part in enumerate(parts))
    return tuple(_split(plain(whole), parts))


def plain(text: str) -> str:
    """Markdown and HTML taken away, line breaks and links kept."""
    text = _TAG.sub("", _BREAK.sub("\n", text))
    text = _LINK.sub(_link, text)
    for pattern in (_HEAD, _STRONG, _STRONG_LINE, _EMPHASIS, _EMPHASIS_LINE):
        text = pattern.sub(r"\1", text)
    return html.unescape(_ESCAPED.sub(r"\1", text)).strip("\n")


def _link(found: re.Match[str]) -> str:
    words, address = found.group(1), found.group(2)
    return words if words == address or not address.startswith("http") else f"{words} {address}"


def _split(text: str, parts: tuple[Part, ...]) -> list[Part]:
    """Put the values back in their places."""
    made: list[Part] = []
    for piece in re.split(f"([{chr(_FIRST)}-{chr(_FIRST + _MOST - 1)}])", text):
        place = ord(piece) - _FIRST if len(piece) == 1 else -1
        if 0 <= place < len(parts) and not isinstance(parts[place], str):
            made.append(parts[place])
        elif piece:
            made.append(piece)
    return made
