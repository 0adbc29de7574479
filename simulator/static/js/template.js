/** Template messages (buttons, confirm, carousel, image carousel) as cards. */
import { actionNode } from "./action_node.js";
import { css, el, webUrl } from "./dom.js";
import { cardRow, placeholder } from "./flex.js";
import { colour } from "./flex_style.js";
import { t } from "./i18n.js";

/** The element for a template object. */
export function renderTemplate(template, onAction) {
  const draw = { buttons, confirm, carousel, image_carousel: imageCarousel }[template?.type];
  return draw ? draw(template, onAction) : placeholder(template?.type);
}

function buttons(template, onAction) {
  return card(template, onAction, template);
}

function confirm(template, onAction) {
  const node = card(template, onAction, template);
  node.classList.add("tpl-confirm");
  return node;
}

function carousel(template, onAction) {
  return cardRow((template.columns ?? []).map((column) => card(column, onAction, template)));
}

function imageCarousel(template, onAction) {
  return cardRow((template.columns ?? []).map((column) => {
    const label = column.action?.label;
    const node = el("div", { class: "tpl tpl-image" }, thumbnail(column.imageUrl, { imageAspectRatio: "square" }),
      label ? el("span", { class: "tpl-label", text: label }) : null);
    return column.action ? actionNode(node, column.action, onAction) : node;
  }));
}

function card(item, onAction, look) {
  const text = el("div", { class: "tpl-words" },
    item.title ? el("div", { class: "tpl-title", text: item.title }) : null,
    el("div", { class: "tpl-text", text: String(item.text ?? "") }));
  if (item.defaultAction) actionNode(text, item.defaultAction, onAction);
  const actions = el("div", { class: "tpl-actions" }, (item.actions ?? []).map((action) => tplButton(action, onAction)));
  return el("div", { class: "tpl" }, item.thumbnailImageUrl ? thumbnail(item.thumbnailImageUrl, look) : null, text, actions);
}

function tplButton(action, onAction) {
  const node = actionNode(null, action, onAction);
  node.classList.add("tpl-button");
  return node;
}

function thumbnail(address, look) {
  const url = webUrl(address);
  const frame = el("div", { class: look.imageSize === "contain" ? "tpl-thumb" : "tpl-thumb fx-cover" });
  css(frame, {
    "aspect-ratio": look.imageAspectRatio === "square" ? "1 / 1" : "151 / 100",
    "background-color": colour(look.imageBackgroundColor),
  });
  if (url) frame.append(el("img", { src: url, alt: t("bubble.image"), loading: "lazy" }));
  return frame;
}
