import type { FromTab, LiveLink, ToTab } from "./live-protocol.ts";
import { liveProtocol } from "./live-protocol.ts";

/** The shared worker's socket; where there is no shared worker, a socket of this tab's own. */
export function openLiveLink(deliver: (message: ToTab) => void): LiveLink {
  const worker = startWorker();
  if (!worker) return openOwnSocket(deliver);
  let link: LiveLink = { send: (message) => worker.port.postMessage(message) };
  const said: FromTab[] = [];
  worker.onerror = () => {
    // The script could not be loaded. What was said to it is said again to the socket.
    link = openOwnSocket(deliver);
    for (const message of said.slice(-1)) link.send(message);
  };
  worker.port.onmessage = ({ data }: MessageEvent<ToTab>) => deliver(data);
  return {
    send: (message) => {
      said.splice(0, said.length, message);
      link.send(message);
    },
  };
}

function startWorker(): SharedWorker | null {
  if (typeof SharedWorker === "undefined") return null;
  try {
    return new SharedWorker(`/live-worker.js?protocol=${liveProtocol}`, { name: "live" });
  } catch {
    return null;
  }
}

/** Loaded only where it is needed: most browsers never fetch this part. */
function openOwnSocket(deliver: (message: ToTab) => void): LiveLink {
  const connection = import("./live-connection.ts").then(
    ({ LiveConnection }) => new LiveConnection({ origin: window.location.origin, now: Date.now, deliver }),
  );
  return { send: (message) => void connection.then((opened) => opened.hear("tab", message)) };
}
