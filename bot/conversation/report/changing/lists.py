"""What can be changed, as a list to tap or to choose from by number: for forms whose boxes bear no printed numbers, and
for what repeats. An instance is one entry and opens into a list of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.conversation.report.answering import another
from bot.conversation.report.asking.prompt import edit_example
from bot.conversation.report.changing import instances
from bot.conversation.report.context import REVIEW, Context
from bot.conversation.report.tokens import token
from bot.conversation.say import tap
from bot.conversation.state import State
from bot.conversation.turn import Turn
from bot.forms.compiled import Group, Step
from bot.messages.bubbles import Bubble, Button, Text, Words, text
from bot.reading.options import Option
from bot.reading.outcome import Action

A_PAGE = 9
"""Entries of a page; with the buttons that turn it they fit one bubble."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Something to change: a step or box, an instance of a repeat, one more of it, or taking it out."""

    do: str
    name: str
    """Address of the step or box, of the instance, or of the question for one more."""
    label: str
    short: str = ""
    """What else it may be called."""


def needed(context: Context) -> bool:
    """Whether the form's own numbers do not name every box."""
    return bool(context.values.counts) or not context.values.layout.places.boxes


def show(state: State, context: Context, inside: str = "", page: int = 1) -> Turn:
    """A page of what can be changed; `inside` one instance."""
    every = _entries(context, inside)
    pages = max(1, -(-len(every) // A_PAGE))
    page = min(max(page, 1), pages)
    shown = every[(page - 1) * A_PAGE : page * A_PAGE]
    buttons = [_button(context, entry, number) for number, entry in enumerate(shown, (page - 1) * A_PAGE + 1)]
    group = context.values.groups.get(inside)
    lines: list[Words] = [_request(context, group)]
    if pages > 1:
        lines.insert(0, text("report.list_page", page=page, pages=pages))
        onward = page % pages + 1
        more: dict[str, str | int] = {"o": context.report.obligation.id, "g": token(inside), "p": onward}
        buttons.append(tap("report.button.next_page" if onward > 1 else "report.button.first_page", "list", **more))
    listing = {"listing": {"inside": inside, "page": page}}
    return Turn(state.with_data(**listing), (Bubble(tuple(lines), tuple(buttons)),))


def _request(context: Context, group: Group | None) -> Text:
    if group is not None:
        return text("report.list_inside", title=context.instance(group))
    return text("report.list_how", example=edit_example(context))


def choose(state: State, context: Context, do: str, names: tuple[str, ...]) -> Turn:
    """Several are meant, perhaps: boxes to change (do: "one"), or instances to take out ("remove")."""
    every = _candidates(context, do, names[:A_PAGE])
    buttons = tuple(_button(context, entry, number) for number, entry in enumerate(every, 1))
    listing = {"listing": {"do": do, "names": list(names[:A_PAGE])}}
    return Turn(state.with_data(**listing), (Bubble((text("report.list_which"),), buttons),))


def _candidates(context: Context, do: str, names: Iterable[str]) -> list[Entry]:
    if do == "one":
        boxes = (context.questions[name] for name in names if name in context.questions)
        return [Entry(do, box.name, context.named(box)) for box in boxes]
    groups = (context.values.groups[name] for name in names if name in context.values.groups)
    return [
        Entry(do, group.name, _instance(context, group), context.instances(_around(context, group))) for group in groups
    ]


def _around(context: Context, group: Group) -> tuple[Group, ...]:
    """The instance and those that it stands in."""
    step = next((step for step in context.steps if group in step.groups), None)
    repeats = step.repeats if step is not None else (group,)
    return repeats[: repeats.index(group) + 1]


def _entries(context: Context, inside: str = "") -> list[Entry]:
    """What can be changed at one level, in the form's order; at the end, taking the instance out."""
    depth = _depth(context, inside)
    found = dict.fromkeys(_level(context, inside, depth))
    group = context.values.groups.get(inside)
    if group is not None and instances.removable(context, group):
        label = context.facts.catalogue.say(text("report.button.remove", title=context.instance(group)))
        found[Entry("remove", group.name, label)] = None
    return list(found)


def _depth(context: Context, inside: str) -> int:
    group = context.values.groups.get(inside)
    return len(group.place) if group is not None else 0


def _level(context: Context, inside: str, depth: int) -> Iterator[Entry]:
    for step in context.steps:
        around = [group.name for group in step.repeats]
        if REVIEW in step.appearance or (inside and inside not in around) or not context.askable(step):
            continue
        if len(around) > depth:
            below = step.repeats[depth]
            yield Entry("list", below.name, _instance(context, below), context.instance(below))
        elif another.is_another(step.asked[0]):
            yield Entry("more", step.name, _one_more(context, step))
        elif _answered(context, step):
            yield _step(context, step, depth)


def _instance(context: Context, group: Group) -> str:
    """An instance with the first thing that is answered in it, by which people know it."""
    title = context.instance(group)
    known_by = instances.known_by(context, group)
    return f"{title}: {known_by}" if known_by else title


def _one_more(context: Context, step: Step) -> str:
    label = context.repeating(step.asked[0])
    key = "report.button.one_more" if label else "report.button.one_more_plain"
    return context.facts.catalogue.say(text(key, label=label))


def _step(context: Context, step: Step, depth: int) -> Entry:
    own = step.short(context.language) or context.text(step.label)
    title = own if step.is_group and own else context.label((context.askable(step) or step.questions)[0])
    return Entry("step", step.name, title, context.titled(step) if depth else "")


def _answered(context: Context, step: Step) -> bool:
    return any(context.values.get(question.name) != "" for question in context.askable(step))


def _button(context: Context, entry: Entry, number: int) -> Button:
    numbered = entry.label[:1].isdigit()
    label = (
        text("report.button.edit_group", title=entry.label)
        if numbered
        else text("word.numbered", n=number, label=entry.label)
    )
    return tap(label, entry.do, **_data(context, entry))


def _data(context: Context, entry: Entry) -> dict[str, str | int]:
    """What its button says: the step, or the instance; of one more also how many there are: two taps add one."""
    obligation = context.report.obligation.id
    if entry.do == "step":
        return {"o": obligation, "s": token(entry.name)}
    if entry.do == "more":
        return {"o": obligation, "g": token(entry.name), "n": another.count(context, context.questions[entry.name])}
    return {"o": obligation, "q" if entry.do == "one" else "g": token(entry.name)}


def chosen(state: State, context: Context, words: str) -> Entry | int | None:
    """The entry, or the page, that a typed text names while a list is shown."""
    listing = state.data.get("listing")
    if not isinstance(listing, dict):
        return None
    if "names" in listing:
        return _among(context, _candidates(context, str(listing["do"]), listing["names"]), words)
    order = context.facts.reader.order(words)
    if order is not None and order.verb in _PAGES and not order.about:
        return 1 if order.verb == "first_page" else int(listing["page"]) + 1
    return _among(context, _entries(context, str(listing["inside"])), words)


_PAGES = frozenset({"next_page", "first_page"})


def _among(context: Context, every: Iterable[Entry], words: str) -> Entry | None:
    found = {f"{entry.do} {entry.name}": entry for entry in every}
    options = [Option(name, entry.label, (entry.short,) if entry.short else ()) for name, entry in found.items()]
    reading = context.facts.reader.choice(words, options)
    return found.get(str(reading.value)) if reading.action is Action.ACCEPT else None
