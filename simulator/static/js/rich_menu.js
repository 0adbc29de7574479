/** The rich menu under a chat: a bar that opens and closes it, a picture, and its areas as buttons. LINE for PC has none. */
import { css, el } from "./dom.js";
import { icon } from "./icons.js";
import { t } from "./i18n.js";

export class RichMenu {
  /** @param host {pc, following, menuOf(id), onAction(action)} */
  constructor(host) {
    this.host = host;
    this.id = "";
    this.words = el("span");
    this.bar = el("button", { type: "button", class: "rich-menu-bar", "data-testid": "rich-menu-bar", on: { click: () => this.show(!this.open) } },
      this.words, icon("down"));
    this.panel = el("div", { class: "rich-menu-panel", "data-testid": "rich-menu" });
    this.node = el("div", { class: "rich-menu", hidden: true }, this.bar, this.panel);
  }

  /** The phone's data says which menu it has; draws it when it is another one than before. */
  async update(id) {
    this.#place();
    if (id === this.id) return;
    this.id = id;
    this.menu = null;
    this.#place();
    if (!id) return;
    const menu = await this.host.menuOf(id).catch(() => null); // deleted meanwhile: the next state says so
    if (id !== this.id) return;
    this.menu = menu;
    if (!menu) this.id = "";
    else this.#draw(menu);
    this.#place();
  }

  show(open) {
    this.open = open;
    this.panel.hidden = !open;
    this.bar.setAttribute("aria-expanded", String(open));
  }

  #place() {
    this.node.hidden = !this.menu || this.host.pc || !this.host.following;
  }

  #draw(menu) {
    this.words.textContent = menu.chatBarText;
    const picture = el("img", { src: `/sim/rich-menus/${encodeURIComponent(menu.richMenuId)}/picture`, alt: "", draggable: "false" });
    this.panel.replaceChildren(picture, ...menu.areas.map((area, index) => this.#area(area, index, menu.size)));
    css(this.panel, { "aspect-ratio": `${menu.size.width} / ${menu.size.height}` });
    this.show(menu.selected);
  }

  #area({ bounds, action }, index, size) {
    const label = action.label ?? action.text ?? t("phone.menu_area", { n: index + 1 });
    const node = el("button", { type: "button", class: "rich-menu-area", "aria-label": label, on: { click: () => this.host.onAction(action) } });
    const part = (value, whole) => `${(100 * value) / whole}%`;
    return css(node, { left: part(bounds.x, size.width), top: part(bounds.y, size.height),
      width: part(bounds.width, size.width), height: part(bounds.height, size.height) });
  }
}
