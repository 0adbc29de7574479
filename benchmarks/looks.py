"""What must be true of every page that people see: nothing wider than the screen, every letter drawn, every text found.

A letter is drawn when its picture differs from that of a character which no font has.
"""

from __future__ import annotations

from playwright.sync_api import Page

from bot.messages.catalogue import Catalogue

_SCRIPT = """
(sections) => {
  const faults = [];
  const wide = window.innerWidth + 1;
  if (document.documentElement.scrollWidth > wide) faults.push("the page is wider than the screen");
  const shown = (node) => node.offsetParent !== null || node === document.body;
  const scrolls = (node) => {
    for (let up = node; up && up !== document.body; up = up.parentElement)
      if (["auto", "scroll"].includes(getComputedStyle(up).overflowX)) return true;
    return false;
  };
  for (const node of document.querySelectorAll("body *")) {
    const box = node.getBoundingClientRect();
    if (box.width && box.right > wide && shown(node) && !scrolls(node))
      faults.push(`${node.tagName.toLowerCase()}.${node.className} ends at ${Math.round(box.right)} px`);
  }
  const key = new RegExp(`^(${sections.join("|")})([.][a-z_0-9]+)+$`);
  const letters = new Map();
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    const parent = node.parentElement, words = node.nodeValue;
    if (!parent || ["SCRIPT", "STYLE", "OPTION", "NOSCRIPT", "TEXTAREA"].includes(parent.tagName)) continue;
    for (const word of words.split(/\\s+/))
      if (key.test(word) || /(?<![$])\\{[a-z_]+\\}/.test(word)) faults.push(`a text that was not found: ${word}`);
    const font = getComputedStyle(parent).fontFamily;
    if (!letters.has(font)) letters.set(font, new Set());
    for (const letter of words) if (!/[\\s\\p{Cc}\\p{Cf}\\p{M}]/u.test(letter)) letters.get(font).add(letter);
  }
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 48;
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  const drawn = (letter, font) => {
    pen.clearRect(0, 0, 48, 48);
    pen.font = `24px ${font}`;
    pen.fillText(letter, 8, 34);
    return pen.getImageData(0, 0, 48, 48).data.join();
  };
  for (const [font, found] of letters) {
    const nothing = drawn("\\u{10FFFD}", font);
    for (const letter of found)
      if (drawn(letter, font) === nothing) faults.push(`no font draws U+${letter.codePointAt(0).toString(16)}`);
  }
  return [...new Set(faults)];
}
"""


def faults_of(page: Page) -> list[str]:
    """A sentence for each fault of the page as it stands; empty when all is well."""
    sections = sorted({key.split(".")[0] for key in Catalogue.load("th")})
    found: list[str] = page.evaluate(_SCRIPT, sections)
    return found
