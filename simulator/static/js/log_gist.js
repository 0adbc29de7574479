/** One line that says what a logged exchange was about, so that the log can be read without opening every row. */

const LONGEST = 120;

/** The gist of a webhook body or of a sending call's body; "" when it is neither. */
export function gist(body) {
  const parts = (body?.events ?? []).map(ofEvent).concat((body?.messages ?? []).map(ofMessage));
  const line = parts.join(" | ").replace(/\s+/g, " ");
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line;
}

function ofEvent(event) {
  const again = event.deliveryContext?.isRedelivery ? " (redelivery)" : "";
  const what = event.type === "postback" ? event.postback?.data : event.message ? ofMessage(event.message) : "";
  return `${event.type}${again} ${what ?? ""}`.trim();
}

function ofMessage(message) {
  const words = message.text ?? message.altText ?? message.fileName ?? "";
  return message.type === "text" ? words : `[${message.type}] ${words}`.trim();
}
