/** One phone: its header, its chat and its input row, joined to the control API. */
import { KEEPS_QUICK_REPLIES, runAction } from "./actions.js";
import { plainText } from "./bubbles.js";
import { Composer } from "./composer.js";
import { el } from "./dom.js";
import { icon } from "./icons.js";
import { onLanguage, t, tr } from "./i18n.js";
import { startLoop } from "./loop.js";
import { openMenu } from "./menu.js";
import { announce, say } from "./notices.js";
import { Outgoing } from "./outgoing.js";
import { PhoneHeader } from "./phone_header.js";
import { pickMoment } from "./picker.js";
import { RichMenu } from "./rich_menu.js";
import { Timeline } from "./timeline.js";

const LIVELY_MS = 400;
const CALM_MS = 650;
const LIVELY_FOR_MS = 15_000;
const SAMPLE_PLACE = { latitude: 17.4552, longitude: 101.3607 };

export class Phone {
  /** @param app {api, now(): civil ms, refresh()} @param data the phone as the control API gives it */
  constructor(app, data, testId) {
    this.app = app;
    this.data = data;
    this.after = 0;
    this.unread = 0;
    this.livelyUntil = 0;
    this.blobs = new Map();
    this.timeline = new Timeline(this.#timelineHost());
    this.composer = new Composer(this);
    this.richMenu = new RichMenu(this.#menuHost());
    // the keyboard takes the menu's place
    this.composer.text.addEventListener("focus", () => this.richMenu.open && this.richMenu.show(false));
    this.outgoing = new Outgoing(this.timeline.pending, {
      sent: () => this.#stir(), changed: () => this.#outgoingChanged(), shows: (id) => this.timeline.shows(id),
    });
    this.header = new PhoneHeader(this);
    this.blocked = el("div", { class: "blocked", hidden: true });
    this.node = el("section", { class: "phone", data: { testid: testId, userId: data.user_id } },
      this.header.node, el("div", { class: "screen" }, chatBar(), this.timeline.node, this.blocked, this.composer.node, this.richMenu.node));
    this.stopLanguage = onLanguage(() => this.timeline.render());
    this.update(data);
    this.loop = startLoop(() => this.#poll(), () => (Date.now() < this.livelyUntil ? LIVELY_MS : CALM_MS));
  }

  /** The phone's data changed on the server. */
  update(data) {
    const redraw = this.data.pc !== data.pc || this.data.following !== data.following;
    this.data = data;
    this.node.lang = data.language;
    this.node.classList.toggle("is-pc", data.pc);
    this.node.setAttribute("aria-label", `${data.name} · ${t(`role.${data.role}`)}`);
    this.timeline.scroller.setAttribute("aria-label", t("phone.chat", { name: data.name }));
    this.header.update(data);
    this.#showFriendship(data);
    this.richMenu.update(data.rich_menu ?? "");
    if (redraw) this.timeline.renderTail();
    if (data.last_seq > this.after) this.loop?.kick();
  }

  get pc() {
    return this.data.pc;
  }

  stop() {
    this.loop.stop();
    this.stopLanguage();
    for (const url of this.blobs.values()) URL.revokeObjectURL(url);
  }

  /** The reader looks at this phone now. */
  seen() {
    this.unread = 0;
  }

  /** The platform was reset: nothing that was shown exists any more. */
  startOver() {
    this.after = 0;
    this.app.api.forget(this.data.user_id);
    this.timeline.clear();
    this.loop?.kick();
  }

  async change(change) {
    await this.outgoing.quietly(() => this.app.api.changePhone(this.data.user_id, change));
    await this.app.refresh();
  }

  async act(kind, body = {}) {
    const accepted = await this.outgoing.quietly(() => this.app.api.act(this.data.user_id, kind, body));
    if (["follow", "unfollow", "richmenuswitch"].includes(kind)) await this.app.refresh();
    return accepted;
  }

  sendText(text, quotedId = null) {
    const body = quotedId ? { text, quoted_message_id: quotedId } : { text };
    this.timeline.toEnd(false);
    return this.outgoing.visibly(text, () => this.app.api.act(this.data.user_id, "text", body));
  }

  sendSticker() {
    return this.act("sticker");
  }

  sendLocation() {
    const words = { title: t("sample.place"), address: t("sample.address") };
    return this.act("location", { ...words, ...SAMPLE_PLACE });
  }

  sendFiles(kind, files) {
    this.timeline.toEnd(false);
    const words = kind === "photo" ? t("composer.uploading", { count: files.length }) : files[0].name;
    const send = () => this.app.api.upload(this.data.user_id, kind, files);
    return this.outgoing.visibly(words, send, (answer) => kind === "photo" && this.#rememberPhotos(answer, files));
  }

  fill(text) {
    this.composer.fill(text);
  }

  pickPhotos(camera) {
    this.composer.pickPhotos(camera);
  }

  showMenu(open) {
    this.richMenu.show(open);
  }

  pickMoment(action) {
    return pickMoment(action, this.app.now());
  }

  say(key, vars) {
    say(key, vars);
  }

  async #onAction(action, fromQuick) {
    const before = this.timeline.dismissed;
    if (fromQuick && !KEEPS_QUICK_REPLIES.has(action.type)) this.timeline.dismissQuick();
    this.timeline.toEnd(false);
    const accepted = await runAction(action, this);
    if (accepted === false && fromQuick) this.timeline.dismissed = before;
    this.timeline.renderTail();
  }

  #timelineHost() {
    return {
      userId: this.data.user_id,
      pc: () => this.data.pc,
      friend: () => this.data.following,
      onAction: (action, fromQuick) => this.#onAction(action, fromQuick),
      onBubbleMenu: (m, anchor) => this.#bubbleMenu(m, anchor),
      localPhoto: (id) => this.blobs.get(id) ?? null,
    };
  }

  #menuHost() {
    const phone = this;
    return {
      get pc() { return phone.data.pc; },
      get following() { return phone.data.following; },
      menuOf: (id) => this.app.api.richMenu(id),
      onAction: (action) => this.#onAction(action, false),
    };
  }

  #bubbleMenu(m, anchor) {
    const own = m.side === "user";
    openMenu(anchor, [
      m.quote_token && { key: "bubble.reply", icon: "reply", run: () => this.composer.replyTo(m) },
      { key: "bubble.copy", icon: "copy", run: () => this.#copy(m) },
      own && !onlyShown(m) && { key: "bubble.unsend", icon: "undo", run: () => this.act("unsend", { message_id: m.message_id }) },
    ]);
  }

  async #copy(m) {
    try {
      await navigator.clipboard.writeText(plainText(m));
      say("bubble.copied");
    } catch {
      say("common.failed"); // the browser may refuse the clipboard outside of secure pages
    }
  }

