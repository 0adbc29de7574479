/** Short messages to the reader at the foot of the page; they are read out and go away by themselves. */
import { el } from "./dom.js";
import { icon } from "./icons.js";
import { t } from "./i18n.js";

const SHOWN_MS = 6_000;

/** Say the words of `key` at the foot of the page. */
export function say(key, vars = {}) {
  const area = document.getElementById("notices");
  const note = el("div", { class: "notice" }, el("span", { text: t(key, vars) }));
  const close = el("button", { type: "button", class: "icon-button", i18nAttrs: { "aria-label": "common.close" } }, icon("close"));
  close.addEventListener("click", () => note.remove());
  note.append(close);
  area.replaceChildren(note);
  setTimeout(() => note.remove(), SHOWN_MS);
}

/** Have `text` read out by assistive technology without showing it. */
export function announce(text) {
  document.getElementById("live").textContent = text;
}
