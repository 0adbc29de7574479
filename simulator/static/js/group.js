/** One group chat: what everybody in it reads, who is typing now, and an @ that mentions the bot. */
import { plainText } from "./bubbles.js";
import { el } from "./dom.js";
import { icon } from "./icons.js";
import { onLanguage, t, tr } from "./i18n.js";
import { GroupComposer } from "./group_composer.js";
import { startLoop } from "./loop.js";
import { openMenu } from "./menu.js";
import { announce } from "./notices.js";
import { Outgoing } from "./outgoing.js";
import { Timeline } from "./timeline.js";

const POLL_MS = 500;

export class GroupCard {
  /** @param app {api, refresh(), unreadChanged(), people(): phones} @param data the group, as `groupData` gives it */
  constructor(app, data, testId) {
    this.app = app;
    this.data = data;
    this.after = 0;
    this.unread = 0;
    this.timeline = new Timeline(this.#timelineHost());
    this.composer = new GroupComposer(this);
    this.outgoing = new Outgoing(this.timeline.pending, {
      sent: () => this.loop.kick(), changed: () => this.timeline.renderTail(), shows: (id) => this.timeline.shows(id),
    });
    this.name = el("strong");
    this.people = el("span", { class: "role" });
    const menu = el("button", { type: "button", class: "icon-button", "aria-haspopup": "menu", "data-testid": "group-menu",
      i18nAttrs: { "aria-label": "group.menu" } }, icon("more"));
    menu.addEventListener("click", () => this.#menu(menu));
    this.node = el("section", { class: "phone is-group", data: { testid: testId, userId: data.user_id } },
      el("header", { class: "phone-head" }, el("span", { class: "avatar", "aria-hidden": "true", data: { role: "group" }, text: "@" }),
        el("div", { class: "who" }, this.name, this.people), menu),
      el("div", { class: "screen" }, this.timeline.node, this.composer.node));
    this.stopLanguage = onLanguage(() => this.timeline.render());
    this.update(data);
    this.loop = startLoop(() => this.#poll(), () => POLL_MS);
  }

  /** The group's data changed on the server. */
  update(data) {
    this.data = data;
    this.name.textContent = data.name;
    tr(this.people, data.bot ? "group.people_and_bot" : "group.people", { count: data.members.length });
    this.node.setAttribute("aria-label", `${data.name} · ${t("role.group")}`);
    this.timeline.scroller.setAttribute("aria-label", t("phone.chat", { name: data.name }));
    this.composer.update(data.members.map((id) => ({ id, name: this.#nameOf(id) })));
    if (data.last_seq > this.after) this.loop?.kick();
  }

  stop() {
    this.loop.stop();
    this.stopLanguage();
  }

  /** The reader looks at this group now. */
  seen() {
    this.unread = 0;
  }

  /** The platform was reset: the group is gone, and so is its card at the next state. */
  startOver() {
    this.after = 0;
    this.app.api.forget(this.data.user_id);
    this.timeline.clear();
  }

  /** `mention` is the words in `text` that mention the bot; null when it is not mentioned. */
  sendText(userId, text, mention) {
    this.timeline.toEnd(false);
    const mentions = mention ? [{ of: "bot", as: mention }] : [];
    return this.outgoing.visibly(text, () => this.app.api.actInGroup(this.data.user_id, "text", { user_id: userId, text, mentions }));
  }

  async #change(send) {
    await this.outgoing.quietly(send);
    await this.app.refresh();
  }

  #menu(anchor) {
    const { user_id: id, bot, members } = this.data;
    const people = this.app.people().map((phone) => {
      const inside = members.includes(phone.user_id);
      return { key: [inside ? "group.remove" : "group.add", { name: phone.name }], icon: inside ? "close" : "plus",
        run: () => this.#change(() => this.app.api.memberOfGroup(id, phone.user_id, !inside)) };
    });
    openMenu(anchor, [
      { key: bot ? "group.remove_bot" : "group.invite_bot", icon: bot ? "block" : "check",
        run: () => this.#change(() => this.app.api.botInGroup(id, !bot)) },
      ...people,
    ]);
  }

  #timelineHost() {
    return {
      userId: this.data.user_id,
      pc: () => true, // quick replies of a group are everybody's; none are sent here
      friend: () => false,
      onAction: () => {},
      onBubbleMenu: (m, anchor) => this.#bubbleMenu(m, anchor),
      localPhoto: () => null,
      nameOf: (userId) => this.#nameOf(userId),
    };
  }

  #bubbleMenu(m, anchor) {
    const taken = () => this.app.api.actInGroup(this.data.user_id, "unsend", { user_id: m.sender, message_id: m.message_id });
    openMenu(anchor, [
      { key: "bubble.copy", icon: "copy", run: () => navigator.clipboard?.writeText(plainText(m)) },
      m.sender && { key: "bubble.unsend", icon: "undo", run: () => this.outgoing.quietly(taken) },
    ]);
  }

  #nameOf(userId) {
    return this.app.people().find((phone) => phone.user_id === userId)?.name ?? t("role.other");
  }

  async #poll() {
    const answer = await this.app.api.messages(this.data.user_id, this.after);
    if (!answer) return;
    const first = this.after === 0;
    this.after = Math.max(this.after, answer.next ?? 0);
    if (!answer.messages.length) return;
    this.outgoing.arrived(answer.messages);
    this.timeline.take(answer.messages);
    const fresh = first ? [] : answer.messages.filter((m) => m.side === "bot");
    if (!fresh.length) return;
    this.unread += fresh.length;
    this.app.unreadChanged();
    announce(t("phone.announce", { name: this.data.name, text: fresh.map(plainText).join(" · ") }));
  }
}

/** A group as the list of phones takes it: with an id and a role like theirs. */
export function groupData(group) {
  return { ...group, user_id: group.group_id, role: "group", shown: true };
}
