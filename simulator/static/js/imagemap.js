/** Imagemap messages: one picture with areas to tap; a video stands as its poster. */
import { actionNode } from "./action_node.js";
import { css, el, webUrl } from "./dom.js";
import { icon } from "./icons.js";
import { t } from "./i18n.js";

/** The widths in which LINE asks for the picture, under the base address. */
const WIDTHS = [240, 300, 460, 700, 1040];
const SHOWN_WIDTH = "300px";

/** The element for an imagemap message. */
export function renderImagemap(message, onAction) {
  const size = { width: positive(message.baseSize?.width), height: positive(message.baseSize?.height) };
  const node = css(el("div", { class: "imagemap" }), { "aspect-ratio": `${size.width} / ${size.height}` });
  const picture = basePicture(message, node);
  if (picture) node.append(picture);
  if (message.video) node.append(poster(message.video, size, onAction));
  for (const action of message.actions ?? []) node.append(area(action, size, onAction));
  return node;
}

function basePicture(message, frame) {
  const base = webUrl(message.baseUrl)?.replace(/\/$/, "");
  if (!base) return null;
  const sources = WIDTHS.map((width) => `${base}/${width} ${width}w`).join(", ");
  const picture = el("img", { src: `${base}/1040`, srcset: sources, sizes: SHOWN_WIDTH, alt: message.altText ?? t("bubble.image") });
  picture.addEventListener("error", () => {
    picture.replaceWith(el("span", { class: "photo-lost", i18n: "bubble.image_missing" }));
    frame.classList.add("imagemap-lost");
  });
  return picture;
}

function area(item, size, onAction) {
  const action = tapped(item);
  const node = actionNode(null, action, onAction);
  const name = item.label ?? item.text ?? item.linkUri ?? item.clipboardText ?? "";
  node.replaceChildren();
  node.classList.add("imagemap-area");
  node.setAttribute("aria-label", name);
  node.title = name;
  return placed(node, item.area, size);
}

/** What the tap does, as the actions of other messages say it. */
function tapped(item) {
  const { type, label, text, clipboardText } = item;
  return type === "uri" ? { type, label, uri: item.linkUri } : { type, label, text, clipboardText };
}

function poster(video, size, onAction) {
  const node = el("div", { class: "imagemap-video" });
  const preview = webUrl(video.previewImageUrl);
  const film = webUrl(video.originalContentUrl);
  if (preview) node.append(el("img", { src: preview, alt: "" }));
  if (film) {
    node.append(el("a", { class: "imagemap-play", href: film, target: "_blank", rel: "noopener noreferrer",
      i18nAttrs: { "aria-label": "bubble.video", title: "bubble.video" } }, icon("play")));
  }
  if (video.externalLink) {
    const link = actionNode(null, { type: "uri", label: video.externalLink.label, uri: video.externalLink.linkUri }, onAction);
    link.classList.add("imagemap-more");
    node.append(link);
  }
  return placed(node, video.area, size);
}

/** An area given in pixels of the base picture, as shares of the picture that is shown. */
function placed(node, place, size) {
  const share = (value, whole) => `${(Math.max(0, Number(value) || 0) / whole) * 100}%`;
  return css(node, {
    left: share(place?.x, size.width), top: share(place?.y, size.height),
    width: share(place?.width, size.width), height: share(place?.height, size.height),
  });
}

function positive(value) {
  return Number(value) > 0 ? Number(value) : 1040;
}
