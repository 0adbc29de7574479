/**
 * What a tap does, by LINE's action types. The phone is spoken to through a small port:
 * {pc, act(kind, body), sendText(text), fill(text), pickPhotos(camera), pickMoment(action), sendLocation(), showMenu(open),
 * say(key, vars)}.
 */
import { chatText } from "./action_node.js";
import { webUrl } from "./dom.js";

/** Actions after which LINE keeps the quick replies until data has really been sent. */
export const KEEPS_QUICK_REPLIES = new Set(["camera", "cameraRoll", "location", "datetimepicker", "clipboard"]);

/** Carry out `action` on `phone`. Resolves to false when something was to be sent and was not accepted. */
export async function runAction(action, phone) {
  const run = ACTIONS[action?.type];
  return run ? run(action, phone) : phone.say("action.unsupported");
}

const ACTIONS = {
  async postback(action, phone) {
    // "text" is the retired twin of displayText; LINE still shows it as a message of the user
    const shown = action.displayText ?? action.text;
    const body = { data: String(action.data ?? "") };
    if (shown) body.display_text = shown;
    const accepted = await phone.act("postback", body);
    if (action.inputOption === "openKeyboard" && !phone.pc) phone.fill(action.fillInText ?? "");
    if (["openRichMenu", "closeRichMenu"].includes(action.inputOption)) phone.showMenu(action.inputOption === "openRichMenu");
    return accepted;
  },

  message: (action, phone) => phone.sendText(String(action.text ?? "")),

  uri(action, phone) {
    const address = phone.pc ? action.altUri?.desktop ?? action.uri : action.uri;
    const text = chatText(address);
    if (text !== null && !phone.pc) return phone.fill(text);
    if (/^tel:/i.test(address)) return phone.say("action.call", { number: String(address).slice(4) });
    const url = text === null ? webUrl(address) : null;
    if (!url) return phone.say("action.link_refused");
    return window.open(url, "_blank", "noopener,noreferrer");
  },

  async datetimepicker(action, phone) {
    const value = await phone.pickMoment(action);
    return value ? phone.act("postback", { data: String(action.data ?? ""), params: { [action.mode]: value } }) : null;
  },

  richmenuswitch: (action, phone) => phone.act("richmenuswitch", { alias: action.richMenuAliasId, data: String(action.data ?? "") }),

  camera: (_action, phone) => phone.pickPhotos(true),
  cameraRoll: (_action, phone) => phone.pickPhotos(false),
  location: (_action, phone) => phone.sendLocation(),

  async clipboard(action, phone) {
    await navigator.clipboard?.writeText(String(action.clipboardText ?? ""));
    phone.say("bubble.copied");
  },
};
