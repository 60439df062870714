/** How Grafana is, asked at most every few seconds: `absent` = none is configured. Times are RFC 3339. */
export type GrafanaState =
  | { kind: "absent" }
  | { kind: "up"; version: string | null; checkedAt: string }
  | { kind: "down"; reason: string; since: string; tries: number; checkedAt: string };

/** Grafana's HTTP API, as far as the console asks it. Never throws. */
export type Grafana = { state(): Promise<GrafanaState> };
