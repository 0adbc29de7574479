/** Puts the page together and keeps it in step with the server. */
import { Api } from "./api.js";
import { Clock } from "./clock.js";
import { groupData } from "./group.js";
import { startLanguage, tr } from "./i18n.js";
import { Log } from "./log.js";
import { startLoop } from "./loop.js";
import { say } from "./notices.js";
import { Phones } from "./phones.js";
import { TopBar } from "./topbar.js";

const EVERY_MS = 700;

function start() {
  startLanguage();
  const app = { api: new Api(connectionSign()), turn: 0, shown: 0 };
  app.clock = new Clock(app);
  app.now = () => app.clock.now();
  app.refresh = () => refresh(app);
  app.phones = new Phones(app, byId("phones"), byId("tabs"));
  app.log = new Log(byId("log"), app.api);
  app.bar = new TopBar(byId("topbar"), {
    clock: app.clock,
    onPhones: () => app.phones.manage(),
    onRedelivery: (on) => setRedelivery(app, on),
  });
  startLoop(app.refresh, () => EVERY_MS);
}

async function refresh(app) {
  const turn = ++app.turn;
  const state = await app.api.state();
  // several may ask at once, and be answered in any order: what was asked before what is shown is older
  if (!state || turn < app.shown) return;
  app.shown = turn;
  startOverAfterReset(app, state.counters);
  app.clock.update(state.clock);
  app.bar.update(state);
  app.phones.update([...state.phones, ...state.groups.map(groupData)]);
  app.log.update(state.phones);
}

/** The counters only grow; when they have fallen, the platform was reset and the chats shown are gone. */
function startOverAfterReset(app, { events, replies, pushes }) {
  const total = events + replies + pushes;
  if (total < app.total) app.phones.startOver();
  app.total = total;
}

async function setRedelivery(app, on) {
  try {
    await app.api.settings({ redelivery: on });
    await app.refresh();
  } catch {
    say("common.failed");
  }
}

/** Shows the "connection lost" line after two calls in a row without an answer, until the next answer. */
function connectionSign() {
  const line = byId("offline");
  let misses = 0;
  return (up) => {
    misses = up ? 0 : misses + 1;
    const away = misses >= 2;
    if (line.hidden === !away) return;
    line.hidden = !away;
    if (away) tr(line, "offline");
  };
}

function byId(id) {
  return document.getElementById(id);
}

start();
