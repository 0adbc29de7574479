/** The raw event log: what went over the wire between the platform and the bot, newest first. Asked for only while open. */
import { el } from "./dom.js";
import { icon } from "./icons.js";
import { onLanguage } from "./i18n.js";
import { gist } from "./log_gist.js";
import { startLoop } from "./loop.js";
import { civil, ticking } from "./time.js";

const EVERY_MS = 700;
const KEPT = 400;

export class Log {
  /** @param root the section of the page @param api the control API */
  constructor(root, api) {
    this.api = api;
    this.entries = [];
    this.after = 0;
    this.ownerOfToken = new Map();
    this.phone = select("log-phone");
    this.direction = select("log-direction", [["", "log.all"], ["out", "log.out"], ["in", "log.in"]]);
    this.list = el("div", { class: "log-list", tabindex: "0", role: "region", i18nAttrs: { "aria-label": "log.title" } });
    this.body = el("div", { class: "log-body", id: "log-body", hidden: true },
      el("div", { class: "log-filters" }, labelled("log.phone", this.phone), labelled("log.direction", this.direction)), this.list);
    this.button = el("button", { type: "button", class: "log-toggle", "aria-expanded": "false", "aria-controls": "log-body", "data-testid": "log-toggle" },
      icon("down"), el("span", { i18n: "log.title" }));
    this.button.addEventListener("click", () => this.#toggle());
    for (const filter of [this.phone, this.direction]) filter.addEventListener("change", () => this.#draw());
    root.append(this.button, this.body);
    onLanguage(() => {
      for (const entry of this.entries) delete entry.row;
      this.#draw();
    });
  }

  /** The phones that the filter offers. */
  update(phones) {
    const drawn = JSON.stringify(phones.map((phone) => [phone.user_id, phone.name]));
    if (drawn === this.drawn) return;
    this.drawn = drawn;
    const chosen = this.phone.value;
    this.phone.replaceChildren(el("option", { value: "", i18n: "log.all" }),
      ...phones.map((phone) => el("option", { value: phone.user_id, text: phone.name })));
    this.phone.value = chosen;
  }

  #toggle() {
    const opening = this.body.hidden;
    this.body.hidden = !opening;
    this.button.setAttribute("aria-expanded", String(opening));
    if (opening) this.loop = startLoop(() => this.#poll(), () => EVERY_MS);
    else this.loop.stop();
  }

  async #poll() {
    const asked = this.after;
    const { entries, next } = await this.api.log(asked);
    if (asked !== this.after) return; // closed and opened again meanwhile: the other look has brought these
    if (next < this.after) this.entries = []; // the platform was reset
    this.after = next;
    const read = entries.map((entry) => ({ ...entry, ...this.#read(entry) }));
    // a bot may reply before the call that brought it the event has ended, and been logged: such a reply finds its phone now
    const repliesBefore = this.entries.some((kept) => read.some((entry) => entry.tokens.includes(kept.replyToken)));
    this.entries.unshift(...[...read].reverse());
    this.entries.length = Math.min(this.entries.length, KEPT);
    const added = read.filter((entry) => this.#matches(entry));
    if (repliesBefore || !this.list.childElementCount) this.#draw();
    else if (added.length) this.#add(added);
  }

  /** What an exchange says of phones: those named in it, the reply token it used, the reply tokens it handed out. */
  #read(entry) {
    const text = typeof entry.body === "string" ? entry.body : JSON.stringify(entry.body ?? "");
    const body = json(text);
    const handedOut = (body?.events ?? []).filter((event) => event.replyToken);
    for (const event of handedOut) this.ownerOfToken.set(event.replyToken, event.source?.userId);
    return {
      named: new Set(`${entry.path} ${text}`.match(/U[0-9a-f]{32}/g) ?? []),
      replyToken: body?.replyToken,
      tokens: handedOut.map((event) => event.replyToken),
    };
  }

  #matches(entry) {
    const owner = this.ownerOfToken.get(entry.replyToken);
    const rightPhone = !this.phone.value || entry.named.has(this.phone.value) || owner === this.phone.value;
    return rightPhone && (!this.direction.value || entry.direction === this.direction.value);
  }

  #add(entries) {
    this.list.querySelector(".empty")?.remove();
    for (const entry of entries) this.list.prepend(rowOf(entry));
    while (this.list.childElementCount > KEPT) this.list.lastElementChild.remove();
  }

  #draw() {
    const matching = this.entries.filter((entry) => this.#matches(entry));
    this.list.replaceChildren(...matching.map(rowOf));
    if (!matching.length) this.list.append(el("p", { class: "empty", i18n: "log.empty" }));
  }
}

/** The same element each time: one that is open stays open. */
function rowOf(entry) {
  return (entry.row ??= row(entry));
}

function row(entry) {
  const moment = civil(entry.at);
  const { hhmm, ss } = moment === null ? { hhmm: "", ss: "" } : ticking(moment);
  const good = entry.status >= 200 && entry.status < 300;
  const details = el("details", { class: "log-row", data: { direction: entry.direction, seq: entry.seq, testid: "log-row" } },
    el("summary", {}, el("time", { text: moment === null ? "" : `${hhmm}:${ss}` }),
      el("span", { class: "log-direction", i18n: `log.${entry.direction}` }),
      el("span", { class: good ? "log-status good" : "log-status bad", text: entry.status ?? "–" }),
      el("code", { text: `${entry.method} ${entry.path.replace(/^https?:\/\/[^/]+/, "")}`, title: entry.path }),
      el("span", { class: "log-note", text: [entry.note, gist(json(entry.body))].filter(Boolean).join(" · ") })));
  details.addEventListener("toggle", () => {
    if (details.open && details.childElementCount === 1) details.append(pretty(entry.body));
  });
  return details;
}

function pretty(body) {
  if (body === null || body === "") return el("p", { class: "empty", i18n: "log.no_body" });
  const value = typeof body === "string" ? json(body) ?? body : body;
  return el("pre", { tabindex: "0", text: typeof value === "string" ? value : JSON.stringify(value, null, 2) });
}

function json(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null; // not JSON: shown as it is
  }
}

function select(testId, options = []) {
  return el("select", { class: "field small", "data-testid": testId }, options.map(([value, key]) => el("option", { value, i18n: key })));
}

function labelled(key, control) {
  return el("label", {}, el("span", { i18n: key }), control);
}
