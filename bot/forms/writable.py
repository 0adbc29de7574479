"""What people write as every file can carry it: one character that XML does not know spoils a whole table."""

from __future__ import annotations

import re
from typing import Final

_BREAK: Final = re.compile("\r\n|[\x0b\x0c\u2028\u2029]")
"""A line break as word processors have it (Word's Shift+Enter is pasted as one)."""
_NONE: Final = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What is none of XML 1.0's characters (section 2.2, production 2), and the controls that it advises against."""


def writable(text: str) -> str:
    """The same text, with usual line breaks and without control characters, halves of characters and no-characters."""
    return _NONE.sub("", _BREAK.sub("\n", text))
