"""Compiled forms by version: parsing is dear, versions never change, so each is compiled once a process."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.forms.compiled import CompiledForm
from bot.forms.load import compile_xform
from models.campaign import FormVersion


class FormCache:
    """Bounded and safe to share between threads; keyed by version id and content."""

    def __init__(self, size: int = 64) -> None:
        self._size = size
        self._compiled: OrderedDict[tuple[int, str], CompiledForm] = OrderedDict()
        self._lock = Lock()

    def get(self, session: Session, form_version_id: int) -> CompiledForm:
        """The compiled form. Its XForm, the longest text there is, is read only when it is not known yet.

        Raises sqlalchemy.exc.NoResultFound for a version that is not there.
        """
        content = select(FormVersion.content_hash).where(FormVersion.id == form_version_id)
        key = (form_version_id, session.execute(content).scalar_one())
        with self._lock:
            known = self._compiled.get(key)
            if known is not None:
                self._compiled.move_to_end(key)
                return known
        form = compile_xform(session.get_one(FormVersion, form_version_id).xform.encode())
        with self._lock:
            self._compiled[key] = form
            while len(self._compiled) > self._size:
                self._compiled.popitem(last=False)
        return form
