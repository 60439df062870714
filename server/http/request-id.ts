import { randomUUID } from "node:crypto";

const acceptable = /^[A-Za-z0-9._-]{8,128}$/;

/** The caller's own id when it is a harmless one, so that a request can be followed across systems; else a new one. */
export function requestIdFrom(header: string | string[] | undefined): string {
  return typeof header === "string" && acceptable.test(header) ? header : randomUUID();
}
