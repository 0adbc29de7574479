/**
 * Building elements without ever parsing markup: whatever comes from outside can only become text or a checked attribute.
 */
import { tr, trAttributes } from "./i18n.js";

/**
 * Create an element.
 *
 * `props`: `class`, `text`, `i18n` (key, or [key, vars]), `i18nAttrs` ({attribute: key}), `data` ({name: value}),
 * `on` ({event: listener}); everything else is an attribute (true means present, false/null/undefined means absent).
 */
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) apply(node, name, value);
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

const SPECIAL = {
  class: (node, value) => { node.className = value; },
  text: (node, value) => { node.textContent = value; },
  i18n: (node, value) => { Array.isArray(value) ? tr(node, ...value) : tr(node, value); },
  i18nAttrs: (node, value) => { trAttributes(node, value); },
  data: (node, value) => { Object.assign(node.dataset, value); },
  on: (node, value) => {
    for (const [event, listener] of Object.entries(value)) node.addEventListener(event, listener);
  },
};

function apply(node, name, value) {
  if (name in SPECIAL) SPECIAL[name](node, value);
  else if (value === true) node.setAttribute(name, "");
  else if (value !== false && value !== null && value !== undefined) node.setAttribute(name, String(value));
}

/** Set CSS properties through the object model (allowed by the content security policy); empty values are left out. */
export function css(node, properties) {
  for (const [name, value] of Object.entries(properties)) {
    if (value !== null && value !== undefined && value !== "") node.style.setProperty(name, String(value));
  }
  return node;
}

/** The address when it is an http(s) one, else null: nothing else may be opened or loaded. */
export function webUrl(address) {
  try {
    const url = new URL(String(address));
    return url.protocol === "http:" || url.protocol === "https:" ? url.href : null;
  } catch {
    return null;
  }
}

/** Text with its http(s) addresses made into links: a list of strings and <a> elements. */
export function linked(text) {
  return String(text).split(/(https?:\/\/[^\s<>"']+)/g).map((part, index) => {
    const url = index % 2 ? webUrl(part) : null;
    return url ? el("a", { href: url, target: "_blank", rel: "noopener noreferrer", text: part }) : part;
  });
}
