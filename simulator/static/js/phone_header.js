/** What stands above a phone: who it is, its LINE language, LINE for PC, and the rest in a menu. */
import { el } from "./dom.js";
import { icon } from "./icons.js";
import { tr } from "./i18n.js";
import { openMenu } from "./menu.js";
import { LANGUAGE_NAMES, SHORT_LANGUAGE_NAMES } from "./strings.js";

const LEADING_VOWELS = /[\u0e40-\u0e44]/; // written before the consonant that a Thai name is filed under

export class PhoneHeader {
  /** @param phone {change(change), act(kind, body), data} */
  constructor(phone) {
    this.phone = phone;
    this.avatar = el("span", { class: "avatar", "aria-hidden": "true" });
    this.name = el("strong");
    this.role = el("span", { class: "role" });
    this.pc = el("button", { type: "button", class: "toggle", role: "switch", "data-testid": "pc-switch",
      i18nAttrs: { "aria-label": "phone.pc", title: "phone.pc_hint" }, on: { click: () => phone.change({ pc: !phone.data.pc }) } },
    icon("pc"), el("span", { class: "toggle-words", "aria-hidden": "true", text: "PC" }), el("span", { class: "knob" }));
    this.languages = Object.keys(LANGUAGE_NAMES).map((code) => this.#languageButton(code));
    const menu = el("button", { type: "button", class: "icon-button", "aria-haspopup": "menu", "data-testid": "phone-menu",
      i18nAttrs: { "aria-label": "phone.menu" } }, icon("more"));
    menu.addEventListener("click", () => this.#menu(menu));
    this.node = el("header", { class: "phone-head" }, this.avatar, el("div", { class: "who" }, this.name, this.role),
      el("div", { class: "segments", role: "group", i18nAttrs: { "aria-label": "language.phone", title: "language.phone" } }, this.languages),
      this.pc, menu);
  }

  update(data) {
    this.avatar.textContent = [...data.name].find((letter) => /\p{L}/u.test(letter) && !LEADING_VOWELS.test(letter)) ?? "?";
    this.avatar.dataset.role = data.role;
    this.name.textContent = data.name;
    this.name.title = data.name;
    tr(this.role, `role.${data.role}`);
    this.pc.setAttribute("aria-checked", String(data.pc));
    for (const button of this.languages) button.setAttribute("aria-pressed", String(button.dataset.code === data.language));
  }

  #languageButton(code) {
    return el("button", { type: "button", lang: code, text: SHORT_LANGUAGE_NAMES[code], "aria-label": LANGUAGE_NAMES[code],
      data: { code, testid: `language-${code}` }, on: { click: () => this.phone.change({ language: code }) } });
  }

  #menu(anchor) {
    const { following } = this.phone.data;
    openMenu(anchor, [
      following && { key: "phone.block", icon: "block", run: () => this.phone.act("unfollow") },
      !following && { key: "phone.unblock", icon: "check", run: () => this.phone.act("follow") },
      { key: "phone.hide", icon: "hide", run: () => this.phone.change({ shown: false }) },
    ]);
  }
}
