/** A small pop-up menu: arrows move, Escape and a click elsewhere close it, focus returns to where it came from. */
import { css, el } from "./dom.js";
import { icon } from "./icons.js";

const EDGE = 8;
let open = null;

/**
 * Open a menu by `anchor`. `items`: [{key, icon, run, data?}] with `key` naming the words; falsy items are left out.
 */
export function openMenu(anchor, items) {
  closeMenu();
  const menu = el("div", { class: "menu", role: "menu" }, items.filter(Boolean).map(menuItem));
  document.body.append(menu);
  place(menu, anchor.getBoundingClientRect());
  open = { menu, anchor };
  anchor.setAttribute("aria-expanded", "true");
  menu.addEventListener("keydown", onKey);
  setTimeout(() => document.addEventListener("pointerdown", onOutside), 0);
  menu.querySelector("[role=menuitem]")?.focus();
}

/** Close the open menu, if there is one. */
export function closeMenu() {
  if (!open) return;
  open.menu.remove();
  open.anchor.removeAttribute("aria-expanded");
  if (open.anchor.isConnected) open.anchor.focus();
  document.removeEventListener("pointerdown", onOutside);
  open = null;
}

function menuItem(item) {
  const node = el("button", { type: "button", role: "menuitem", tabindex: "-1", data: item.data ?? {} },
    icon(item.icon), el("span", { i18n: item.key }));
  node.addEventListener("click", () => {
    closeMenu();
    item.run();
  });
  return node;
}

function place(menu, anchor) {
  const { width, height } = menu.getBoundingClientRect();
  const below = anchor.bottom + height + EDGE < window.innerHeight;
  const left = Math.max(EDGE, Math.min(anchor.left, window.innerWidth - width - EDGE));
  const top = below ? anchor.bottom + 4 : Math.max(EDGE, anchor.top - height - 4);
  css(menu, { left: `${left}px`, top: `${top}px` });
}

function onOutside(event) {
  if (!open.menu.contains(event.target)) closeMenu();
}

function onKey(event) {
  const entries = [...event.currentTarget.querySelectorAll("[role=menuitem]")];
  const at = entries.indexOf(document.activeElement);
  const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: entries.length - 1 }[event.key];
  if (next !== undefined) {
    event.preventDefault();
    entries.at(next % entries.length).focus();
  } else if (event.key === "Escape" || event.key === "Tab") {
    event.preventDefault();
    closeMenu();
  }
}
