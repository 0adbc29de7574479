"""Where the public corpora lie is said on the command line; without them nothing here is collected.

What a test counts with the fixture `counted` is printed at the end, summed over its parts and over all workers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

_COUNT = "count of "
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


@pytest.fixture
def counted(record_property: Callable[[str, object], None]) -> Callable[[str, int], None]:
    """counted(what, number): a figure of this run."""
    return lambda what, number: record_property(_COUNT + what, number)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    figures: Counter[str] = Counter()
    for outcome in ("passed", "failed"):
        for report in terminalreporter.getreports(outcome):
            if report.when == "call":
                figures.update({name: int(str(n)) for name, n in report.user_properties if name.startswith(_COUNT)})
    for name, number in sorted(figures.items()):
        terminalreporter.write_line(f"{name.removeprefix(_COUNT)}: {number:,}")
