import type { IncomingMessage, ServerResponse } from "node:http";
import type { Logger } from "../ports/logger.ts";

/** One request and its answer, with what the edge found out about them. */
export type Exchange = {
  request: IncomingMessage;
  response: ServerResponse;
  url: URL;
  requestId: string;
  /** Null when the socket is gone already. */
  address: string | null;
  log: Logger;
};

/** A path of its own, or everything below it when it ends with a slash. */
export type Route = {
  path: string;
  maxBodyBytes: number;
  /** The route counts the bytes as they come, so a body without a declared length may reach it. */
  countsBody?: true;
  handle(exchange: Exchange): void | Promise<void>;
};

/** Node's header record as the Fetch API has it. */
export function fetchHeaders(request: IncomingMessage): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    if (Array.isArray(value)) for (const item of value) headers.append(name, item);
    else if (value !== undefined) headers.set(name, value);
  }
  return headers;
}

export function findRoute(routes: readonly Route[], path: string): Route | null {
  return (
    routes.find((route) => (route.path.endsWith("/") ? path.startsWith(route.path) : path === route.path)) ??
    null
  );
}
