"""Reading a campaign's folder: campaign.yaml and the files it names, checked before anything is stored.

The format is described in docs/campaigns.md. Pure but for reading the files.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.forms.compiled import CompiledForm
from bot.forms.load import compile_xlsform
from bot.forms.problems import FormError
from bot.messages.catalogue import CatalogueError, Catalogues
from models.area import AreaKind
from models.people import Role
from services.calendar import BANGKOK, WorkingDays, end_of
from services.campaigns.approval import kept_settings, wrong_settings
from services.campaigns.duties import DutyPlan, duties_of, plans, wrong_duties
from services.campaigns.groups import wrong_groups
from services.campaigns.plan import plan_lines
from services.campaigns.reminders import wrong_reminders
from services.campaigns.summary import kept_summary, wrong_summary
from services.campaigns.tables import holidays, read_tables
from services.reminders.entries import Entry, entries

_KEPT = ("titles", "work", "contact", "prepare", "duties", "reminders", "reminder_rules", "groups")
"""Keys of campaign.yaml that stay with the campaign's row as they are."""


class CampaignError(Exception):
    """The folder is no campaign that can be loaded. `faults` holds a plain sentence for each fault."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("; ".join(faults))
        self.faults = faults


@dataclass(frozen=True)
class RoundPlan:
    number: int
    opens_at: dt.datetime
    due_at: dt.datetime
    closes_at: dt.datetime | None


@dataclass(frozen=True)
class FormPlan:
    key: str
    unit: str
    answered_by: list[str]
    supplies_known: bool
    form: CompiledForm


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


def read(folder: Path) -> CampaignFiles:
    """Read and check a campaign's folder. Raises CampaignError naming every fault that could be found."""
    config = _mapping(folder / "campaign.yaml")
    missing = [
        f"campaign.yaml: {key} is missing" for key in ("slug", "province", "rounds", "forms") if key not in config
    ]
    if missing or not isinstance(config["forms"], dict) or not isinstance(config["rounds"], list):
        raise CampaignError(missing or ["campaign.yaml: forms are no mapping, or rounds no list"])
    faults: list[str] = []
    tables = read_tables(folder, config, faults)
    working_days = WorkingDays(holidays(tables["working_days"]))
    forms = [_form(folder, key, spec, faults) for key, spec in config["forms"].items()]
    rounds = _rounds(config, working_days, faults)
    faults += _wrong_settings(config) + wrong_groups(config)
    faults += wrong_summary(config, {form.key: form.form for form in forms if form is not None})
    texts = _texts(folder, config.get("texts"), faults)
    plan = plan_lines(folder, config.get("plan"), faults)
    faults += wrong_reminders(config, texts, working_days) + wrong_duties(config, working_days)
    if faults:
        raise CampaignError(faults)
    return CampaignFiles(
        slug=str(config["slug"]),
        province=str(config["province"]),
        settings={**_settings(config, texts, working_days), "plan": plan},
        rounds=rounds,
        forms=[form for form in forms if form is not None],
        duties=plans(config, working_days),
        villages=tables["villages"],
        known=tables["known"],
        households=tables["households"],
    )


def _mapping(path: Path) -> dict[str, Any]:
    try:
        data = _parsed(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise CampaignError([f"{path.name} cannot be read: {type(error).__name__}"]) from error
    if not isinstance(data, dict):
        raise CampaignError([f"{path.name} holds no settings"])
    return data


def _parsed(text: str) -> Any:
    """YAML in which a date without quotation marks stays the text that it is: settings are kept as JSON."""
    loader = yaml.SafeLoader(text)
    loader.yaml_implicit_resolvers = {
        first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":timestamp")]
        for first, resolvers in loader.yaml_implicit_resolvers.items()
    }
    try:
        return loader.get_single_data()
    finally:
        loader.dispose()


def _texts(folder: Path, name: str | None, faults: list[str]) -> dict[str, Any]:
    """The campaign's own words by locale, each tried, so that none fails when somebody is to be answered."""
    if not name:
        return {}
    try:
        texts = _mapping(folder / name)
        Catalogues.load().with_texts(texts)
    except CampaignError as error:
        faults += error.faults
    except (CatalogueError, AttributeError) as error:
        faults.append(f"{name}: {error}")
    else:
        return texts
    return {}


