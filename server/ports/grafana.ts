import type { NetworkName } from "../kernel/networks.ts";

/** How Grafana is, asked at most three times a second: `absent` = none is configured. Times are RFC 3339. */
export type GrafanaState =
  | { kind: "absent" }
  | { kind: "up"; version: string | null; checkedAt: string }
  | { kind: "down"; reason: string; since: string; tries: number; checkedAt: string };

/** The host name under which one audience sees Grafana, and the organisation that is its own there. */
export type GrafanaSite = { network: NetworkName; hostname: string; origin: string; orgId: number };

/** Grafana's HTTP API, as far as the console asks it, and where people see it. Neither question throws. */
export type Grafana = {
  /** As it is now: a Grafana that hangs takes its time. */
  state(): Promise<GrafanaState>;
  /** As the last look found it; the next look begins meanwhile. Only the very first one is waited for. */
  known(): Promise<GrafanaState>;
  sites: readonly GrafanaSite[];
};

/** Who a request to Grafana is made for. `role` is never more than Viewer. */
export type GrafanaClaims = {
  iss: "cere-console";
  aud: "grafana";
  sub: string;
  email: string;
  role: "Viewer";
  /** The network, for `org_mapping`. */
  org: NetworkName;
  /** Seconds since the epoch. */
  iat: number;
  exp: number;
};

/** Signs for Grafana by ES256; `keySet` is the public half as RFC 7517 has it. */
export type GrafanaKey = { keySet: { keys: readonly object[] }; sign(claims: GrafanaClaims): string };
