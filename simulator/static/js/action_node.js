/** Making something tappable: a real button or link where it stands alone, the same manners added where it has content. */
import { el, webUrl } from "./dom.js";

/**
 * Give `node` (or, when null, a new button) the action. A web address becomes a true link that opens in a new tab.
 * The accessible name is the action's label, or the content of the node.
 */
export function actionNode(node, action, onAction) {
  return node ? wrapped(node, action, onAction) : standalone(action ?? {}, onAction);
}

function standalone(action, onAction) {
  const text = String(action.label ?? action.text ?? "");
  if (action.type === "uri" && webUrl(action.uri) && !isChatLink(action.uri)) {
    const link = el("a", { href: webUrl(action.uri), target: "_blank", rel: "noopener noreferrer", text });
    link.addEventListener("click", (event) => {
      event.preventDefault();
      onAction(action);
    });
    return link;
  }
  return el("button", { type: "button", text, on: { click: () => onAction(action) } });
}

function wrapped(node, action, onAction) {
  node.classList.add("tappable");
  node.tabIndex = 0;
  node.setAttribute("role", action.type === "uri" ? "link" : "button");
  if (action.label) node.setAttribute("aria-label", action.label);
  const run = (event) => {
    event.stopPropagation();
    onAction(action);
  };
  node.addEventListener("click", run);
  node.addEventListener("keydown", (event) => {
    if (event.target !== node || !["Enter", " "].includes(event.key)) return;
    event.preventDefault();
    run(event);
  });
  return node;
}

/** Whether the address is LINE's own "open the chat with this text": it fills the composer and opens no page. */
export function isChatLink(address) {
  return chatText(address) !== null;
}

/** The text of a https://line.me/R/oaMessage/{id}/?{text} link, or null when the address is something else. */
export function chatText(address) {
  const found = /^(?:https:\/\/line\.me\/R|line:\/)\/oaMessage\/[^/?]+\/?\?(.*)$/.exec(String(address ?? ""));
  if (!found) return null;
  try {
    return decodeURIComponent(found[1]);
  } catch {
    return null; // not well encoded: LINE opens no chat either
  }
}
