/**
 * Flex messages drawn with createElement and textContent alone: a message is data and never becomes markup.
 *
 * `onAction(action)` is called for whatever is tapped. Unknown components become a labelled grey box.
 */
import { actionNode } from "./action_node.js";
import { css, el, webUrl } from "./dom.js";
import { aspect, boxStyle, colour, imageSize, length, placeInParent, selfAlign, textAlign, textSize } from "./flex_style.js";
import { t } from "./i18n.js";

const BUBBLE_SIZES = ["nano", "micro", "deca", "hecto", "kilo", "mega", "giga"];
const DEEPEST = 12;

/** The element for a Flex container (bubble or carousel). */
export function renderFlex(container, onAction) {
  if (container?.type === "bubble") return bubble(container, onAction);
  if (container?.type === "carousel") return carousel(container, onAction);
  return placeholder(container?.type);
}

/** A row of cards that scrolls sideways, by keyboard too. */
export function cardRow(cards) {
  return el("div", { class: "card-row", tabindex: "0", role: "group", i18nAttrs: { "aria-label": "bubble.carousel" } }, cards);
}

/** The grey box for something that cannot be drawn. */
export function placeholder(type) {
  return el("div", { class: "unknown", i18n: ["bubble.unknown", { type: String(type ?? "?") }] });
}

function carousel(container, onAction) {
  return cardRow((container.contents ?? []).map((item) => renderFlex(item, onAction)));
}

function bubble(data, onAction) {
  const size = BUBBLE_SIZES.includes(data.size) ? data.size : "mega";
  const node = el("div", { class: `fx-bubble fx-${size}`, dir: data.direction === "rtl" ? "rtl" : null });
  for (const part of ["header", "hero", "body", "footer"]) {
    if (data[part]) node.append(block(part, data[part], data.styles?.[part] ?? {}, onAction));
  }
  if (data.action) actionNode(node, data.action, onAction);
  return node;
}

function block(part, content, style, onAction) {
  const node = el("div", { class: `fx-block fx-${part}` }, component(content, { layout: "vertical" }, true, onAction, 0));
  css(node, { "background-color": colour(style.backgroundColor) });
  if (style.separator) css(node, { "border-top": `1px solid ${colour(style.separatorColor) ?? "#d4d6da"}` });
  return node;
}

function component(item, parent, isFirst, onAction, depth) {
  const draw = depth > DEEPEST ? null : COMPONENTS[item?.type];
  const node = draw ? draw(item, onAction, depth) : placeholder(item?.type);
  if (item) placeInParent(node, item, parent, isFirst);
  return node;
}

const COMPONENTS = {
  box(item, onAction, depth) {
    const layout = ["horizontal", "baseline"].includes(item.layout) ? item.layout : "vertical";
    const children = (item.contents ?? []).map((child, index) => component(child, { ...item, layout }, !index, onAction, depth + 1));
    const node = el("div", { class: `fx-box fx-${layout}` }, children);
    boxStyle(node, item);
    return item.action ? actionNode(node, item.action, onAction) : node;
  },

  text(item, onAction) {
    const node = el("div", { class: item.wrap ? "fx-text fx-wrap" : "fx-text" });
    if (item.contents?.length) node.append(...item.contents.map(span));
    else node.textContent = String(item.text ?? "");
    css(node, { ...letters(item), "text-align": textAlign(item.align), "align-self": null, "line-height": null });
    css(node, { "margin-block": gravityMargin(item.gravity) });
    if (item.maxLines > 0) css(node, { "-webkit-line-clamp": item.maxLines, display: "-webkit-box", "-webkit-box-orient": "vertical" });
    if (length(item.lineSpacing)) css(node, { "line-height": `calc(1.4em + ${length(item.lineSpacing)})` });
    return item.action ? actionNode(node, item.action, onAction) : node;
  },

  button(item, onAction) {
    const style = ["primary", "secondary"].includes(item.style) ? item.style : "link";
    const node = actionNode(null, item.action, onAction);
    node.classList.add("fx-button", `fx-${style}`, item.height === "sm" ? "fx-short" : "fx-tall");
    css(node, { [style === "link" ? "color" : "background-color"]: colour(item.color) });
    if (style === "secondary" && colour(item.color)) css(node, { color: "#111" });
    css(node, { "align-self": selfAlign(item.gravity) });
    return node;
  },

  image(item, onAction) {
    const node = picture(item.url, aspect(item.aspectRatio), item.aspectMode === "cover");
    css(node, { width: imageSize(item.size ?? "md"), "background-color": colour(item.backgroundColor), "align-self": selfAlign(item.align ?? "center") });
    return item.action ? actionNode(node, item.action, onAction) : node;
  },

  icon(item) {
    const node = picture(item.url, aspect(item.aspectRatio), false);
    return css(node, { width: textSize(item.size ?? "md"), "align-self": "center" });
  },

  video: (item) => picture(item.previewUrl, aspect(item.aspectRatio), true),
  separator: (item) => css(el("div", { class: "fx-separator" }), { "background-color": colour(item.color) }),
  filler: () => el("div", { class: "fx-filler" }),
  spacer: (item) => css(el("div", { class: "fx-filler" }), { "flex-basis": length(item.size ?? "md") }),
  span: (item) => span(item),
};

function span(item) {
  return css(el("span", { text: String(item?.text ?? "") }), letters(item ?? {}));
}

function letters(item) {
  return {
    "font-size": textSize(item.size),
    "font-weight": item.weight === "bold" ? "700" : null,
    "font-style": item.style === "italic" ? "italic" : null,
    "text-decoration": ["underline", "line-through"].includes(item.decoration) ? item.decoration : null,
    color: colour(item.color),
  };
}

function gravityMargin(gravity) {
  return { center: "auto", bottom: "auto 0" }[gravity] ?? null;
}

/** A picture in a box of fixed shape; when it cannot be loaded the box says so and offers the address. */
function picture(address, ratio, covers) {
  const url = webUrl(address);
  const frame = css(el("div", { class: covers ? "fx-image fx-cover" : "fx-image" }), { "aspect-ratio": ratio });
  if (!url) return frame;
  const image = el("img", { src: url, alt: t("bubble.image"), loading: "lazy" });
  image.addEventListener("error", () => {
    frame.replaceChildren(el("a", { class: "fx-lost", href: url, target: "_blank", rel: "noopener noreferrer", i18n: "bubble.image" }));
  });
  frame.append(image);
  return frame;
}
