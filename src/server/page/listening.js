// SPDX-License-Identifier: Apache-2.0
// Hears a call while it goes on, for who may.
import { button, byId } from "./dom.js";
import { ask, attempt, whenSigned } from "./session.js";

const player = () => byId("live");

function stop() {
  player().removeAttribute("src");
  player().load();
  byId("listening").hidden = true;
}

async function listen(contact, name) {
  const { url } = await (await ask("POST", `api/contacts/${encodeURIComponent(contact)}/listen`)).json();
  player().src = url.slice(1);
  byId("listening-to").textContent = name;
  byId("listening").hidden = false;
  await player().play();
}

export const listenButton = (contact, name) => button("listen", () => attempt(() => listen(contact, name)));

player().addEventListener("ended", stop);
byId("stop-listening").addEventListener("click", stop);
whenSigned(stop);
