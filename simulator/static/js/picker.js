/** LINE's date and time picker: the browser's own input in a dialog, with the chosen day read back in words. */
import { openDialog } from "./dialog.js";
import { el } from "./dom.js";
import { t } from "./i18n.js";
import { civil, clockTime, shortDate, shortMoment } from "./time.js";

const TYPES = { date: "date", time: "time", datetime: "datetime-local" };
const TITLES = { date: "picker.date", time: "picker.time", datetime: "picker.title" };
const LENGTHS = { date: 10, time: 5, datetime: 16 };

/**
 * Ask for a date, time or both, as a datetimepicker action {mode, initial?, min?, max?} says.
 * `now` (civil ms) is where the picker starts without `initial`. Resolves with LINE's form of the value, or null.
 */
export function pickMoment(action, now) {
  const mode = action.mode in TYPES ? action.mode : "date";
  return openDialog(TITLES[mode], (close) => form(mode, action, now, close), "picker");
}

function form(mode, action, now, close) {
  const input = el("input", {
    type: TYPES[mode], class: "field", required: true, autofocus: true, min: lineValue(action.min), max: lineValue(action.max),
    value: lineValue(action.initial) ?? within(startValue(mode, now), lineValue(action.min), lineValue(action.max)),
    i18nAttrs: { "aria-label": TITLES[mode] }, "data-testid": "picker-input",
  });
  const spoken = el("output", { class: "spoken", text: inWords(mode, input.value) });
  input.addEventListener("input", () => { spoken.textContent = inWords(mode, input.value); });
  const node = el("form", { class: "dialog-form", method: "dialog" }, input, spoken, range(mode, action),
    el("div", { class: "dialog-actions" },
      el("button", { type: "button", class: "button", i18n: "common.cancel", on: { click: () => close() } }),
      el("button", { type: "submit", class: "button primary", i18n: "picker.send", "data-testid": "picker-send" })));
  node.addEventListener("submit", (event) => {
    event.preventDefault();
    close(input.value.slice(0, LENGTHS[mode]));
  });
  return node;
}

function range(mode, action) {
  if (!action.min || !action.max) return null;
  const vars = { min: inWords(mode, lineValue(action.min)), max: inWords(mode, lineValue(action.max)) };
  return el("p", { class: "hint", text: t("picker.range", vars) });
}

/** LINE also writes "2021-06-30t10:00"; inputs want a capital T. */
function lineValue(value) {
  return value ? String(value).replace("t", "T") : null;
}

function startValue(mode, now) {
  const iso = new Date(now).toISOString();
  return mode === "time" ? iso.slice(11, 16) : iso.slice(0, LENGTHS[mode]);
}

function within(value, min, max) {
  if (min && value < min) return min;
  return max && value > max ? max : value;
}

function inWords(mode, value) {
  if (!value) return "";
  const moment = civil(mode === "time" ? `2000-01-01T${value}:00` : mode === "date" ? `${value}T00:00:00` : `${value}:00`);
  if (moment === null) return "";
  return { date: shortDate, time: clockTime, datetime: shortMoment }[mode](moment);
}
