/**
 * The language of the page (not of the phones): looks words up and keeps marked elements in step when it changes.
 *
 * An element marked with `data-i18n` (its text) or `data-i18n-<attribute>` (an attribute) is filled again on every change;
 * variables for both are kept as JSON in `data-i18n-vars`.
 */
import { STRINGS } from "./strings.js";

export const LANGUAGES = ["th", "en"];
const ATTRIBUTES = ["aria-label", "placeholder", "title"];
const STORAGE_KEY = "tidtam.page-language";
const listeners = new Set();
let current = "th";

/** The page's language: "th" or "en". */
export function language() {
  return current;
}

/** The words for `key`, with {variables} filled in; an unknown key shows itself, so that it is noticed. */
export function t(key, vars = {}) {
  const template = STRINGS[current][key] ?? key;
  return template.replace(/\{(\w+)\}/g, (whole, name) => (name in vars ? String(vars[name]) : whole));
}

/** Mark `node` so that its text follows the page's language. */
export function tr(node, key, vars = {}) {
  node.dataset.i18n = key;
  if (Object.keys(vars).length) node.dataset.i18nVars = JSON.stringify(vars);
  else delete node.dataset.i18nVars;
  fill(node);
  return node;
}

/** Mark attributes of `node` ({attribute: key}) so that they follow the page's language. */
export function trAttributes(node, keys, vars = {}) {
  for (const [name, key] of Object.entries(keys)) node.setAttribute(`data-i18n-${name}`, key);
  if (Object.keys(vars).length) node.dataset.i18nVars = JSON.stringify(vars);
  fill(node);
  return node;
}

/** Call `listener` after each change of language; returns the way to stop. */
export function onLanguage(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Read the remembered language and fill the page for the first time. */
export function startLanguage() {
  setLanguage(remembered());
}

/** Change the page's language, remember it and tell everyone who listens. */
export function setLanguage(next) {
  current = LANGUAGES.includes(next) ? next : "th";
  remember(current);
  document.documentElement.lang = current;
  const marked = ["[data-i18n]", ...ATTRIBUTES.map((name) => `[data-i18n-${name}]`)].join(",");
  for (const node of document.querySelectorAll(marked)) fill(node);
  for (const listener of listeners) listener(current);
}

function fill(node) {
  const vars = node.dataset.i18nVars ? JSON.parse(node.dataset.i18nVars) : {};
  if (node.dataset.i18n) node.textContent = t(node.dataset.i18n, vars);
  for (const name of ATTRIBUTES) {
    const key = node.getAttribute(`data-i18n-${name}`);
    if (key) node.setAttribute(name, t(key, vars));
  }
}

function remembered() {
  try {
    return localStorage.getItem(STORAGE_KEY) ?? "th";
  } catch {
    return "th"; // storage may be switched off; the page then starts in Thai each time
  }
}

function remember(value) {
  try {
    localStorage.setItem(STORAGE_KEY, value);
  } catch {
    // see remembered()
  }
}
