import { z } from "zod";
import type { Clock } from "../../kernel/clock.ts";
import type { Grafana, GrafanaSite, GrafanaState } from "../../ports/grafana.ts";

export type GrafanaOptions = {
  /** Null: none is configured. */
  url: URL | null;
  sites?: readonly GrafanaSite[];
  clock: Clock;
  timeoutMs?: number;
  keepMs?: number;
};

const healthSchema = z.object({ version: z.string().max(40).optional(), database: z.string().optional() });

/** Asks GET /api/health, which needs no sign-in; an answer counts for `keepMs`, also one that is on its way. */
export function openGrafana(options: GrafanaOptions): Grafana {
  const { url, sites = [], clock, timeoutMs = 1_000, keepMs = 300 } = options;
  if (url === null) {
    const absent = async () => ({ kind: "absent" }) as const;
    return { sites: [], state: absent, known: absent };
  }
  let last: GrafanaState | null = null;
  let asked: { atMs: number; answer: Promise<GrafanaState> } | null = null;
  const ask = async () => {
    last = await judge(url, { last, at: clock.now().toISOString(), timeoutMs });
    return last;
  };
  const state = () => {
    const nowMs = clock.now().getTime();
    if (asked === null || nowMs - asked.atMs >= keepMs) asked = { atMs: nowMs, answer: ask() };
    return asked.answer;
  };
  return {
    sites,
    state,
    known: () => {
      const before = last;
      const next = state();
      return before === null ? next : Promise.resolve(before);
    },
  };
}

type Asking = { last: GrafanaState | null; at: string; timeoutMs: number };

async function judge(url: URL, { last, at, timeoutMs }: Asking): Promise<GrafanaState> {
  const reason = await findFault(url, timeoutMs);
  if (typeof reason !== "string") return { kind: "up", version: reason.version, checkedAt: at };
  const before = last?.kind === "down" ? last : null;
  return {
    kind: "down",
    reason,
    since: before?.since ?? at,
    tries: (before?.tries ?? 0) + 1,
    checkedAt: at,
  };
}

/** The version, or in words why it is not usable. */
async function findFault(url: URL, timeoutMs: number): Promise<{ version: string | null } | string> {
  try {
    const response = await fetch(new URL("api/health", withSlash(url)), {
      signal: AbortSignal.timeout(timeoutMs),
      redirect: "manual",
    });
    if (response.status !== 200) {
      await response.body?.cancel();
      return `Grafana answers ${response.status}`;
    }
    const health = healthSchema.safeParse(await response.json());
    if (!health.success) return "what answers at GRAFANA_URL is no Grafana";
    if (health.data.database === "failing") return "Grafana's own database is failing";
    return { version: health.data.version ?? null };
  } catch (error) {
    const isTimeout = error instanceof Error && error.name === "TimeoutError";
    return isTimeout ? `Grafana did not answer within ${timeoutMs / 1000} s` : "Grafana cannot be reached";
  }
}

function withSlash(url: URL): URL {
  return url.pathname.endsWith("/") ? url : new URL(`${url.href}/`);
}
