import { LiveConnection } from "./live-connection.ts";
import { type FromTab, type ToTab, tabIsGoneAfterMs, tabSpeaksEveryMs } from "./live-protocol.ts";

/** The shared worker: one socket for all tabs of the browser. Bundled to public/live-worker.js. */
type Tab = { port: MessagePort; spokeAt: number };

const tabs = new Map<string, Tab>();
let tabCount = 0;

const connection = new LiveConnection({
  origin: self.location.origin,
  now: Date.now,
  deliver: (message, to) => {
    for (const id of to ?? tabs.keys()) tabs.get(id)?.port.postMessage(message);
  },
});

addEventListener("connect", (event) => {
  const port = event instanceof MessageEvent ? event.ports[0] : undefined;
  if (port) welcome(port);
});

setInterval(() => {
  const goneBefore = Date.now() - tabIsGoneAfterMs;
  for (const [id, tab] of tabs) if (tab.spokeAt < goneBefore) forget(id);
}, tabSpeaksEveryMs);

function welcome(port: MessagePort): void {
  tabCount += 1;
  const id = `tab-${tabCount}`;
  const say = (message: ToTab) => port.postMessage(message);
  port.onmessage = ({ data }: MessageEvent<FromTab>) => {
    if (data.kind === "bye") return forget(id);
    tabs.set(id, { port, spokeAt: Date.now() });
    connection.hear(id, data);
    say({ kind: "state", state: connection.state });
  };
  say({ kind: "state", state: connection.state });
}

function forget(id: string): void {
  tabs.delete(id);
  connection.hear(id, { kind: "bye" });
}
