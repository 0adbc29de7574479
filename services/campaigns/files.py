"""Reading a campaign's folder: campaign.yaml and the files it names, checked before anything is stored.

The format is described in docs/campaigns.md. Pure but for reading the files.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.forms.compiled import CompiledForm
from bot.forms.load import compile_xlsform
from bot.messages.catalogue import CatalogueError, Catalogues
from services.calendar import WorkingDays
from services.campaigns.duties import DutyPlan, plans, wrong_duties
from services.campaigns.fault import Fault
from services.campaigns.folder import Files, gather, parsed
from services.campaigns.form_plans import Compile, FormPlan, read_form, wrong_form_settings
from services.campaigns.groups import wrong_groups
from services.campaigns.household_cases import wrong_checks
from services.campaigns.plan import plan_lines
from services.campaigns.reconciliation import wrong_reconciliation
from services.campaigns.reminders import wrong_reminders
from services.campaigns.retention import wrong_retention
from services.campaigns.round_plans import RoundPlan, read_rounds
from services.campaigns.stored_settings import stored_settings
from services.campaigns.summary import wrong_summary
from services.campaigns.tables import holidays, read_tables
from services.documents.spec import wrong_documents


class CampaignError(Exception):
    """The folder is no campaign that can be loaded. `faults` holds a plain sentence for each fault."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("; ".join(faults))
        self.faults = [fault if isinstance(fault, Fault) else Fault(fault) for fault in faults]


@dataclass(frozen=True)
class CampaignFiles:
    """A campaign as its folder describes it."""

    slug: str
    province: str
    settings: dict[str, Any]
    rounds: list[RoundPlan]
    forms: list[FormPlan]
    duties: list[DutyPlan]
    """Those that areas owe; the contractor's are in the settings alone."""
    villages: list[dict[str, str]]
    known: list[dict[str, str]]
    households: list[dict[str, str]]
    source: Files
    """What is kept of the folder itself (services.campaigns.folder)."""


def read(folder: Path, product: Catalogues | None = None, compile_form: Compile = compile_xlsform) -> CampaignFiles:
    """Read and check a campaign's folder. Raises CampaignError naming every fault that could be found.

    `product`: the product's own texts, over which the campaign's are put; left out, they are read, which takes longer
    than all else here. `compile_form` may know files that were compiled before.
    """
    product = product or Catalogues.load()
    config = _main(folder)
    faults: list[Fault] = []
    tables = read_tables(folder, config, faults)
    working_days = WorkingDays(holidays(tables["working_days"]))
    forms = [read_form(folder, key, spec, faults, compile_form) for key, spec in config["forms"].items()]
    rounds = read_rounds(config, working_days, faults)
    faults += wrong_form_settings(config) + wrong_groups(config) + wrong_checks(config)
    faults += wrong_retention(config) + _wrong_notice(config)
    faults += wrong_summary(config, {form.key: form.form for form in forms if form is not None})
    texts = _texts(folder, config.get("texts"), product, faults)
    plan = plan_lines(folder, config.get("plan"), faults)
    compiled = {form.key: form.form for form in forms if form is not None}
    faults += wrong_reconciliation(config, compiled)
    documents = _documents(folder, config.get("documents"), compiled, faults)
    faults += wrong_reminders(config, texts, working_days, product) + wrong_duties(config, working_days)
    if faults:
        raise CampaignError(faults)
    return CampaignFiles(
        slug=str(config["slug"]),
        province=str(config["province"]),
        settings={**stored_settings(config, texts, working_days), "plan": plan, "documents": documents},
        rounds=rounds,
        forms=[form for form in forms if form is not None],
        duties=plans(config, working_days),
        villages=tables["villages"],
        known=tables["known"],
        households=tables["households"],
        source=gather(folder, config),
    )


def _main(folder: Path) -> dict[str, Any]:
    """campaign.yaml, with all that nothing can be read without. Raises CampaignError."""
    config = _mapping(folder / "campaign.yaml")
    missing = [
        Fault(f"campaign.yaml: {key} is missing", "missing", name=key)
        for key in ("slug", "province", "rounds", "forms")
        if key not in config
    ]
    if missing or not isinstance(config["forms"], dict) or not isinstance(config["rounds"], list):
        told = "campaign.yaml: forms are no mapping, or rounds no list"
        raise CampaignError(missing or [Fault(told, "shape", name="forms, rounds")])
    return config


def _mapping(path: Path) -> dict[str, Any]:
    try:
        data = parsed(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        told = f"{path.name} cannot be read: {type(error).__name__}"
        raise CampaignError([Fault(told, "unreadable", name=path.name)]) from error
    if not isinstance(data, dict):
        raise CampaignError([Fault(f"{path.name} holds no settings", "shape", name=path.name)])
    return data


def _texts(folder: Path, name: str | None, product: Catalogues, faults: list[Fault]) -> dict[str, Any]:
    """The campaign's own words by locale, each tried, so that none fails when somebody is to be answered."""
    if not name:
        return {}
    try:
        texts = _mapping(folder / name)
        product.with_texts(texts)
    except CampaignError as error:
        faults += error.faults
    except (CatalogueError, AttributeError) as error:
        faults.append(Fault(str(error)).within(name, "file", name=name))
    else:
        return texts
    return {}


def _documents(
    folder: Path, name: str | None, forms: Mapping[str, CompiledForm], faults: list[Fault]
) -> dict[str, Any]:
    """What the campaign prints, each template read once, so that none fails on the day it is wanted."""
    if not name:
        return {}
    try:
        documents = _mapping(folder / name)
    except CampaignError as error:
        faults += error.faults
        return {}
    faults += wrong_documents(documents, forms)
    return documents


def _wrong_notice(config: Mapping[str, Any]) -> list[Fault]:
    if isinstance(config.get("privacy_notice", {}), Mapping):
        return []
    return [Fault("privacy_notice: it holds no settings", "shape", name="privacy_notice")]
