"""Where the public corpora lie is said on the command line; without them nothing here is collected."""

from __future__ import annotations

from pathlib import Path

import pytest

_OPTIONS = {"xpath_corpus": "--xpath-corpus", "xlsforms_corpus": "--xlsforms-corpus", "utterances": "--utterances"}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--xpath-corpus", metavar="FOLDER", help="folder with openrosa_xpath_cases.jsonl")
    parser.addoption("--xlsforms-corpus", metavar="FOLDER", help="folder with pyxform_forms.jsonl")
    parser.addoption("--utterances", metavar="FILE", help="YAML file of utterances and their readings")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """A test that needs a corpus takes part only when the corpus is named."""
    missing = {fixture for fixture, option in _OPTIONS.items() if not config.getoption(option, default=None)}
    gone = [item for item in items if missing.intersection(getattr(item, "fixturenames", ()))]
    if gone:
        config.hook.pytest_deselected(items=gone)
        items[:] = [item for item in items if item not in gone]


@pytest.fixture
def xpath_corpus(pytestconfig: pytest.Config) -> Path:
    return Path(pytestconfig.getoption("--xpath-corpus")) / "openrosa_xpath_cases.jsonl"


@pytest.fixture
def xlsforms_corpus(pytestconfig: pytest.Config) -> Path:
    return Path(pytestconfig.getoption("--xlsforms-corpus")) / "pyxform_forms.jsonl"


@pytest.fixture
def utterances(pytestconfig: pytest.Config) -> Path:
    return Path(pytestconfig.getoption("--utterances"))
