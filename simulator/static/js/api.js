/** The simulator's control API, spoken over fetch. Nothing else in the page knows an address. */

const TIMEOUT_MS = 8_000;
const UPLOAD_TIMEOUT_MS = 60_000;

/** The server answered with an error, or (status 0) did not answer at all. */
export class ApiError extends Error {
  constructor(status, detail) {
    super(detail || `HTTP ${status}`);
    this.status = status;
  }
}

export class Api {
  /** @param {(up: boolean) => void} onReachable told after every call whether the server answered */
  constructor(onReachable = () => {}) {
    this.onReachable = onReachable;
    this.etags = new Map();
  }

  /** The whole page's state, or null when nothing has changed since the last call. */
  state() {
    return this.#poll("/sim/state", "state");
  }

  /** Messages of one phone, or one group, that are newer than `after`, or null when nothing has changed. */
  messages(userId, after) {
    return this.#poll(`${chatPath(userId)}/messages?after=${after}`, userId);
  }

  /** Forget what has been seen of one phone, so that the next call answers in full. */
  forget(userId) {
    this.etags.delete(userId);
  }

  log(after) {
    return this.#json("GET", `/sim/log?after=${after}`);
  }

  /** A rich menu as LINE's API describes it. */
  richMenu(id) {
    return this.#json("GET", `/sim/rich-menus/${encodeURIComponent(id)}`);
  }

  /** A group of people (user ids); the bot is not in it yet. */
  addGroup(group) {
    return this.#json("POST", "/sim/groups", group);
  }

  botInGroup(groupId, inside) {
    return this.#json(inside ? "POST" : "DELETE", `${chatPath(groupId)}/bot`);
  }

  memberOfGroup(groupId, userId, inside) {
    return this.#json(inside ? "POST" : "DELETE", `${chatPath(groupId)}/members/${encodeURIComponent(userId)}`);
  }

  /** One thing that somebody does in a group: text, event or unsend, with its user_id. */
  actInGroup(groupId, kind, body) {
    return this.#json("POST", `${chatPath(groupId)}/${kind}`, body);
  }

  addPhone(phone) {
    return this.#json("POST", "/sim/phones", phone);
  }

  changePhone(userId, change) {
    return this.#json("PATCH", phonePath(userId), change);
  }

  /** One thing the user does: text, sticker, postback, unsend, follow, unfollow, event. */
  act(userId, kind, body = {}) {
    return this.#json("POST", `${phonePath(userId)}/${kind}`, body);
  }

  /** Send files: kind "photo" (several make an album), "video" or "file". */
  async upload(userId, kind, files) {
    const form = new FormData();
    for (const file of files) form.append("file", file, file.name);
    const response = await this.#fetch(`${phonePath(userId)}/${kind}`, { method: "POST", body: form }, UPLOAD_TIMEOUT_MS);
    return parsed(response);
  }

  jump(iso) {
    return this.#json("POST", "/sim/clock", { to: iso });
  }

  settings(change) {
    return this.#json("POST", "/sim/settings", change);
  }

  async #poll(path, key) {
    const seen = this.etags.get(key);
    const headers = seen?.path === path ? { "If-None-Match": seen.etag } : {};
    const response = await this.#fetch(path, { headers });
    if (response.status === 304) return null;
    const body = await parsed(response);
    const etag = response.headers.get("ETag");
    if (etag) this.etags.set(key, { path, etag });
    return body;
  }

  async #json(method, path, body) {
    const options = { method };
    if (body !== undefined) {
      options.headers = { "Content-Type": "application/json" };
      options.body = JSON.stringify(body);
    }
    return parsed(await this.#fetch(path, options));
  }

  async #fetch(path, options = {}, timeout = TIMEOUT_MS) {
    try {
      const response = await fetch(path, { cache: "no-store", ...options, signal: AbortSignal.timeout(timeout) });
      this.onReachable(true);
      return response;
    } catch (error) {
      this.onReachable(false);
      throw new ApiError(0, error.message);
    }
  }
}

/** Where the bytes of a message that a phone sent can be seen. */
export function mediaUrl(userId, messageId) {
  return `${phonePath(userId)}/media/${encodeURIComponent(messageId)}`;
}

/** Ids of people begin with U, those of groups and rooms do not. */
function chatPath(id) {
  return id.startsWith("U") ? phonePath(id) : `/sim/groups/${encodeURIComponent(id)}`;
}

function phonePath(userId) {
  return `/sim/phones/${encodeURIComponent(userId)}`;
}

async function parsed(response) {
  const body = await response.json().catch(() => null);
  if (!response.ok) throw new ApiError(response.status, body?.message ?? body?.error);
  return body;
}
