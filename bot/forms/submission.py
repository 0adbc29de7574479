"""Writes a finished draft as an ODK submission, which Central, Kobo and Ona take."""

from __future__ import annotations

import datetime as dt
from xml.etree.ElementTree import Element, SubElement, tostring

from bot.forms.compiled import CompiledForm
from bot.forms.environment import THAI_TIME
from bot.forms.values import Values
from bot.forms.xpath.nodes import split_name


def to_xml(values: Values, instance_id: str, *, finished: dt.datetime | None = None) -> bytes:
    """The submission XML in UTF-8. Boxes and groups that are not relevant are left out.

    `instance_id` is the submission's own id ("uuid:..."); `finished` fills the form's `end` box (default: the
    draft's own time).
    """
    writer = _Writer(values, instance_id, (finished or values.now).astimezone(THAI_TIME))
    root = writer.element(values.form.template, None)
    _ensure_meta(root, instance_id)
    text: str = tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}'.encode()


class _Writer:
    def __init__(self, values: Values, instance_id: str, finished: dt.datetime) -> None:
        self.values = values
        self.form: CompiledForm = values.form
        self.instance_id = instance_id
        self.finished = finished

    def element(self, source: Element, parent: Element | None) -> Element:
        name = split_name(source.tag)[1]
        attributes = {split_name(key)[1]: value for key, value in source.attrib.items() if not key.startswith("{")}
        made = Element(name, attributes) if parent is None else SubElement(parent, name, attributes)
        if len(source) == 0:
            made.text = self._text(name)
        for child in source:
            if self.values.relevant(split_name(child.tag)[1]):
                self.element(child, made)
        return made

    def _text(self, name: str) -> str | None:
        if name == "instanceID":
            return self.instance_id
        if self.form.preloads.get(name) == "end":
            return self.finished.isoformat(timespec="milliseconds")
        return self.values.get(name) or None


def _ensure_meta(root: Element, instance_id: str) -> None:
    """Every submission carries its id, also of a form that has no meta block."""
    meta = root.find("meta")
    if meta is None:
        meta = SubElement(root, "meta")
    if meta.find("instanceID") is None:
        SubElement(meta, "instanceID").text = instance_id
