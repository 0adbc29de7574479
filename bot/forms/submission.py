"""Writes a finished draft as an ODK submission, which Central, Kobo and Ona take."""

from __future__ import annotations

import datetime as dt
from xml.etree.ElementTree import Element, SubElement, tostring

from bot.forms.environment import THAI_TIME
from bot.forms.values import Values
from bot.forms.writable import writable
from bot.forms.xpath.nodes import Node


def to_xml(values: Values, instance_id: str, *, finished: dt.datetime | None = None) -> bytes:
    """The submission XML in UTF-8. Boxes and groups that are not relevant are left out.

    `instance_id` is the submission's own id ("uuid:..."); `finished` fills the form's `end` box (default: the
    draft's own time).
    """
    writer = _Writer(values, instance_id, (finished or values.now).astimezone(THAI_TIME))
    root = writer.element(values.layout.tree.children[0], None)
    _ensure_meta(root, instance_id)
    text: str = tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}'.encode()


class _Writer:
    def __init__(self, values: Values, instance_id: str, finished: dt.datetime) -> None:
        self.values = values
        self.instance_id = instance_id
        self.finished = finished

    def element(self, source: Node, parent: Element | None) -> Element:
        attributes = {one.name: self._attribute(one) for one in source.attributes if not one.namespace}
        made = Element(source.name, attributes) if parent is None else SubElement(parent, source.name, attributes)
        if source.key is not None:
            made.text = self._text(source)
        for child in source.children:
            if self.values.relevant(child.address):
                self.element(child, made)
        return made

    def _attribute(self, source: Node) -> str:
        return source.value if source.key is None else writable(self.values.get(source.key)) or source.value

    def _text(self, source: Node) -> str | None:
        if source.name == "instanceID" and source.parent is not None and source.parent.name == "meta":
            return self.instance_id
        name = source.key or ""
        if self.values.form.preloads.get(self.values.questions[name].template) == "end":
            return self.finished.isoformat(timespec="milliseconds")
        return writable(self.values.get(name)) or None


def _ensure_meta(root: Element, instance_id: str) -> None:
    """Every submission carries its id, also of a form that has no meta block."""
    meta = root.find("meta")
    if meta is None:
        meta = SubElement(root, "meta")
    if meta.find("instanceID") is None:
        SubElement(meta, "instanceID").text = instance_id
