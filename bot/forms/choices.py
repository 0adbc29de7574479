"""The lists of selects: whole lists are made once for a form, filters are run for each draft."""

from __future__ import annotations

from bot.forms.parts import Choice, Choices
from bot.forms.search import search_arguments, searched_choices
from bot.forms.texts import Label
from bot.forms.workshop import Workshop
from bot.forms.xform import Control, RawItemset, itext_id
from bot.forms.xpath.nodes import Node, Type

_OWN_COLUMNS = frozenset({"itextId", "label", "name"})


def build_choices(workshop: Workshop, control: Control, node: Node) -> Choices:
    """The list of a select control. Notes a fault when it comes from somewhere that cannot be read."""
    itemset = control.itemset
    arguments = search_arguments(control.attrs.get("appearance", ""))
    if arguments and itemset is None:
        return searched_choices(workshop, control, node, arguments)
    if "query" in control.attrs:
        itemset = RawItemset(control.attrs["query"], "name", "label")
    if itemset is None:
        made = tuple(Choice(value, workshop.label(label, workshop.top)) for value, label in control.items)
        return Choices(made, values=frozenset(choice.value for choice in made))
    list_name = _list_name(itemset.nodeset)
    tree = workshop.instances.get(list_name)
    if tree is not None:
        return _listed(workshop, itemset, node, list_name)
    if list_name:
        address = workshop.raw.external.get(list_name)
        if address is None:
            workshop.problem("unknown_instance", node.name, about=list_name, source=itemset.nodeset[:200])
        else:
            workshop.problem("external_file", node.name, address=address)
        return Choices(())
    formula = workshop.formula(itemset.nodeset, node, "choice_filter")
    return Choices((), filter=formula, from_answers=(itemset.value_ref, itemset.label_ref))


def _listed(workshop: Workshop, itemset: RawItemset, node: Node, list_name: str) -> Choices:
    items = [item for item in workshop.instances[list_name].children[0].children if item.type is Type.ELEMENT]
    made = {id(item): _choice(workshop, itemset, item) for item in items}
    is_plain = itemset.nodeset.replace(" ", "") == f"instance('{list_name}')/root/item"
    return Choices(
        every=tuple(made.values()),
        nodes=made,
        filter=None if is_plain else workshop.formula(itemset.nodeset, node, "choice_filter"),
        values=frozenset(choice.value for choice in made.values()),
    )


def check_list(workshop: Workshop, itemset: RawItemset, node: Node) -> None:
    """A list that a question of another kind points to (places on a map) must be there."""
    list_name = _list_name(itemset.nodeset)
    if list_name and list_name not in workshop.instances and list_name not in workshop.raw.external:
        workshop.problem("unknown_instance", node.name, about=list_name, source=itemset.nodeset[:200])


def _list_name(nodeset: str) -> str:
    """NAME in ...instance('NAME')/root/item[...]."""
    rest = nodeset.partition("instance(")[2].lstrip()
    quote = rest[:1]
    return rest[1:].partition(quote)[0] if quote in {"'", '"'} else ""


def _choice(workshop: Workshop, itemset: RawItemset, item: Node) -> Choice:
    columns = {column.name: column.value for column in item.children if column.type is Type.ELEMENT}
    value = columns.get(itemset.value_ref, "")
    text_ref = _itext_column(itemset.label_ref)
    if text_ref:
        label = workshop.translated(columns.get(text_ref, ""), workshop.top)
    else:
        words = columns.get(itemset.label_ref, "")
        label = Label({workshop.default_language: (words,)} if words else {}, workshop.default_language)
    return Choice(value, label, {name: text for name, text in columns.items() if name not in _OWN_COLUMNS})


def _itext_column(label_ref: str) -> str:
    """COLUMN in jr:itext(COLUMN), '' otherwise."""
    inner = label_ref.strip().removeprefix("jr:itext(")
    is_call = inner != label_ref.strip() and not itext_id(label_ref)
    return inner.removesuffix(")").strip() if is_call else ""
