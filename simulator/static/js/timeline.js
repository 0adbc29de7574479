/**
 * The running chat of one phone: messages in order, a line for each new day, quick replies under the last bubble, what is
 * still being sent, and scrolling that never pulls the page away from a reader who has scrolled up.
 */
import { plainText, renderContent, typingDots } from "./bubbles.js";
import { el } from "./dom.js";
import { icon } from "./icons.js";
import { t } from "./i18n.js";
import { quickReplies } from "./quick.js";
import { civil, clockTime, DAY, longDate } from "./time.js";

const NEAR_THE_END = 60;
const SYSTEM = new Set(["follow", "unfollow", "join", "leave", "memberJoined", "memberLeft"]);

export class Timeline {
  /** @param host {userId, pc(), friend(), onAction(action, fromQuick), onBubbleMenu(m, anchor), localPhoto(id)}; a group's also nameOf(userId) */
  constructor(host) {
    this.host = host;
    this.messages = new Map();
    this.dismissed = 0;
    this.following = true;
    this.list = el("div", { class: "bubbles" });
    this.pending = el("div", { class: "bubbles" });
    this.tail = el("div", { class: "tail" });
    this.inner = el("div", { class: "timeline-inner" }, this.list, this.pending, this.tail);
    this.scroller = el("div", { class: "timeline", tabindex: "0", role: "region", "data-testid": "timeline" }, this.inner);
    this.chip = el("button", { type: "button", class: "new-chip", hidden: true }, icon("down"), el("span", { i18n: "phone.new_messages" }));
    this.node = el("div", { class: "timeline-frame" }, this.scroller, this.chip);
    this.chip.addEventListener("click", () => this.toEnd(true));
    this.list.addEventListener("keydown", (event) => this.#moveFocus(event));
    this.scroller.addEventListener("scroll", () => this.#scrolled(), { passive: true });
    const keepAtEnd = new ResizeObserver(() => this.#resized());
    keepAtEnd.observe(this.inner);
    keepAtEnd.observe(this.scroller);
  }

  /** Take messages as the server gives them; one that is known already is replaced. */
  take(messages) {
    const highest = this.lastSeq();
    const appended = messages.every((m) => m.seq > highest);
    for (const m of messages) this.messages.set(m.seq, m);
    if (appended) this.#append(messages, highest > 0 ? " is-new" : "");
    else this.render();
    if (messages.length && !this.following) this.chip.hidden = false;
  }

  lastSeq() {
    return Math.max(0, ...this.messages.keys());
  }

  /** Forget everything (the platform was reset). */
  clear() {
    this.messages.clear();
    this.dismissed = 0;
    this.render();
  }

  /** Draw all anew: another language, PC mode, or a message that changed. */
  render() {
    this.list.replaceChildren();
    this.previous = null;
    this.#append(this.#ordered());
  }

  shows(messageId) {
    return Boolean(this.#find(messageId));
  }

  /** The words of the message with this id, for quotes. */
  words(messageId) {
    const found = this.#find(messageId);
    return found ? plainText(found) : null;
  }

  /** Quick replies of the last bubble were used. */
  dismissQuick() {
    this.dismissed = this.lastSeq();
    this.renderTail();
  }

  setLoading(loading) {
    if (this.loading === loading) return;
    this.loading = loading;
    this.renderTail();
  }

  /** What stands after the last bubble: dots, or quick replies, or the hint of an empty chat. */
  renderTail() {
    const last = this.#ordered().at(-1);
    const sending = this.pending.querySelector(".row:not(.failed)");
    const quick = last && !this.host.pc() && last.seq > this.dismissed && !sending ? last.quick_reply : null;
    const empty = !last && this.host.friend() && !this.pending.childElementCount;
    // a chip that a finger is on must not be taken from under it for its like: the tap would be lost
    const drawn = JSON.stringify([this.loading, quick && last.seq, empty]);
    if (drawn === this.drawnTail) return;
    this.drawnTail = drawn;
    this.tail.replaceChildren();
    if (this.loading) this.tail.append(el("div", { class: "row bot is-first" }, typingDots()));
    else if (quick) this.tail.append(quickReplies(quick, (action) => this.host.onAction(action, true)));
    if (empty) this.tail.append(el("p", { class: "empty", i18n: "phone.empty" }));
  }

  /** Go to the newest message; `soft` glides there where the reader allows motion. */
  toEnd(soft) {
    this.following = true;
    this.chip.hidden = true;
    const still = !soft || matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.scroller.scrollTo({ top: this.scroller.scrollHeight, behavior: still ? "instant" : "smooth" });
  }

  #find(messageId) {
    return [...this.messages.values()].find((m) => m.message_id === messageId);
  }

  #ordered() {
    return [...this.messages.values()].sort((a, b) => a.seq - b.seq);
  }

  #append(messages, mark = "") {
    for (const m of messages) {
      const at = civil(m.at);
      if (at !== null && Math.floor(at / DAY) !== Math.floor((civil(this.previous?.at) ?? -DAY) / DAY)) {
        this.list.append(el("div", { class: "day", text: longDate(at) }));
        this.previous = null;
      }
      this.#place(m, this.#row(m, at, mark));
      this.previous = m;
    }
    this.#oneTabStop();
    this.renderTail();
  }

  /** Photos of one album stand together. */
  #place(m, row) {
    const set = m.message?.imageSet?.id;
    if (!set) {
      this.list.append(row);
      return;
    }
    const last = this.list.lastElementChild;
    const album = last?.dataset.set === set ? last : el("div", { class: "album", data: { set } });
    album.append(row);
    if (album !== last) this.list.append(album);
  }

