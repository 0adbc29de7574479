/**
 * What a phone sends: one thing after another in the order it was done, shown at once as "sending", and kept with
 * "send again" when the server could not be reached, so that nothing typed is ever lost.
 */
import { el } from "./dom.js";
import { say } from "./notices.js";

export class Outgoing {
  /**
   * @param area where bubbles under way are shown
   * @param host {sent(), changed(), shows(messageId)} told when something was accepted, and when the area changed; asked
   * whether the chat shows a message
   */
  constructor(area, host) {
    this.area = area;
    this.host = host;
    this.queue = Promise.resolve();
    this.waiting = new Map();
  }

  /** Send without a bubble of its own (taps). Resolves to whether it was accepted. */
  quietly(send) {
    return this.#inTurn(async () => {
      try {
        await send();
        this.host.sent();
        return true;
      } catch {
        say("common.failed");
        return false;
      }
    });
  }

  /** Send with a bubble showing `content` (text or an element) until the chat itself shows the message. */
  visibly(content, send, onSent = () => {}) {
    const state = el("div", { class: "meta", i18n: "bubble.pending" });
    const row = el("div", { class: "row user pending" }, el("div", { class: "bubble" }, bubbleOf(content)), state);
    this.area.append(row);
    this.host.changed();
    const attempt = () => this.#inTurn(() => this.#attempt(row, state, send, onSent, attempt));
    return attempt();
  }

  /** The chat now shows these messages: their bubbles under way go. */
  arrived(messages) {
    for (const { message_id: id } of messages) {
      this.waiting.get(id)?.remove();
      this.waiting.delete(id);
    }
  }

  async #attempt(row, state, send, onSent, again) {
    row.classList.remove("failed");
    try {
      const answer = await send();
      onSent(answer);
      const id = [answer?.message_id, ...(answer?.message_ids ?? [])].filter(Boolean).at(-1);
      // the chat may have been read between the message's coming and this answer: nothing would take the bubble away later
      if (id && !this.host.shows(id)) this.waiting.set(id, row);
      else row.remove();
      this.host.sent();
    } catch {
      row.classList.add("failed");
      state.replaceChildren(...this.#failure(row, state, again));
      delete state.dataset.i18n;
    }
    this.host.changed();
  }

  #failure(row, state, again) {
    const retry = el("button", { type: "button", class: "text-button", i18n: "bubble.retry" });
    const discard = el("button", { type: "button", class: "text-button", i18n: "bubble.discard" });
    retry.addEventListener("click", () => {
      state.replaceChildren(el("span", { i18n: "bubble.pending" }));
      again();
    });
    discard.addEventListener("click", () => {
      row.remove();
      this.host.changed();
    });
    return [el("span", { i18n: "bubble.failed" }), retry, discard];
  }

  #inTurn(task) {
    const result = this.queue.then(task);
    this.queue = result.catch(() => {});
    return result;
  }
}

function bubbleOf(content) {
  return typeof content === "string" ? el("div", { class: "text", text: content }) : content;
}
