// The desk in the browser. A page that is looked at stays current: it asks again, and is drawn anew only when something has changed.
"use strict";

function keepCurrent() {
  const main = document.querySelector("main[data-poll]");
  if (!main) return;
  let tag = main.dataset.tag;
  let unanswered = false;
  // somebody at work in the page is not interrupted
  const atWork = () => main.contains(document.activeElement) && document.activeElement !== main;
  async function look() {
    const answer = await fetch(location.href, { cache: "no-cache", headers: { "If-None-Match": `"${tag}"` } });
    if (answer.status === 401) return location.reload();
    if (answer.status !== 200) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("main");
    // who has begun meanwhile sees it at a later look
    if (!fresh || fresh.dataset.tag === tag || atWork()) return;
    tag = fresh.dataset.tag;
    main.replaceChildren(...fresh.childNodes);
    // what the page waited for is there
    if (!fresh.dataset.poll) clearInterval(asking);
  }
  async function ask() {
    // one look at a time: an answer that is long on its way would put back what a later one has brought
    if (document.hidden || unanswered || atWork()) return;
    unanswered = true;
    await look().finally(() => { unanswered = false; });
  }
  const asking = setInterval(() => ask().catch(() => {}), Number(main.dataset.poll) * 1000);
}

// Arrow keys walk through a gallery, and from one photo to the next.
function walk() {
  const gallery = document.querySelector("[data-keys]");
  const steps = { ArrowRight: 1, ArrowLeft: -1 };
  document.addEventListener("keydown", (press) => {
    if (press.altKey || press.ctrlKey || press.metaKey || press.target.matches("select, input, textarea")) return;
    const step = steps[press.key];
    if (gallery) {
      const photos = [...gallery.querySelectorAll("a")];
      const columns = getComputedStyle(gallery).gridTemplateColumns.split(" ").length;
      const move = step ?? { ArrowDown: columns, ArrowUp: -columns }[press.key];
      if (!move) return;
      const here = photos.indexOf(document.activeElement);
      const to = photos[here < 0 ? 0 : here + move];
      if (to) press.preventDefault(), to.focus();
    } else if (step) {
      document.querySelector(step > 0 ? "a[rel=next]" : "a[rel=prev]")?.click();
    }
  });
}

// The keys that stand on the buttons press them.
function press() {
  document.addEventListener("keydown", (pressed) => {
    if (pressed.altKey || pressed.ctrlKey || pressed.metaKey || pressed.repeat) return;
    if (!/^[0-9]$/.test(pressed.key)) return;
    document.querySelector(`button[data-key="${pressed.key}"]`)?.click();
  });
}

// One box ticks all of its name; without script each is ticked by itself.
function tickAll() {
  for (const label of document.querySelectorAll("[data-tick-all]")) {
    const boxes = document.querySelectorAll(`input[name="${label.dataset.tickAll}"]`);
    label.hidden = false;
    label.querySelector("input").addEventListener("change", (change) => {
      for (const box of boxes) box.checked = change.target.checked;
    });
  }
}

// A text that is to be pasted elsewhere; without script it stands there to be marked and copied by hand.
function copy() {
  for (const button of document.querySelectorAll("button[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      const words = document.getElementById(button.dataset.copy);
      words.select();
      // the clipboard is there on https alone
      await (navigator.clipboard?.writeText(words.value) ?? Promise.reject()).catch(() => document.execCommand("copy"));
      button.parentElement.querySelector("[role=status]").textContent = button.dataset.done;
    });
  }
}

tickAll();
keepCurrent();
walk();
press();
copy();
