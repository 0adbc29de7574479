/** One message of the chat as an element: what LINE shows for each type, and a grey labelled box for any other. */
import { mediaUrl } from "./api.js";
import { el, linked, webUrl } from "./dom.js";
import { placeholder, renderFlex } from "./flex.js";
import { icon } from "./icons.js";
import { renderImagemap } from "./imagemap.js";
import { t } from "./i18n.js";
import { renderTemplate } from "./template.js";

/**
 * The content of a message.
 *
 * `m`: the message as the control API gives it. `context`: {userId, onAction(action), quoted(messageId) -> text or null,
 * localPhoto(messageId) -> blob address or null}.
 */
export function renderContent(m, context) {
  if (m.unsent) return el("div", { class: "gone", i18n: "bubble.unsent" });
  const message = m.message ?? {};
  const draw = DRAW[message.type];
  const node = draw ? draw(message, context, m) : placeholder(message.type);
  if (m.quoted_message_id) node.prepend(quote(context.quoted(m.quoted_message_id)));
  return node;
}

/** The words of a message, for quotes, announcements and copying. */
export function plainText(m) {
  if (m.unsent) return t("bubble.unsent");
  const message = m.message ?? {};
  const words = message.text ?? message.altText ?? message.title ?? message.fileName;
  const named = ["sticker", "image", "video", "audio", "file", "location"].includes(message.type);
  return String(words ?? (named ? t(`bubble.${message.type}`) : message.type ?? ""));
}

const DRAW = {
  text: (message) => el("div", { class: "text" }, linked(message.text ?? "")),
  textV2: (message) => el("div", { class: "text" }, linked(substituted(message))),
  sticker: () => el("div", { class: "sticker" }, icon("sticker"), el("span", { i18n: "bubble.sticker" })),
  image,
  video: (message, context, m) => clip("video", message, context, m),
  audio: (message) => el("div", { class: "text" }, t("bubble.audio"), message.duration ? ` ${Math.round(message.duration / 1000)} s` : ""),
  file: (message) => el("div", { class: "text file" }, icon("file"), el("span", { text: message.fileName ?? t("bubble.file") })),
  location: (message) => el("div", { class: "text place" }, icon("location"),
    el("strong", { text: message.title ?? t("bubble.location") }), el("span", { text: message.address ?? "" })),
  flex: (message, context) => card(message, renderFlex(message.contents, context.onAction)),
  imagemap: (message, context) => card(message, renderImagemap(message, context.onAction)),
  template: (message, context) => card(message, renderTemplate(message.template, context.onAction)),
};

function card(message, node) {
  return el("div", { class: "card", role: "group", "aria-label": message.altText ?? t("bubble.card") }, node);
}

function image(message, context, m) {
  const own = m.side === "user";
  const small = own ? context.localPhoto(m.message_id) ?? mediaUrl(context.userId, m.message_id) : webUrl(message.previewImageUrl);
  const full = own ? small : webUrl(message.originalContentUrl);
  const frame = el("div", { class: "photo" });
  if (!small) return placeholder("image");
  const picture = el("img", { src: small, alt: t("bubble.image") });
  picture.addEventListener("error", () => frame.replaceChildren(el("span", { class: "photo-lost", i18n: "bubble.image_missing" }),
    full && !own ? el("a", { href: full, target: "_blank", rel: "noopener noreferrer", text: full }) : ""));
  frame.append(el("a", { href: full ?? small, target: "_blank", rel: "noopener noreferrer" }, picture));
  return frame;
}

function clip(kind, message, context, m) {
  const node = el("div", { class: "text file" }, icon(kind), el("span", { i18n: `bubble.${kind}` }));
  const url = m.side === "user" ? mediaUrl(context.userId, m.message_id) : webUrl(message.originalContentUrl);
  if (url) node.append(el("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, icon("link")));
  return node;
}

function quote(text) {
  return el("div", { class: "quoted", text: text ?? t("bubble.quoted_gone") });
}

function substituted(message) {
  return String(message.text ?? "").replace(/\{(\w+)\}/g, (whole, key) => {
    const value = message.substitution?.[key];
    return value?.type === "mention" ? "@" : value ? "" : whole;
  });
}

/** The three dots that say an answer is being prepared. */
export function typingDots() {
  return el("div", { class: "typing", i18nAttrs: { "aria-label": "phone.typing" }, role: "img" },
    el("i"), el("i"), el("i"));
}
