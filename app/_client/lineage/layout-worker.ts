import { layoutGraph } from "./graph-layout.ts";
import type { FromLayouter, ToLayouter } from "./layout-protocol.ts";

/** Lays graphs out beside the page, so that the page answers meanwhile. Runs as /layout-worker.js. */
type WorkerScope = {
  postMessage(message: FromLayouter): void;
  addEventListener(type: "message", listener: (event: MessageEvent<ToLayouter>) => void): void;
};

const scope = globalThis as unknown as WorkerScope;

scope.addEventListener("message", ({ data: { id, shape } }) => scope.postMessage(answer(id, shape)));

function answer(id: number, shape: ToLayouter["shape"]): FromLayouter {
  try {
    return { id, places: layoutGraph(shape) };
  } catch (error) {
    return { id, failure: error instanceof Error ? error.message : String(error) };
  }
}
