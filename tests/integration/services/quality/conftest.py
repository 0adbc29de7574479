from __future__ import annotations

from tests.integration.services.register.conftest import office

__all__ = ["office"]