def _form(folder: Path, key: str, spec: Mapping[str, Any], faults: list[str]) -> FormPlan | None:
    wrong = _wrong_in_form(spec)
    if wrong:
        faults += [f"forms.{key}: {fault}" for fault in wrong]
        return None
    try:
        form = compile_xlsform((folder / spec["file"]).read_bytes(), spec["file"])
    except OSError as error:
        faults.append(f"forms.{key}: {spec['file']} cannot be read: {error.strerror}")
    except FormError as error:
        faults += [f"{spec['file']}: {problem}" for problem in error.problems]
    else:
        return FormPlan(key, spec["unit"], list(spec["answered_by"]), bool(spec.get("supplies_known")), form)
    return None


def _wrong_settings(config: Mapping[str, Any]) -> list[str]:
    return [
        f"forms.{key}: {fault}"
        for key, spec in config["forms"].items()
        for fault in wrong_settings(spec, str(config["province"]))
    ]


def _wrong_in_form(spec: Mapping[str, Any]) -> list[str]:
    missing = [f"{name} is missing" for name in ("file", "unit", "answered_by") if not spec.get(name)]
    if missing:
        return missing
    wrong = [f"no such role: {role}" for role in spec["answered_by"] if role not in set(Role)]
    return wrong + ([] if spec["unit"] in set(AreaKind) else [f"no such unit: {spec['unit']}"])


def _rounds(config: Mapping[str, Any], working_days: WorkingDays, faults: list[str]) -> list[RoundPlan]:
    plan = _plan(config)
    found = []
    for spec in config["rounds"]:
        try:
            found.append(_round(spec, plan, working_days))
        except KeyError as error:
            faults.append(f"rounds: round {spec.get('number', '?')}: {error.args[0]} is missing")
        except (TypeError, ValueError) as error:
            faults.append(f"rounds: round {spec.get('number', '?')}: {error}")
    return found


def _plan(config: Mapping[str, Any]) -> dict[str, Entry]:
    """Entries by key; none of a plan that cannot be read, of which services.campaigns.reminders tells."""
    try:
        return {entry.key: entry for entry in entries(config)}
    except (KeyError, TypeError, ValueError, AttributeError):
        return {}


def _round(spec: Mapping[str, Any], plan: Mapping[str, Entry], working_days: WorkingDays) -> RoundPlan:
    due = dt.date.fromisoformat(spec["due"])
    opens = _opens(str(spec["opens"]), due, plan, working_days)
    closes = dt.datetime.fromisoformat(spec["closes"]).replace(tzinfo=BANGKOK) if spec.get("closes") else None
    if opens > end_of(due):
        raise ValueError("it opens after it is due")
    return RoundPlan(int(spec["number"]), opens, end_of(due), closes)


def _opens(text: str, due: dt.date, plan: Mapping[str, Entry], working_days: WorkingDays) -> dt.datetime:
    """A local time, or the key of the reminder with which the round opens."""
    if text in plan:
        return plan[text].planned(due, working_days)
    return dt.datetime.fromisoformat(text).replace(tzinfo=BANGKOK)


def _settings(config: Mapping[str, Any], texts: dict[str, Any], working_days: WorkingDays) -> dict[str, Any]:
    """What is kept of campaign.yaml with the campaign's row: everything but the files' contents."""
    kept = {key: config[key] for key in _KEPT if key in config}
    return {
        **kept,
        **kept_summary(config),
        "privacy_version": config.get("privacy_notice", {}).get("version", 1),
        "forms": {
            key: {"reference_prefix": spec.get("reference_prefix", _prefix(key, spec, config)), **kept_settings(spec)}
            for key, spec in config["forms"].items()
        },
        "holidays": sorted(day.isoformat() for day in working_days.holidays),
        "texts": texts,
    }


def _prefix(key: str, spec: Mapping[str, Any], config: Mapping[str, Any]) -> str:
    """Stands before the number of a receipt, where one round of the same number asks for another form as well."""
    of_duty = any(duty.get("form") == key for duty in duties_of(config))
    return f"{key}-" if spec.get("supplies_known") or of_duty else ""


def working_days_of(settings: Mapping[str, Any]) -> WorkingDays:
    """The working-day table that a loaded campaign carries."""
    return WorkingDays(frozenset(dt.date.fromisoformat(day) for day in settings.get("holidays", [])))
