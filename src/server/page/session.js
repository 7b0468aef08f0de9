// SPDX-License-Identifier: Apache-2.0
// Who looks at the page: a user's token, kept until the tab is closed.
import { byId, words } from "./dom.js";

const signal = new EventTarget();
let token = sessionStorage.getItem("token") || "";

export const signedIn = () => token !== "";
/// `act` is called whenever somebody has signed in or out.
export const whenSigned = (act) => signal.addEventListener("signed", act);

/// Why not, in the center's words: text, or {"error": "…"}.
async function refusal(answer) {
  const json = (answer.headers.get("Content-Type") || "").startsWith("application/json");
  return json ? (await answer.json()).error : (await answer.text()).trim();
}

/// The answer to a request with the token; throws with the center's words where it is none.
export async function ask(method, path, body) {
  const headers = { Authorization: `Bearer ${token}` };
  const answer = await fetch(path, { method, headers, body: body && JSON.stringify(body) });
  if (answer.status === 401) sign("");
  if (!answer.ok) throw Object.assign(new Error(await refusal(answer)), { status: answer.status });
  return answer;
}

export function complain(error) {
  byId("refused").textContent = error ? error.message : "";
  byId("refused").hidden = !error;
}

/// Does what may be refused, and shows why it was.
export async function attempt(act) {
  try {
    complain(null);
    await act();
  } catch (error) {
    complain(error);
  }
}

function sign(given) {
  token = given;
  sessionStorage.setItem("token", token);
  document.body.classList.toggle("signed-in", signedIn());
  signal.dispatchEvent(new Event("signed"));
}

export function showSession(possible) {
  byId("session").hidden = !possible;
  byId("token").hidden = signedIn();
  byId("token").placeholder = words().token;
  byId("sign").textContent = signedIn() ? words().signOut : words().signIn;
}

byId("session").addEventListener("submit", (event) => {
  event.preventDefault();
  const given = byId("token").value.trim();
  byId("token").value = "";
  if (signedIn()) sign("");
  else if (given) attempt(async () => {
    token = given;
    await ask("GET", "api/mailboxes");
    sign(given);
  });
});
document.body.classList.toggle("signed-in", signedIn());
