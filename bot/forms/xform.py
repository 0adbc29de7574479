"""Reads an XForm document into plain parts: binds, controls, texts, instances, actions. Understands no expressions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, ParseError, fromstring

from bot.forms.problems import FormError, FormProblem
from bot.forms.xpath.nodes import split_name

XFORMS = "{http://www.w3.org/2002/xforms}"
XHTML = "{http://www.w3.org/1999/xhtml}"
JR = "{http://openrosa.org/javarosa}"
OURS = "{https://tidtam.example/xforms}"
GUIDANCE = "#guidance"
"""After the id of a hint's text: what is said only to those who ask for help (XLSForm: guidance_hint)."""
_FORMS = {"": "", "guidance": GUIDANCE}
"""The forms of a text that chat can say: pictures and sounds are none."""
_NO_CONTROLS = frozenset({"label", "hint", "setvalue", "setgeopoint", "recordaudio"})
SIZE_CAP = 20_000_000
"""Bytes of one XForm, choices included."""

RawPart = str | tuple[str]
"""Text, or a one-tuple with the expression of an <output>."""


@dataclass(frozen=True, slots=True)
class RawText:
    """Words in place, or the id of a translated text."""

    parts: tuple[RawPart, ...] = ()
    text_id: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class RawItemset:
    nodeset: str
    value_ref: str
    label_ref: str


@dataclass(frozen=True, slots=True, eq=False)
class Control:
    """One element of the form's body."""

    tag: str
    ref: str
    attrs: Mapping[str, str]
    label: RawText
    hint: RawText
    children: tuple[Control, ...]
    itemset: RawItemset | None = None
    items: tuple[tuple[str, RawText], ...] = ()

    def walk(self) -> Iterator[Control]:
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True, eq=False)
class Action:
    """A <setvalue>. `trigger` is the path of the control or repeat that it hangs on, '' in the model."""

    ref: str
    events: tuple[str, ...]
    value: str
    trigger: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class RawForm:
    title: str
    root: Element
    """The primary instance's root element."""
    binds: Mapping[str, Mapping[str, str]]
    actions: tuple[Action, ...]
    texts: Mapping[str, Mapping[str, tuple[RawPart, ...]]]
    """language -> text id -> parts"""
    default_language: str
    instances: Mapping[str, Element]
    external: Mapping[str, str]
    """Instances whose data is not in the form: id -> address."""
    body: tuple[Control, ...] = field(default=())


def read_xform(xml: bytes) -> RawForm:
    """Parse. Raises FormError when it is no XForm."""
    if len(xml) > SIZE_CAP:
        raise FormError([FormProblem("", None, "too_big", {"limit": str(SIZE_CAP)})])
    if b"<!DOCTYPE" in xml or b"<!ENTITY" in xml:
        raise FormError([FormProblem("", None, "not_a_form", {"why": "document type declarations are not read"})])
    try:
        top = fromstring(xml)  # noqa: S314 - without a DTD there are no entities to expand
    except ParseError as error:
        raise FormError([FormProblem("", None, "not_a_form", {"why": str(error)})]) from error
    model = top.find(f"{XHTML}head/{XFORMS}model")
    body = top.find(f"{XHTML}body")
    primary = None if model is None else model.find(f"{XFORMS}instance")
    if model is None or body is None or primary is None or len(primary) != 1:
        raise FormError([FormProblem("", None, "not_a_form", {"why": "model, instance or body is missing"})])
    instances, external = _instances(model)
    texts, default_language = _texts(model)
    controls = tuple(_controls(body))
    return RawForm(
        title=(top.findtext(f"{XHTML}head/{XHTML}title") or "").strip(),
        root=primary[0],
        binds={bind.get("nodeset", "").strip(): dict(bind.attrib) for bind in model.iter(f"{XFORMS}bind")},
        actions=(*_actions(model, ""), *_body_actions(body)),
        texts=texts,
        default_language=default_language,
        instances=instances,
        external=external,
        body=controls,
    )


