"""LINE's documented limits on what a bot sends, as a check that says everything that is wrong.

LINE itself overlooks some faults, such as an unknown key. This check does not: a simulator exists to show typos.

    problems = check_request("push", body)      # [] when LINE would take it
    problems = check_messages(messages)
"""

from __future__ import annotations

from simulator.limits.requests import check_messages, check_request

__all__ = ["check_messages", "check_request"]
