"""Compiled forms by version: parsing is dear, versions never change, so each is compiled once a process."""

from __future__ import annotations

from functools import lru_cache

from sqlalchemy.orm import Session

from bot.forms.compiled import CompiledForm
from bot.forms.load import compile_xform
from models.campaign import FormVersion


class FormCache:
    """Bounded and safe to share between threads; keyed by version id."""

    def __init__(self, size: int = 64) -> None:
        self._compiled = lru_cache(size)(lambda _version_id, xform: compile_xform(xform.encode()))

    def get(self, session: Session, form_version_id: int) -> CompiledForm:
        version = session.get_one(FormVersion, form_version_id)
        return self._compiled(version.id, version.xform)
