/** All phones: side by side at a desk, one at a time with tabs on a phone; shown, hidden and added. */
import { openDialog } from "./dialog.js";
import { el } from "./dom.js";
import { icon } from "./icons.js";
import { language, onLanguage, t, tr } from "./i18n.js";
import { GroupCard } from "./group.js";
import { say } from "./notices.js";
import { Phone } from "./phone.js";

const ROLES = ["officer", "leader", "staff", "other"];

export class Phones {
  /** @param app {api, now(), refresh()} */
  constructor(app, root, tabs) {
    this.app = { ...app, unreadChanged: () => this.#drawTabs(), people: () => this.#people() };
    this.root = root;
    this.tabs = tabs;
    this.phones = new Map();
    this.data = [];
    this.active = null;
    this.none = el("p", { class: "no-phones", i18n: "phones.none", hidden: true });
    root.append(this.none);
    onLanguage(() => this.#refreshWords());
  }

  /** The phones as the control API lists them. */
  update(list) {
    this.data = list;
    const shown = list.filter((data) => data.shown);
    for (const [id, phone] of this.phones) {
      if (!shown.some((data) => data.user_id === id)) this.#remove(id, phone);
    }
    for (const data of shown) this.#place(data);
    this.none.hidden = shown.length > 0;
    if (!this.phones.has(this.active)) this.activate(shown[0]?.user_id ?? null);
    this.#drawTabs();
  }

  /** Bring one phone to the front (seen only at phone width). */
  activate(userId) {
    this.active = userId;
    for (const [id, phone] of this.phones) phone.node.classList.toggle("is-active", id === userId);
    this.phones.get(userId)?.timeline.toEnd(false);
    this.#drawTabs();
  }

  /** The platform was reset. */
  startOver() {
    for (const phone of this.phones.values()) phone.startOver();
  }

  /** The dialog that shows, hides and adds phones. */
  manage() {
    return openDialog("phones.manage", (close) => this.#manageForm(close), "phones-dialog");
  }

  #place(data) {
    const known = this.phones.get(data.user_id);
    if (known) {
      known.update(data);
      return;
    }
    const Card = data.role === "group" ? GroupCard : Phone;
    const phone = new Card(this.app, data, this.#testId(data));
    this.phones.set(data.user_id, phone);
    const behind = this.data.slice(this.data.findIndex((other) => other.user_id === data.user_id) + 1)
      .map((other) => this.phones.get(other.user_id)?.node).find(Boolean);
    this.root.insertBefore(phone.node, behind ?? this.none);
  }

  /** "phone-officer" for the first of a role, "phone-officer-2" for the second. */
  #testId(data) {
    const twins = this.data.filter((other) => other.role === data.role);
    const place = twins.findIndex((other) => other.user_id === data.user_id) + 1;
    return place > 1 ? `phone-${data.role}-${place}` : `phone-${data.role}`;
  }

  #remove(id, phone) {
    phone.stop();
    phone.node.remove();
    this.phones.delete(id);
  }

  #refreshWords() {
    for (const phone of this.phones.values()) phone.update(phone.data);
    this.#drawTabs();
  }

  #drawTabs() {
    this.phones.get(this.active)?.seen();
    const wanted = this.data.filter((data) => this.phones.has(data.user_id));
    const drawn = JSON.stringify([language(), this.active, wanted.map((data) => [data.user_id, data.name, this.phones.get(data.user_id).unread])]);
    if (drawn === this.drawn) return;
    const focused = document.activeElement?.closest?.(".tab")?.dataset.userId;
    this.drawn = drawn;
    const tabs = wanted.map((data) => this.#tab(data));
    if (tabs.length === this.tabs.children.length && tabs.every((tab, place) => tab === this.tabs.children[place])) return;
    this.tabs.replaceChildren(...tabs);
    if (focused) this.tabs.querySelector(`[data-user-id="${CSS.escape(focused)}"]`)?.focus();
  }

  /** A phone's tab as it is now: the same button each time, for a finger may be on it when its badge comes. */
  #tab(data) {
    const { unread } = this.phones.get(data.user_id);
    const twins = this.data.filter((other) => other.role === data.role && this.phones.has(other.user_id)).length > 1;
    const words = twins ? { text: data.name.split(" ")[0] } : { i18n: `tab.${data.role}` };
    const badge = unread ? el("span", { class: "badge", text: String(unread), "aria-label": t("phone.unread", { count: unread }) }) : null;
    const node = this.#tabButton(data.user_id);
    node.dataset.testid = this.#testId(data).replace("phone", "tab");
    node.replaceChildren(el("span", { class: "tab-role", ...words }), badge ?? "");
    node.title = data.name;
    if (data.user_id === this.active) node.setAttribute("aria-current", "true");
    else node.removeAttribute("aria-current");
    return node;
  }

  #tabButton(userId) {
    const known = [...this.tabs.children].find((tab) => tab.dataset.userId === userId);
    return known ?? el("button", { type: "button", class: "tab", data: { userId }, on: { click: () => this.activate(userId) } });
  }

  /** The phones without the groups. */
  #people() {
    return this.data.filter((data) => data.role !== "group");
  }

  #manageForm(close) {
    const boxes = this.#people().map((data) => {
      const box = el("input", { type: "checkbox", checked: data.shown, data: { userId: data.user_id } });
      box.addEventListener("change", () => this.#change(() => this.app.api.changePhone(data.user_id, { shown: box.checked })));
      return el("label", { class: "check" }, box, el("span", {}, el("strong", { text: data.name }), el("small", { i18n: `role.${data.role}` })));
    });
    return el("div", { class: "dialog-form" },
      el("fieldset", {}, el("legend", { i18n: "phones.shown" }), boxes), this.#addForm(close), this.#groupForm(close));
  }

  /** A group of everybody who is shown, with the bot invited at once. */
  #groupForm(close) {
    const name = el("input", { class: "field", id: "new-group", required: true, maxlength: "50", autocomplete: "off", "data-testid": "new-group" });
    const form = el("form", { class: "add-phone" }, el("label", { for: "new-group", i18n: "group.name" }), name,
      el("button", { type: "submit", class: "button", "data-testid": "add-group" }, icon("plus"), tr(el("span"), "group.create")));
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const members = this.#people().filter((phone) => phone.shown).map((phone) => phone.user_id);
      if (name.value.trim() && await this.#change(() => this.#createGroup(name.value.trim(), members))) close();
    });
    return form;
  }

  async #createGroup(name, members) {
    const { group_id: id } = await this.app.api.addGroup({ name, members });
    await this.app.api.botInGroup(id, true);
  }

  #addForm(close) {
    const name = el("input", { class: "field", id: "new-name", required: true, maxlength: "60", autocomplete: "off", "data-testid": "new-name" });
    const role = el("select", { class: "field", id: "new-role", "data-testid": "new-role" },
      ROLES.map((value) => el("option", { value, i18n: `role.${value}` })));
    const form = el("form", { class: "add-phone" },
      el("label", { for: "new-name", i18n: "phones.name" }), name, el("label", { for: "new-role", i18n: "phones.role" }), role,
      el("button", { type: "submit", class: "button primary", "data-testid": "add-phone" }, icon("plus"), tr(el("span"), "phones.add")));
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const phone = { name: name.value.trim(), role: role.value, language: language() };
      if (phone.name && await this.#change(() => this.app.api.addPhone(phone))) close();
    });
    return form;
  }

  async #change(send) {
    try {
      await send();
      await this.app.refresh();
      return true;
    } catch {
      say("common.failed");
      return false;
    }
  }
}