  async #poll() {
    const answer = await this.app.api.messages(this.data.user_id, this.after);
    if (!answer) return;
    const first = !this.loaded;
    this.loaded = true;
    this.after = Math.max(this.after, answer.next ?? 0);
    if (answer.messages.length) this.#take(answer.messages, first);
    this.timeline.setLoading(Boolean(answer.loading_until));
  }

  #take(messages, first) {
    const known = new Set(this.timeline.messages.keys());
    this.outgoing.arrived(messages);
    this.timeline.take(messages);
    if (first) return;
    const fresh = messages.filter((m) => m.side === "bot" && !known.has(m.seq));
    if (!fresh.length) return;
    this.unread += fresh.length;
    this.app.unreadChanged();
    announce(t("phone.announce", { name: this.data.name, text: fresh.map(plainText).join(" · ") }));
  }

  #stir() {
    this.livelyUntil = Date.now() + LIVELY_FOR_MS;
    this.loop.kick();
  }

  #outgoingChanged() {
    this.timeline.renderTail();
  }

  #rememberPhotos(answer, files) {
    const ids = answer?.message_ids ?? [answer?.message_id];
    ids.forEach((id, index) => id && files[index] && this.blobs.set(id, URL.createObjectURL(files[index])));
  }

  #showFriendship(data) {
    const stranger = data.last_seq === 0;
    this.blocked.hidden = data.following;
    this.composer.node.hidden = !data.following;
    if (data.following || this.blocked.dataset.kind === String(stranger)) return;
    this.blocked.dataset.kind = String(stranger);
    const again = el("button", { type: "button", class: "button primary", "data-testid": "follow", on: { click: () => this.act("follow") } });
    tr(again, stranger ? "phone.add_friend" : "phone.unblock");
    this.blocked.replaceChildren(el("span", { i18n: stranger ? "phone.not_friend" : "phone.blocked" }), again);
  }
}

/** A postback's displayText looks like a message of the person, but there is nothing to take back. */
function onlyShown(m) {
  return m.message?.type === "text" && !m.quote_token;
}

function chatBar() {
  return el("div", { class: "chat-bar" }, el("img", { src: "/static/icon.svg", alt: "", width: "26", height: "26" }),
    el("strong", { i18n: "product.name" }), el("span", { class: "shield" }, icon("check"), el("span", { i18n: "phone.oa" })));
}
