/** The input row of a group: who is typing, an @ that mentions the bot as LINE's list of members does, and the text. */
import { el } from "./dom.js";
import { icon } from "./icons.js";
import { t } from "./i18n.js";

export class GroupComposer {
  /** @param host {sendText(userId, text, mention|null)} */
  constructor(host) {
    this.host = host;
    this.mention = null;
    this.who = el("select", { class: "field group-who", "data-testid": "group-who", i18nAttrs: { "aria-label": "group.who" } });
    this.text = el("textarea", { class: "composer-text", rows: "1", enterkeyhint: "send", "data-testid": "composer",
      i18nAttrs: { "aria-label": "composer.label", placeholder: "composer.label" } });
    const at = el("button", { type: "button", class: "icon-button group-at", text: "@", "data-testid": "group-at",
      i18nAttrs: { "aria-label": "group.mention", title: "group.mention" }, on: { click: () => this.#mentionBot() } });
    const send = el("button", { type: "submit", class: "send-button", i18nAttrs: { "aria-label": "composer.send", title: "composer.send" } }, icon("send"));
    this.node = el("form", { class: "composer" }, this.who, el("div", { class: "composer-row" }, at, this.text, send));
    this.node.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submit();
    });
    this.text.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.#submit();
    });
  }

  /** The people in the group: [{id, name}]; who was chosen stays chosen. */
  update(people) {
    const drawn = JSON.stringify(people);
    if (drawn === this.drawn) return;
    this.drawn = drawn;
    const chosen = this.who.value;
    this.who.replaceChildren(...people.map(({ id, name }) => el("option", { value: id, text: name })));
    if (people.some(({ id }) => id === chosen)) this.who.value = chosen;
  }

  /** Words typed by hand mention nobody; these do, as long as they stand in the text. */
  #mentionBot() {
    this.mention = `@${t("product.name")}`;
    if (!this.text.value.includes(this.mention)) this.text.value = `${this.mention} ${this.text.value}`;
    this.text.focus();
  }

  #submit() {
    const text = this.text.value;
    if (!text.trim() || !this.who.value) return;
    const mention = this.mention && text.includes(this.mention) ? this.mention : null;
    this.text.value = "";
    this.mention = null;
    this.host.sendText(this.who.value, text, mention);
    this.text.focus();
  }
}
