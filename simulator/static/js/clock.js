/** The simulated clock: ticks by itself between two answers of the server, and is moved forward by "jump ahead". */
import { openDialog } from "./dialog.js";
import { el } from "./dom.js";
import { icon } from "./icons.js";
import { onLanguage, t } from "./i18n.js";
import { say } from "./notices.js";
import { civil, civilNow, DAY, fromInput, HOUR, longDate, MINUTE, nextAt, shortMoment, ticking, toInput, toIso } from "./time.js";

export class Clock {
  /** @param app {api, refresh()} */
  constructor(app) {
    this.app = app;
    this.offset = 0;
    this.known = false;
    this.date = el("span", { class: "clock-date" });
    this.time = el("span", { class: "clock-time" });
    this.face = el("div", { class: "clock-face", role: "timer", i18nAttrs: { "aria-label": "clock.label", title: "clock.label" }, "data-testid": "clock" },
      icon("clock"), el("div", {}, this.date, this.time));
    this.jump = el("button", { type: "button", class: "button accent", "data-testid": "jump", on: { click: () => this.#open() } },
      icon("forward"), el("span", { i18n: "clock.jump" }));
    this.node = el("div", { class: "clock" }, this.face, this.jump);
    onLanguage(() => this.#draw());
    setInterval(() => this.#draw(), 500);
    this.#draw();
  }

  /** Civil milliseconds now. */
  now() {
    return civilNow() + this.offset;
  }

  /** The server's {now, simulated}. */
  update({ now, simulated }) {
    const given = civil(now);
    this.known = given !== null;
    this.jump.hidden = !simulated;
    if (given === null) return;
    const difference = given - this.now();
    // smaller differences are only the way of the answer; following them would make the seconds stumble
    if (Math.abs(difference) > 1_500 || !this.synced) this.offset += difference;
    this.synced = true;
    this.#draw();
  }

  /** Ask the server to move the clock to civil `ms`. Resolves to null, or to the words that say why it did not. */
  async moveTo(ms) {
    try {
      const answer = await this.app.api.jump(toIso(ms));
      this.update({ simulated: true, ...(answer?.clock ?? answer) });
      say("clock.jumped", { now: shortMoment(this.now()) });
      await this.app.refresh();
      return null;
    } catch (error) {
      return error.status === 409 ? this.#backwards() : t("clock.refused");
    }
  }

  #draw() {
    const now = this.now();
    const { hhmm, ss } = ticking(now);
    const real = this.jump.hidden ? ` · ${t("clock.real")}` : "";
    const date = this.known ? longDate(now) + real : t("clock.away");
    if (this.date.textContent !== date) this.date.textContent = date;
    this.time.replaceChildren(this.known ? hhmm : "--:--", el("span", { class: "seconds", text: this.known ? `:${ss}` : "" }));
    this.face.dataset.now = this.known ? toIso(now) : "";
  }

  #open() {
    return openDialog("clock.jump_title", (close) => this.#form(close), "jump-dialog");
  }

  #form(close) {
    const problem = el("p", { class: "problem", role: "alert", hidden: true, "data-testid": "jump-problem" });
    const refuse = (words) => {
      problem.textContent = words;
      problem.hidden = false;
    };
    const go = async (ms) => {
      const words = await this.moveTo(ms);
      if (words) refuse(words);
      else close();
    };
    const now = this.now();
    const input = el("input", { type: "datetime-local", class: "field", id: "jump-to", required: true, "data-testid": "jump-to",
      min: toInput(now), value: toInput(nextAt(now, 9, 0)) });
    const spoken = el("output", { class: "spoken", for: "jump-to", text: shortMoment(nextAt(now, 9, 0)) });
    input.addEventListener("input", () => { spoken.textContent = input.value ? shortMoment(fromInput(input.value)) : ""; });
    const form = el("form", { class: "dialog-form", novalidate: true }, el("div", { class: "presets" }, presets(now, go)),
      el("label", { for: "jump-to", i18n: "clock.choose" }), input, spoken, problem,
      el("button", { type: "submit", class: "button primary", i18n: "clock.go", "data-testid": "jump-go" }),
      el("p", { class: "hint", i18n: "clock.forward_only" }));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const ms = fromInput(input.value);
      // the input has no seconds: within the present minute "now" is meant
      if (ms === null || ms + MINUTE <= this.now()) refuse(this.#backwards());
      else go(Math.max(ms, this.now()));
    });
    return form;
  }

  #backwards() {
    return t("clock.backwards", { now: shortMoment(this.now()) });
  }
}

/** The next moments worth going to, soonest first. */
function presets(now, go) {
  const moments = [
    ["plus_hour", now + HOUR], ["next_9", nextAt(now, 9, 0)], ["next_1330", nextAt(now, 13, 30)], ["plus_day", now + DAY],
  ].sort((a, b) => a[1] - b[1]);
  return moments.map(([name, ms], index) => el("button", { type: "button", class: "preset", autofocus: index === 0,
    data: { testid: `jump-${name}` }, on: { click: () => go(ms) } },
  el("span", { i18n: `clock.${name}` }), el("small", { text: shortMoment(ms) })));
}
