"""Entries of campaign.yaml that are no settings at all are told of, like any other fault."""

from __future__ import annotations

from pathlib import Path

import pytest

from services.campaigns.files import CampaignError, read


@pytest.mark.parametrize(
    ("rounds", "forms", "more", "told"),
    [
        ("[1]", "{}", "", "rounds: round ?: it holds no settings"),
        ("[{number: 1, due: 2021-06-11, opens: 5}]", "{}", "", "rounds: round 1: "),
        ("[]", "{followup: 3}", "", "forms.followup: it holds no settings"),
        ("[]", "{}", "privacy_notice: 5", "privacy_notice: it holds no settings"),
    ],
)
def test_an_entry_that_is_no_mapping_is_named(tmp_path: Path, rounds: str, forms: str, more: str, told: str) -> None:
    main = f'slug: x\nprovince: "42"\nrounds: {rounds}\nforms: {forms}\n{more}\n'
    (tmp_path / "campaign.yaml").write_text(main, encoding="utf-8")
    with pytest.raises(CampaignError) as refused:
        read(tmp_path)
    assert [fault for fault in refused.value.faults if fault.startswith(told)]
