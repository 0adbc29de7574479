/**
 * LINE's Flex measures as CSS. Only values that match LINE's own grammar get through: everything else is ignored, so a
 * message can never smuggle a style of its own making into the page.
 */
import { css } from "./dom.js";

const SPACES = { none: "0", xs: "2px", sm: "4px", md: "8px", lg: "12px", xl: "16px", xxl: "20px" };
const TEXT_SIZES = {
  xxs: "11px", xs: "13px", sm: "14px", md: "16px", lg: "19px", xl: "22px", xxl: "29px", "3xl": "35px", "4xl": "48px", "5xl": "74px",
};
const IMAGE_SIZES = {
  xxs: "40px", xs: "60px", sm: "80px", md: "100px", lg: "120px", xl: "140px", xxl: "160px", "3xl": "180px", "4xl": "200px",
  "5xl": "220px", full: "100%",
};
const BORDERS = { none: "0", light: "0.5px", normal: "1px", medium: "2px", "semi-bold": "3px", bold: "4px" };
const JUSTIFY = {
  "flex-start": "flex-start", center: "center", "flex-end": "flex-end",
  "space-between": "space-between", "space-around": "space-around", "space-evenly": "space-evenly",
};
const ALIGN_ITEMS = { "flex-start": "flex-start", center: "center", "flex-end": "flex-end" };
const ALIGN = { start: "start", center: "center", end: "end" };
const SELF = { start: "flex-start", center: "center", end: "flex-end", top: "flex-start", bottom: "flex-end" };
const LENGTH = /^-?\d{1,4}(\.\d{1,2})?(px|%)$/;
const COLOUR = /^#[0-9a-f]{6}([0-9a-f]{2})?$/i;

/** A "#RRGGBB[AA]" colour, or null. */
export function colour(value) {
  return typeof value === "string" && COLOUR.test(value) ? value : null;
}

/** A length in px or %, or the keyword's length in `words`, or null. */
export function length(value, words = SPACES) {
  if (typeof value !== "string") return null;
  if (Object.hasOwn(words, value)) return words[value];
  return LENGTH.test(value) ? value : null;
}

export const textSize = (value) => length(value, TEXT_SIZES);
export const imageSize = (value) => length(value, IMAGE_SIZES);
export const textAlign = (value) => (Object.hasOwn(ALIGN, value) ? ALIGN[value] : null);
export const selfAlign = (value) => (Object.hasOwn(SELF, value) ? SELF[value] : null);

/** "w:h" as a CSS aspect-ratio, or the fallback. */
export function aspect(value, fallback = "1 / 1") {
  const found = /^(\d{1,5})(?:\.\d+)?:(\d{1,5})(?:\.\d+)?$/.exec(value ?? "");
  return found && Number(found[1]) && Number(found[2]) ? `${found[1]} / ${found[2]}` : fallback;
}

/** How a child sits in its parent: flex share, the gap before it, its own offset. */
export function placeInParent(node, item, parent, isFirst) {
  const sideways = parent.layout !== "vertical";
  const gap = length(item.margin) ?? (isFirst ? null : length(parent.spacing));
  css(node, {
    flex: flexShare(item, sideways),
    "min-width": sideways ? "0" : null,
    [sideways ? "margin-inline-start" : "margin-block-start"]: gap,
  });
  if (item.position === "absolute") css(node, { position: "absolute", margin: "0" });
  else if (offsets(item)) css(node, { position: "relative" });
  css(node, {
    top: length(item.offsetTop), bottom: length(item.offsetBottom),
    "inset-inline-start": length(item.offsetStart), "inset-inline-end": length(item.offsetEnd),
  });
}

function offsets(item) {
  return item.offsetTop || item.offsetBottom || item.offsetStart || item.offsetEnd;
}

function flexShare(item, sideways) {
  const given = Number.isFinite(item.flex) && item.flex >= 0 ? item.flex : null;
  if (sideways && item.width) return "0 0 auto";
  if (given === 0) return "0 0 auto";
  if (given !== null) return sideways ? `${given} 1 0` : `${given} 0 auto`;
  if (!sideways || ["icon", "spacer"].includes(item.type)) return item.type === "filler" ? "1 0 auto" : "0 0 auto";
  return "1 1 0";
}

/** A box's own look: background, border, corners, size, padding and how it lays out its children. */
export function boxStyle(node, box) {
  css(node, {
    "background-color": colour(box.backgroundColor),
    "background-image": gradient(box.background),
    "border-radius": length(box.cornerRadius),
    width: length(box.width), "max-width": length(box.maxWidth),
    height: length(box.height), "max-height": length(box.maxHeight),
    padding: length(box.paddingAll),
    "padding-top": length(box.paddingTop), "padding-bottom": length(box.paddingBottom),
    "padding-inline-start": length(box.paddingStart), "padding-inline-end": length(box.paddingEnd),
    "justify-content": JUSTIFY[box.justifyContent], "align-items": ALIGN_ITEMS[box.alignItems],
  });
  const border = length(box.borderWidth, BORDERS);
  if (border || box.borderColor) css(node, { border: `${border ?? "1px"} solid ${colour(box.borderColor) ?? "transparent"}` });
  if (box.cornerRadius || box.height || box.maxHeight) css(node, { overflow: "hidden" });
}

function gradient(background) {
  if (background?.type !== "linearGradient" || !/^-?\d{1,3}(\.\d+)?deg$/.test(background.angle ?? "")) return null;
  const stops = [background.startColor, background.centerColor, background.endColor].map(colour);
  if (!stops[0] || !stops[2]) return null;
  const centre = stops[1] && /^\d{1,3}%$/.test(background.centerPosition ?? "") ? `, ${stops[1]} ${background.centerPosition}` : "";
  return `linear-gradient(${background.angle}, ${stops[0]} 0%${centre}, ${stops[2]} 100%)`;
}