def _instances(model: Element) -> tuple[dict[str, Element], dict[str, str]]:
    instances: dict[str, Element] = {}
    external: dict[str, str] = {}
    for element in model.findall(f"{XFORMS}instance")[1:]:
        name = element.get("id", "")
        if len(element):
            instances[name] = element[0]
        else:
            external[name] = element.get("src", "")
    return instances, external


def _texts(model: Element) -> tuple[dict[str, dict[str, tuple[RawPart, ...]]], str]:
    texts: dict[str, dict[str, tuple[RawPart, ...]]] = {}
    default = ""
    for translation in model.iter(f"{XFORMS}translation"):
        language = translation.get("lang", "")
        if not default or translation.get("default"):
            default = language
        texts[language] = {
            f"{text.get('id', '')}{_FORMS[value.get('form', '')]}": parts(value)
            for text in translation.iter(f"{XFORMS}text")
            for value in text.findall(f"{XFORMS}value")
            if value.get("form", "") in _FORMS
        }
    return texts, default


def parts(element: Element) -> tuple[RawPart, ...]:
    """Mixed content: words and outputs, without the white space at its ends."""
    found: list[RawPart] = [element.text or ""]
    for child in element:
        if child.tag == f"{XFORMS}output":
            found.append((child.get("value") or child.get("ref") or "",))
        found.append(child.tail or "")
    if isinstance(found[0], str):
        found[0] = found[0].lstrip()
    last = found[-1]
    if isinstance(last, str):
        found[-1] = last.rstrip()
    return tuple(part for part in found if part != "")


def _raw_text(element: Element | None) -> RawText:
    if element is None:
        return RawText()
    text_id = itext_id(element.get("ref", ""))
    return RawText(text_id=text_id) if text_id else RawText(parts=parts(element))


def itext_id(reference: str) -> str:
    """The id in jr:itext('id'), '' for anything else."""
    inner = reference.strip().removeprefix("jr:itext(").removesuffix(")")
    return inner[1:-1] if inner != reference.strip() and inner[:1] in {"'", '"'} else ""


def _controls(parent: Element) -> Iterator[Control]:
    for element in parent:
        _, tag = split_name(element.tag)
        if tag in _NO_CONTROLS:
            continue
        itemset = element.find(f"{XFORMS}itemset")
        yield Control(
            tag=tag,
            ref=(element.get("ref") or element.get("nodeset") or "").strip(),
            attrs=dict(element.attrib),
            label=_raw_text(element.find(f"{XFORMS}label")),
            hint=_raw_text(element.find(f"{XFORMS}hint")),
            children=tuple(_controls(element)) if tag in {"group", "repeat"} else (),
            itemset=None if itemset is None else _itemset(itemset),
            items=tuple(
                ((item.findtext(f"{XFORMS}value") or "").strip(), _raw_text(item.find(f"{XFORMS}label")))
                for item in element.findall(f"{XFORMS}item")
            ),
        )


def _itemset(element: Element) -> RawItemset:
    value, label = element.find(f"{XFORMS}value"), element.find(f"{XFORMS}label")
    return RawItemset(
        nodeset=element.get("nodeset", ""),
        value_ref="name" if value is None else value.get("ref", "name"),
        label_ref="label" if label is None else label.get("ref", "label"),
    )


def _actions(parent: Element, trigger: str) -> Iterator[Action]:
    for element in parent.findall(f"{XFORMS}setvalue"):
        value = element.get("value")
        literal = element.text or ""
        yield Action(
            ref=(element.get("ref") or element.get("bind") or "").strip(),
            events=tuple(element.get("event", "").split()),
            value=value if value is not None else _quoted(literal),
            trigger=trigger,
        )


def _quoted(literal: str) -> str:
    """A literal text as expression; '' when there is nothing to set."""
    if not literal:
        return ""
    return f"'{literal}'" if "'" not in literal else f'"{literal}"'


def _body_actions(body: Element) -> Iterator[Action]:
    for element in body.iter():
        ref = element.get("nodeset") if element.tag == f"{XFORMS}repeat" else element.get("ref")
        if ref and element.tag != f"{XFORMS}setvalue":
            yield from _actions(element, ref.strip())
