/** Where the proxy's own answers live, beside Grafana's paths. */
export const framePaths = { enter: "/-/enter", held: "/-/held", alive: "/-/alive" } as const;
/** Close codes above 4500 with a reason are final, also for Grafana's own live client. */
export const endedCode = 4_501;

/**
 * What stands first in Grafana's HTML. It takes a place (time range, variables) from the console's page and from nobody
 * else, and changes it the way that Grafana's pages follow without loading again; it says when it is ready; and it goes
 * blank as soon as the viewer's session has ended.
 */
export function bridgeScript(home: string): string {
  return `<script>(${bridge.toString()})(${forScript({ home, ...framePaths, endedCode })})</script>`;
}

type BridgeSettings = { home: string; held: string; alive: string; endedCode: number };

/** Runs in the browser as it is written here: it can use nothing from outside of it. */
function bridge({ home, held, alive, endedCode }: BridgeSettings): void {
  const movable = /^(?:from|to|timezone|refresh|var-\w{1,40})$/;
  const tell = (kind: string) => parent.postMessage({ kind }, home);
  const isPair = (pair: unknown) =>
    Array.isArray(pair) && pair.length === 2 && movable.test(pair[0]) && typeof pair[1] === "string";
  addEventListener("message", (event) => {
    if (event.origin !== home || event.source !== parent || event.data?.kind !== "grafana:place") return;
    if (!Array.isArray(event.data.search) || !event.data.search.every(isPair)) return;
    const url = new URL(location.href);
    for (const name of [...url.searchParams.keys()]) if (movable.test(name)) url.searchParams.delete(name);
    for (const [name, value] of event.data.search) url.searchParams.append(name, value);
    history.replaceState(history.state, "", url);
    dispatchEvent(new PopStateEvent("popstate", { state: history.state }));
  });
  const end = () => {
    tell("grafana:ended");
    document.documentElement.replaceChildren();
    location.replace("about:blank");
  };
  const hold = () => {
    const socket = new WebSocket(location.origin.replace(/^http/, "ws") + held);
    socket.onclose = (event) => (event.code === endedCode ? end() : setTimeout(ask, 1_000));
  };
  const ask = () => {
    fetch(alive, { cache: "no-store" }).then(
      (answer) => (answer.status === 401 ? end() : hold()),
      () => setTimeout(ask, 2_000),
    );
  };
  hold();
  tell("grafana:ready");
}

/** JSON that cannot end the script element that it stands in. */
function forScript(value: object): string {
  return JSON.stringify(value).replaceAll("<", "\\u003c");
}
