/**
 * How an emulated host's page tells its server: a synchronous request while the page lives, a beacon or nothing when it
 * goes, as the profile says. In: a message; out: what became of it, {kind, note}; kind is one of
 *   stored         the server said that it has it
 *   refused        the server answered with an error
 *   unauthorised   the server answered 401 or 403: the session has ended
 *   login-page     the server answered with a web page instead: the session has ended, and it redirects to its login
 *   network        no answer
 *   beacon         handed to the browser, which sends it when it likes
 *   overflow       the browser did not take the beacon (64 KiB)
 */
export class Transport {
  /** @param faults {offline: boolean}: what the preview's buttons say of the network */
  constructor(url, session, settings, faults = {}) {
    Object.assign(this, { url, session, settings, faults });
    this.leaving = false;
    addEventListener("pagehide", () => (this.leaving = true));
    addEventListener("pageshow", () => (this.leaving = false));
  }

  send(message, finish) {
    const body = JSON.stringify({ session: this.session, finish, ...message });
    if (this.faults.offline) return { kind: "network", note: "the network is off" };
    if (this.leaving || (finish && this.settings.finish_by === "beacon")) return this.beacon(body);
    const outcome = this.request(body);
    return outcome.leaving ? this.beacon(body) : outcome;
  }

  beacon(body) {
    if (this.settings.leaving_by === "nothing" && this.leaving) return { kind: "network", note: "the page had gone" };
    if (navigator.sendBeacon(this.url, body)) return { kind: "beacon", note: "sent by beacon" };
    if (this.settings.overflow === "request" && !this.leaving) return this.request(body);
    return { kind: "overflow", note: "too large for a beacon: lost" };
  }

  request(body) {
    const request = new XMLHttpRequest();
    request.open("POST", this.url, false);
    request.setRequestHeader("Content-Type", "application/json");
    try {
      request.send(body);
    } catch (error) {
      // Browsers refuse synchronous requests while a page goes; there is no other sign of it than these words.
      if (/page dismissal/.test(error.message)) {
        this.leaving = true;
        return { leaving: true };
      }
      return { kind: "network", note: "no answer from the server" };
    }
    return outcome(request);
  }
}

function outcome(request) {
  const page = (request.getResponseHeader("Content-Type") ?? "").startsWith("text/html");
  if (request.status === 401 || request.status === 403) return { kind: "unauthorised", note: `HTTP ${request.status}` };
  if (page && request.status === 200) return { kind: "login-page", note: "a login page came back" };
  if (request.status !== 200) return { kind: "refused", note: `HTTP ${request.status}` };
  const { note } = JSON.parse(request.responseText);
  return { kind: "stored", note };
}
