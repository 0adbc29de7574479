/** The bar on top: the product, the clock, the counters, redelivery, the phones and the page's language. */
import { el } from "./dom.js";
import { icon } from "./icons.js";
import { language, LANGUAGES, onLanguage, setLanguage, t } from "./i18n.js";
import { LANGUAGE_NAMES, STRINGS } from "./strings.js";

const COUNTERS = ["events", "replies", "pushes", "billed"];

export class TopBar {
  /** @param host {clock, onPhones(), onRedelivery(on)} */
  constructor(root, host) {
    this.values = Object.fromEntries(COUNTERS.map((name) => [name, el("dd", { data: { testid: `counter-${name}` }, text: "0" })]));
    this.counters = el("dl", { class: "counters", i18nAttrs: { "aria-label": "counter.title" } },
      COUNTERS.map((name) => el("div", {}, el("dt", { i18n: `counter.${name}` }), this.values[name])));
    this.redelivery = el("button", { type: "button", class: "toggle wide", role: "switch", "aria-checked": "false", "data-testid": "redelivery" },
      el("span", { class: "knob" }), el("span", { class: "toggle-words", i18n: "redelivery.label" }));
    this.redelivery.addEventListener("click", () => host.onRedelivery(this.redelivery.getAttribute("aria-checked") !== "true"));
    const phones = el("button", { type: "button", class: "button", i18nAttrs: { "aria-label": "phones.manage" }, "data-testid": "manage-phones", on: { click: host.onPhones } },
      icon("phone"), el("span", { i18n: "phones.title" }));
    this.languages = LANGUAGES.map((code) => el("button", { type: "button", lang: code, text: LANGUAGE_NAMES[code],
      data: { testid: `page-${code}`, code }, on: { click: () => setLanguage(code) } }));
    root.append(brand(), host.clock.node, this.counters, this.redelivery,
      el("div", { class: "topbar-tools" }, moreButton(root), phones,
        el("div", { class: "segments", role: "group", i18nAttrs: { "aria-label": "language.page" } }, this.languages)));
    onLanguage(() => this.#draw());
    this.#draw();
  }

  /** The state as the control API gives it. */
  update(state) {
    this.state = state;
    this.#draw();
  }

  #draw() {
    for (const button of this.languages) button.setAttribute("aria-pressed", String(button.dataset.code === language()));
    if (!this.state) return;
    const { counters, quota, redelivery } = this.state;
    for (const name of ["events", "replies", "pushes"]) this.values[name].textContent = number(counters[name]);
    const limit = quota.limit === null ? t("counter.unlimited") : number(quota.limit);
    this.values.billed.textContent = `${number(quota.used)}/${limit}`;
    this.redelivery.setAttribute("aria-checked", String(redelivery));
  }
}

/** At phone width the counters and the redelivery switch stand behind this button. */
function moreButton(root) {
  const button = el("button", { type: "button", class: "icon-button topbar-more", "aria-expanded": "false", "data-testid": "topbar-more",
    i18nAttrs: { "aria-label": "topbar.more" } }, icon("more"));
  button.addEventListener("click", () => button.setAttribute("aria-expanded", String(root.classList.toggle("is-open"))));
  return button;
}

function brand() {
  return el("div", { class: "brand" }, el("img", { src: "/static/icon.svg", alt: "", width: "36", height: "36" }),
    el("h1", {}, el("span", { lang: "en", text: STRINGS.en["product.name"] }), " ", el("span", { lang: "th", text: STRINGS.th["product.name"] }),
      el("small", { i18n: "product.tagline" })));
}

function number(value) {
  return Number(value ?? 0).toLocaleString("en-US");
}
