/** The input row of a phone: text, photos, other things, and the message that is being replied to. */
import { plainText } from "./bubbles.js";
import { el } from "./dom.js";
import { icon } from "./icons.js";
import { openMenu } from "./menu.js";
import { say } from "./notices.js";

const LONGEST = 5_000;
const TALLEST = 132;

export class Composer {
  /** @param host {sendText(text, quotedId|null), sendFiles(kind, files), sendSticker(), sendLocation()} */
  constructor(host) {
    this.host = host;
    this.quoted = null;
    this.text = el("textarea", { class: "composer-text", rows: "1", enterkeyhint: "send", "data-testid": "composer",
      i18nAttrs: { "aria-label": "composer.label", placeholder: "composer.label" } });
    this.photos = fileInput("photo-input", "image/*", true);
    this.files = fileInput("file-input", null, false);
    this.videos = fileInput("video-input", "video/*", false);
    this.quote = el("div", { class: "quote-bar", hidden: true });
    this.node = el("form", { class: "composer" }, this.quote, this.#row(), this.photos, this.files, this.videos);
    this.#listen();
  }

  /** Put text into the input and go there (the keyboard action and chat links). */
  fill(text) {
    this.text.value = text;
    this.#grow();
    this.text.focus();
  }

  /** Reply to message `m`, or to none. */
  replyTo(m) {
    this.quoted = m;
    this.quote.hidden = !m;
    this.quote.replaceChildren();
    if (!m) return;
    const stop = button("icon-button", "close", "composer.unquote", () => this.replyTo(null));
    this.quote.append(icon("reply"), el("div", { class: "quote-words" },
      el("small", { i18n: "composer.quoting" }), el("span", { text: plainText(m) })), stop);
    this.text.focus();
  }

  /** Open the photo picker; `camera` prefers the camera where there is one. */
  pickPhotos(camera) {
    if (camera) this.photos.setAttribute("capture", "environment");
    else this.photos.removeAttribute("capture");
    this.photos.click();
  }

  #row() {
    this.send = button("send-button", "send", "composer.send", () => {}, "send");
    this.send.type = "submit";
    const more = button("icon-button", "plus", "composer.more", () => this.#more(more), "more");
    more.setAttribute("aria-haspopup", "menu");
    const photo = button("icon-button", "photo", "composer.photo", () => this.pickPhotos(false), "photo");
    return el("div", { class: "composer-row" }, more, photo, this.text, this.send);
  }

  #more(anchor) {
    openMenu(anchor, [
      { key: "composer.sticker", icon: "sticker", run: () => this.host.sendSticker() },
      { key: "composer.location", icon: "location", run: () => this.host.sendLocation() },
      { key: "composer.file", icon: "file", run: () => this.files.click() },
      { key: "composer.video", icon: "video", run: () => this.videos.click() },
    ]);
  }

  #listen() {
    this.node.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submit();
    });
    this.text.addEventListener("input", () => this.#grow());
    this.text.addEventListener("keydown", (event) => {
      // isComposing: Enter there ends an input method's word, not the message
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.#submit();
    });
    for (const [kind, input] of Object.entries({ photo: this.photos, file: this.files, video: this.videos })) {
      input.addEventListener("change", () => {
        const files = [...input.files];
        input.value = "";
        if (files.length) this.host.sendFiles(kind, files);
      });
    }
  }

  #submit() {
    const text = this.text.value;
    if (!text.trim()) return;
    if (text.length > LONGEST) {
      say("composer.too_long", { count: text.length });
      return;
    }
    this.text.value = "";
    this.#grow();
    this.host.sendText(text, this.quoted?.message_id ?? null);
    this.replyTo(null);
    this.text.focus();
  }

  #grow() {
    this.text.style.height = "auto";
    this.text.style.height = `${Math.min(this.text.scrollHeight, TALLEST)}px`;
  }
}

function button(className, iconName, key, run, testId = null) {
  return el("button", { type: "button", class: className, i18nAttrs: { "aria-label": key, title: key }, "data-testid": testId, on: { click: run } }, icon(iconName));
}

function fileInput(testId, accept, multiple) {
  return el("input", { type: "file", accept, multiple, hidden: true, tabindex: "-1", "data-testid": testId });
}
