"""The lists of selects: whole lists are made once for a form, filters are run for each draft."""

from __future__ import annotations

from bot.forms.compiled import Choice, Choices, Label
from bot.forms.workshop import Workshop
from bot.forms.xform import Control, RawItemset, itext_id
from bot.forms.xpath.nodes import Node, Type

_OWN_COLUMNS = frozenset({"itextId", "label", "name"})


def build_choices(workshop: Workshop, control: Control, node: Node) -> Choices:
    """The list of a select control. Notes a fault when it comes from somewhere we cannot read yet."""
    if control.itemset is None:
        return Choices(tuple(Choice(value, workshop.label(label, node)) for value, label in control.items))
    itemset = control.itemset
    list_name = _list_name(itemset.nodeset)
    tree = workshop.instances.get(list_name)
    if tree is None:
        if list_name not in workshop.raw.external:
            workshop.problem("unsupported_choices", node.name, source=itemset.nodeset[:200])
        return Choices(())
    made = [(item, _choice(workshop, itemset, item, node)) for item in tree.children[0].children]
    plain = itemset.nodeset.replace(" ", "") == f"instance('{list_name}')/root/item"
    return Choices(
        every=tuple(choice for _, choice in made),
        nodes={id(item): choice for item, choice in made},
        filter=None if plain else workshop.formula(itemset.nodeset, node, "choice_filter"),
        values=frozenset(choice.value for _, choice in made),
    )


def _list_name(nodeset: str) -> str:
    """NAME in ...instance('NAME')/root/item[...]."""
    rest = nodeset.partition("instance(")[2].lstrip()
    quote = rest[:1]
    return rest[1:].partition(quote)[0] if quote in {"'", '"'} else ""


def _choice(workshop: Workshop, itemset: RawItemset, item: Node, node: Node) -> Choice:
    columns = {column.name: column.value for column in item.children if column.type is Type.ELEMENT}
    value = columns.get(itemset.value_ref, "")
    text_ref = _itext_column(itemset.label_ref)
    if text_ref:
        label = workshop.translated(columns.get(text_ref, ""), node)
    else:
        words = columns.get(itemset.label_ref, "")
        label = Label({workshop.default_language: (words,)} if words else {}, workshop.default_language)
    return Choice(value, label, {name: text for name, text in columns.items() if name not in _OWN_COLUMNS})


def _itext_column(label_ref: str) -> str:
    """COLUMN in jr:itext(COLUMN), '' otherwise."""
    inner = label_ref.strip().removeprefix("jr:itext(")
    is_call = inner != label_ref.strip() and not itext_id(label_ref)
    return inner.removesuffix(")").strip() if is_call else ""