  /** The menus of all bubbles are one tab stop: Tab reaches the newest, the arrows go through the others. */
  #oneTabStop() {
    const buttons = [...this.list.querySelectorAll(".bubble-menu")];
    buttons.forEach((button, index) => { button.tabIndex = index === buttons.length - 1 ? 0 : -1; });
  }

  #moveFocus(event) {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!step || !event.target.classList.contains("bubble-menu")) return;
    const buttons = [...this.list.querySelectorAll(".bubble-menu")];
    const next = buttons[buttons.indexOf(event.target) + step];
    if (!next) return;
    event.preventDefault();
    event.target.tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  }

  #row(m, at, mark) {
    const first = this.previous?.side !== m.side || this.previous?.sender !== m.sender;
    const data = { side: m.side, seq: m.seq, type: m.message?.type ?? "", testid: "bubble" };
    if (m.side === "system") return el("div", { class: "row system", data }, el("span", { class: "day", text: this.#systemWords(m) }));
    const context = {
      userId: this.host.userId,
      onAction: (action) => this.host.onAction(action, false),
      quoted: (id) => this.words(id),
      localPhoto: this.host.localPhoto,
    };
    const sender = first && m.sender ? el("small", { class: "sender", text: this.host.nameOf(m.sender) }) : null;
    const content = el("div", { class: "bubble" }, sender, renderContent(m, context));
    return el("div", { class: `row ${m.side}${first ? " is-first" : ""}${mark}`, data }, content, this.#menuButton(m), meta(m, at));
  }

  #systemWords(m) {
    const type = m.message?.type;
    const name = m.sender ? this.host.nameOf(m.sender) : "";
    return SYSTEM.has(type) ? t(`system.${type}`, { name }) : plainText(m);
  }

  #menuButton(m) {
    if (m.unsent) return null;
    const button = el("button", { type: "button", class: "bubble-menu", "aria-haspopup": "menu", i18nAttrs: { "aria-label": "bubble.menu" } }, icon("more"));
    button.addEventListener("click", () => this.host.onBubbleMenu(m, button));
    return button;
  }

  #resized() {
    if (this.following) this.toEnd(false);
    this.#measure();
  }

  /** Only the reader scrolling up ends the following; a change of size moves the content too and means nothing. */
  #scrolled() {
    const { scrollTop, scrollHeight, clientHeight } = this.scroller;
    const before = this.measured;
    if (scrollHeight - scrollTop - clientHeight < NEAR_THE_END) {
      this.following = true;
      this.chip.hidden = true;
    } else if (before && scrollTop < before.scrollTop && scrollHeight === before.scrollHeight && clientHeight === before.clientHeight) {
      this.following = false;
    }
    this.#measure();
  }

  #measure() {
    const { scrollTop, scrollHeight, clientHeight } = this.scroller;
    this.measured = { scrollTop, scrollHeight, clientHeight };
  }
}

function meta(m, at) {
  const pushed = m.side === "bot" && ["push", "multicast", "broadcast"].includes(m.via);
  return el("div", { class: "meta" }, el("time", { text: at === null ? "" : clockTime(at) }),
    pushed ? el("span", { class: "via", text: t("bubble.push") }) : null);
}
