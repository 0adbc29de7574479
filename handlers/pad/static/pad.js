// Draws, keeps what was drawn on the telephone until the server says that it stands, and tries again by itself.
"use strict";

const LONGEST_PAUSE = 30000;
const page = document.body.dataset;
const canvas = document.getElementById("pad");
const told = document.getElementById("told");
const ready = told.textContent;
const buttons = { clear: document.getElementById("clear"), send: document.getElementById("send") };
const pad = new SignaturePad(canvas, { penColor: "#141e5a", minWidth: 1, maxWidth: 2.6 });
let trying = null;

function tell(words, kind = "") {
  told.textContent = words;
  told.className = kind;
}

function kept() {
  try {
    return JSON.parse(localStorage.getItem(page.key)) || { strokes: [], sending: false };
  } catch {
    return { strokes: [], sending: false };
  }
}

function keep(sending) {
  try {
    localStorage.setItem(page.key, JSON.stringify({ strokes: pad.toData(), role: role(), sending }));
  } catch {
    // a telephone that keeps nothing still sends
  }
}

function role() {
  const chosen = document.querySelector("input[name=role]:checked");
  return chosen ? chosen.value : "";
}

function fit() {
  const ratio = Math.max(window.devicePixelRatio || 1, 1);
  const drawn = pad.toData();
  canvas.width = canvas.offsetWidth * ratio;
  canvas.height = canvas.offsetHeight * ratio;
  canvas.getContext("2d").scale(ratio, ratio);
  pad.fromData(drawn);
}

function drawing() {
  const strokes = pad.toData().map((line) => line.points.map((point) => [Math.round(point.x * 10) / 10, Math.round(point.y * 10) / 10]));
  return JSON.stringify({ width: canvas.offsetWidth, height: canvas.offsetHeight, strokes });
}

function working(on) {
  buttons.send.disabled = on;
  buttons.clear.disabled = on;
  canvas.style.pointerEvents = on ? "none" : "";
}

async function post() {
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), 20000);
  const to = `${page.to}?role=${encodeURIComponent(role())}&lang=${encodeURIComponent(page.lang)}`;
  try {
    const answer = await fetch(to, { method: "POST", body: drawing(), headers: { "Content-Type": "application/json" }, signal: limit.signal });
    return { status: answer.status, told: (await answer.json()).told };
  } finally {
    clearTimeout(timer);
  }
}

async function send(pause = 2000) {
  clearTimeout(trying);
  trying = null;
  working(true);
  keep(true);
  tell(page.sending);
  let answer = null;
  try {
    answer = await post();
  } catch {
    // no network: the strokes are on the telephone
  }
  if (answer && answer.status === 200) {
    localStorage.removeItem(page.key);
    tell(answer.told, "good");
    return;
  }
  if (answer && answer.status < 500) {
    working(false);
    keep(false);
    tell(answer.told, "bad");
    return;
  }
  tell(page.kept, "bad");
  buttons.send.disabled = false;
  trying = setTimeout(() => send(Math.min(pause * 2, LONGEST_PAUSE)), pause);
}

buttons.clear.addEventListener("click", () => {
  pad.clear();
  localStorage.removeItem(page.key);
  tell(page.waiting);
});
buttons.send.addEventListener("click", () => send());
pad.addEventListener("endStroke", () => {
  tell(ready);
  keep(false);
});
window.addEventListener("resize", fit);
window.addEventListener("online", () => trying && send());

fit();
const before = kept();
if (before.strokes.length) {
  pad.fromData(before.strokes);
  const chosen = before.role && document.querySelector(`input[name=role][value="${before.role}"]`);
  if (chosen) chosen.checked = true;
  if (before.sending) send();
}
