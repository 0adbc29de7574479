"""What can be wrong with a row or a file, as keys of the catalogue: said in Thai and in English, never half-stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.messages.bubbles import Text, Value

COLUMN = "column"
"""The value of a fault that names a column: replaced by the column's heading in the reader's language."""


@dataclass(frozen=True, slots=True)
class RowFault:
    """One thing wrong with one row. `values` never holds an identity or telephone number."""

    what: str
    """Key under register.fault."""
    values: Mapping[str, str | int] = field(default_factory=dict)
    row: int = 0
    """As the sheet numbers it, headings included; of a ZIP file the number of the entry."""
    sheet: str = ""
    """Empty where the file has one table only."""

    def text(self) -> Text:
        """The sentence: where, and what is wrong, wanted, and an example."""
        what = Text(f"register.fault.{self.what}", self._values())
        if self.sheet:
            return Text("register.place_sheet", {"sheet": self.sheet, "row": str(self.row), "what": what})
        return Text("register.place", {"row": str(self.row), "what": what})

    def _values(self) -> dict[str, Value]:
        return {
            name: Text(f"register.column.{value}") if name == COLUMN else str(value)
            for name, value in self.values.items()
        }


class RowError(Exception):
    """A row cannot be taken. Carries what is wrong; whoever knows the row's place adds it."""

    def __init__(self, what: str, **values: str | int) -> None:
        super().__init__(what)
        self.what, self.values = what, values


class FileFault(Exception):  # noqa: N818 - a fault, as the rows have them
    """The file as a whole cannot be used. `what` is a key under register.file."""

    def __init__(self, what: str, *, columns: tuple[str, ...] = (), **values: str | int) -> None:
        super().__init__(what)
        self.what, self.values, self.columns = what, values, columns

    def text(self) -> Text:
        """The sentence for whoever handed the file in."""
        values: dict[str, Value] = {name: str(value) for name, value in self.values.items()}
        if self.columns:
            values["columns"] = tuple(Text(f"register.column.{column}") for column in self.columns)
        return Text(f"register.file.{self.what}", values)
