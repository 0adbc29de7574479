"""Calls for what people sent: photos, videos and files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, Response, request, send_file

from simulator.api.exchange import answer
from simulator.line_errors import NOT_FOUND, LineError

if TYPE_CHECKING:
    from simulator.world import World


def content_calls(pages: Blueprint, world: World) -> None:
    @pages.get("/message/<message_id>/content")
    @pages.get("/message/<message_id>/content/preview")
    def content(message_id: str) -> Response:
        """The preview is the upload itself: nobody here makes it smaller, or a film a picture."""
        found = world.chat.find(message_id)
        if found is None or found["side"] != "user":
            raise LineError(404, NOT_FOUND)
        if found["unsent"] or world.faults.take("content_gone", request.path):
            raise LineError(410, "The content is gone")
        stored = world.media.find(message_id)
        if stored is None:
            raise LineError(404, NOT_FOUND)
        if request.path.endswith("/preview") and found["message"].get("type") not in ("image", "video"):
            raise LineError(400, "The content can not be previewed")
        if world.faults.take("content_not_ready", request.path):
            return answer({}, 202)
        return send_file(stored.path, mimetype=stored.content_type, conditional=False, etag=False)

    @pages.get("/message/<message_id>/content/transcoding")
    def transcoding(message_id: str) -> Response:
        found = world.chat.find(message_id)
        if found is None or found["message"].get("type") not in ("video", "audio"):
            raise LineError(404, NOT_FOUND)
        return answer({"status": "succeeded"})
