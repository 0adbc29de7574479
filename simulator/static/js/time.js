/**
 * Civil time of Bangkok. A moment is carried as "civil milliseconds": the Bangkok wall clock read as if it were UTC, so that
 * the reader's own time zone never plays a part. Bangkok has been seven hours ahead of UTC without summer time since 1920.
 */
import { t } from "./i18n.js";

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
const BANGKOK_OFFSET = 7 * HOUR;
const BUDDHIST_ERA = 543;

/** Civil milliseconds of an ISO instant (with offset) or of a naive Bangkok time; null when it is neither. */
export function civil(iso) {
  if (!iso) return null;
  const zoned = /(?:Z|[+-]\d\d:?\d\d)$/.test(iso);
  const ms = Date.parse(zoned ? iso : `${iso}Z`);
  if (Number.isNaN(ms)) return null;
  return zoned ? ms + BANGKOK_OFFSET : ms;
}

/** Civil milliseconds of this computer's present moment. */
export function civilNow() {
  return Date.now() + BANGKOK_OFFSET;
}

/** ISO 8601 with Bangkok's offset, to the second. */
export function toIso(ms) {
  return `${new Date(ms).toISOString().slice(0, 19)}+07:00`;
}

/** The value that <input type="datetime-local"> wants. */
export function toInput(ms) {
  return new Date(ms).toISOString().slice(0, 16);
}

/** Civil milliseconds of a datetime-local value, or null. */
export function fromInput(value) {
  return civil(value ? `${value}:00`.slice(0, 19) : null);
}

/** The first moment after `ms` at which the wall clock shows hour:minute. */
export function nextAt(ms, hour, minute) {
  const today = Math.floor(ms / DAY) * DAY + hour * HOUR + minute * MINUTE;
  return today > ms ? today : today + DAY;
}

/** Weekday, day, month and year, written out: the Buddhist year in Thai, both years in English. */
export function longDate(ms) {
  return t("date.long", parts(ms));
}

/** A short date with its weekday, as in the chat. */
export function shortDate(ms) {
  return t("date.short", parts(ms));
}

/** Hours and minutes as the page's language writes them. */
export function clockTime(ms) {
  return t("date.clock", parts(ms));
}

/** Short date and time together. */
export function shortMoment(ms) {
  return `${shortDate(ms)} ${clockTime(ms)}`;
}

function parts(ms) {
  const date = new Date(ms);
  const year = date.getUTCFullYear();
  const weekday = t("date.days").split(" ")[date.getUTCDay()];
  return {
    weekday,
    weekday3: weekday.slice(0, 3),
    day: date.getUTCDate(),
    month: t("date.months").split(" ")[date.getUTCMonth()],
    month_short: t("date.months_short").split(" ")[date.getUTCMonth()],
    ce: year,
    be: year + BUDDHIST_ERA,
    be2: String(year + BUDDHIST_ERA).slice(-2),
    hh: String(date.getUTCHours()).padStart(2, "0"),
    mm: String(date.getUTCMinutes()).padStart(2, "0"),
    ss: String(date.getUTCSeconds()).padStart(2, "0"),
  };
}

/** "HH:mm:ss" of the ticking clock. */
export function ticking(ms) {
  const { hh, mm, ss } = parts(ms);
  return { hhmm: `${hh}:${mm}`, ss };
}
