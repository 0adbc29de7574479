"""Boxes that hold a picture, sound, film or file: the message that carries it is the answer."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.conversation.effects import DropMedia
from bot.conversation.inputs import Incoming
from bot.conversation.report.context import Context
from bot.conversation.report.kinds.asking import Asking
from bot.forms.compiled import MEDIA, Kind, Question
from bot.messages.bubbles import OnPhone, Quick, Text, Words, text
from bot.reading.outcome import Action, Reading

_ENDINGS = {"image": ".jpg", "audio": ".m4a", "video": ".mp4"}
"""LINE says no file names of these; it makes them so."""
_LIKE = {
    Kind.IMAGE: frozenset({".jpg", ".jpeg", ".png", ".gif", ".webp", ".heic", ".bmp"}),
    Kind.AUDIO: frozenset({".m4a", ".mp3", ".wav", ".ogg", ".aac", ".amr", ".3gp"}),
    Kind.VIDEO: frozenset({".mp4", ".mov", ".3gp", ".avi", ".mkv", ".webm", ".m4v"}),
}
"""Endings of files that LINE for PC sends as files though they are pictures, sound or film."""
_UNSAFE = re.compile(r"[\s/\\:*?\"<>|\x00-\x1f]+")
TYPED = "typed"
"""Origin of what this draft was told, rather than carried over from another."""
LONGEST_NAME = 80
"""Characters of a file's own name that are kept."""
DRAWN = ("signature", "draw", "annotate")
"""Appearances of pictures that ODK's app lets one draw; in chat, a photo of the paper."""


def stored_name(question: Question, said: Incoming) -> str:
    """The name under which a message answers the box; '' when it is of another kind. The message's id begins it, so
    that no two are alike and its bytes are found again."""
    ending = _ENDINGS.get(said.what, "")
    if question.kind is Kind.FILE or said.what == question.kind.value:
        if ending:
            return f"{said.message_id}{ending}"
        return f"{said.message_id}_{_safe(said.file_name)}" if said.what == "file" else ""
    own = re.search(r"\.\w{2,5}$", said.file_name.lower())
    if said.what == "file" and own is not None and own.group() in _LIKE.get(question.kind, ()):
        return f"{said.message_id}{own.group()}"
    return ""


def _safe(name: str) -> str:
    """A file's name without what means something to file systems; its end, which says what it is, is kept."""
    return _UNSAFE.sub("_", name)[-LONGEST_NAME:].lstrip(".") or "file"


def sort_of(question: Question) -> str:
    """image, signature, draw, annotate, audio, video or file."""
    drawn = next((name for name in DRAWN if name in question.appearance), "")
    return drawn if drawn and question.kind is Kind.IMAGE else question.kind.value


def message_of(name: str) -> str:
    """The id of the message that a stored name belongs to."""
    return re.split(r"[._]", name, maxsplit=1)[0]


def replaced(context: Context, changes: Mapping[str, str]) -> tuple[DropMedia, ...]:
    """What the boxes of `changes` held until now and nobody has sent to anyone yet: it is forgotten."""
    return tuple(
        DropMedia(message_of(held.value), context.report.obligation.id)
        for name, value in changes.items()
        if context.questions[name].kind in MEDIA
        and (held := context.values.answer_of(name)) is not None
        and held.origin == TYPED
        and held.value not in {"", value}
        and not _was_sent(context, name, held.value)
    )


def _was_sent(context: Context, name: str, value: str) -> bool:
    sent = context.report.sent
    return sent is not None and name in sent.questions and sent.get(name) == value


class Media(Asking):
    """One message with a picture, sound, film or file."""

    def need(self, question: Question) -> Text:
        return text(f"need.{sort_of(question)}")

    def request(self, context: Context, question: Question) -> tuple[Words, ...]:  # noqa: ARG002
        return (text(f"kinds.ask_{sort_of(question)}"),)

    def example(self, context: Context, question: Question) -> str:
        return context.facts.catalogue.say(self.need(question))

    def quick(self, context: Context, question: Question) -> tuple[Quick, ...]:  # noqa: ARG002
        if question.kind is not Kind.IMAGE:
            return ()
        return (OnPhone(text("kinds.button.camera"), "camera"), OnPhone(text("kinds.button.album"), "cameraRoll"))

    def read(self, context: Context, question: Question, words: str) -> Reading[str]:  # noqa: ARG002
        """Nothing that is typed is a picture."""
        return Reading(Action.ASK, None, "media_wanted")
