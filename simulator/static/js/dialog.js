/** A modal dialog on the browser's own <dialog>: focus stays in, Escape closes, focus returns. */
import { el } from "./dom.js";
import { icon } from "./icons.js";

let lastId = 0;

/**
 * Show a dialog titled by `titleKey`. `build(close)` returns its content; `close(value)` ends it.
 * Resolves with that value, or with null when the reader dismisses it.
 */
export function openDialog(titleKey, build, testId = null) {
  return new Promise((resolve) => {
    let result = null;
    lastId += 1;
    const heading = el("h2", { id: `dialog-${lastId}`, i18n: titleKey });
    const dialog = el("dialog", { class: "dialog", "aria-labelledby": heading.id, "data-testid": testId });
    const close = (value = null) => {
      result = value;
      dialog.close();
    };
    const dismiss = el("button", { type: "button", class: "icon-button", i18nAttrs: { "aria-label": "common.close" } }, icon("close"));
    dismiss.addEventListener("click", () => close());
    dialog.append(el("div", { class: "dialog-head" }, heading, dismiss), build(close));
    dialog.addEventListener("click", (event) => event.target === dialog && close());
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(result);
    });
    document.body.append(dialog);
    dialog.showModal();
    dialog.querySelector("[autofocus]")?.focus();
  });
}
