/** Quick replies: chips under the last bubble. */
import { el, webUrl } from "./dom.js";

/** The row of chips for a quickReply object; `onAction(action)` is called for the one tapped. */
export function quickReplies(quick, onAction) {
  const chips = (quick.items ?? []).map((item) => chip(item, onAction));
  return el("div", { class: "quick", role: "group", i18nAttrs: { "aria-label": "bubble.quick" }, "data-testid": "quick-replies" }, chips);
}

function chip(item, onAction) {
  const action = item.action ?? {};
  const picture = webUrl(item.imageUrl);
  return el("button", { type: "button", class: "chip", on: { click: () => onAction(action) } },
    picture ? el("img", { src: picture, alt: "" }) : null,
    el("span", { text: String(action.label ?? action.text ?? "") }));
}
