import type { Ctx } from "../../ports/ctx.ts";
import type { Prometheus } from "../../ports/prometheus.ts";
import type { Monitoring, MonitoringService } from "./schema.ts";

/** The page asks again soon: better no answer than a late one. */
const waitMs = 2_500;

/** Prometheus and Grafana, which others run, as the web process reaches them now. Never rejects because of one of them. */
export async function listMonitoring(ctx: Pick<Ctx, "deps" | "clock">): Promise<Monitoring> {
  const at = ctx.clock.now();
  const { prometheus, grafana } = ctx.deps;
  const services = await Promise.all([askPrometheus(prometheus, at), askGrafana(grafana)]);
  return { at: at.toISOString(), services };
}

async function askPrometheus(prometheus: Prometheus | null, at: Date): Promise<MonitoringService> {
  const service = "prometheus";
  if (prometheus === null) return { service, host: null, state: "absent", gives: null, reason: null };
  const { host } = prometheus;
  try {
    const question = { expression: 'count_values("up", up)', at };
    const counts = await prometheus.query(question, AbortSignal.timeout(waitMs));
    const targets = (up: string) => counts.find(({ labels }) => labels.up === up)?.points.at(-1)?.value ?? 0;
    const [up, down] = [targets("1"), targets("0")];
    const reason = up + down === 0 ? "It scrapes nothing." : null;
    return { service, host, state: "ok", gives: `${up} of ${up + down} targets up`, reason };
  } catch (error) {
    return {
      service,
      host,
      state: "down",
      gives: null,
      reason: error instanceof Error ? error.message : String(error),
    };
  }
}

async function askGrafana(grafana: Ctx["deps"]["grafana"]): Promise<MonitoringService> {
  const service = "grafana";
  const host = grafana.sites.map(({ hostname }) => hostname).join(", ") || null;
  const state = await grafana.state();
  switch (state.kind) {
    case "absent":
      return { service, host: null, state: "absent", gives: null, reason: null };
    case "up":
      return { service, host, state: "ok", gives: `version ${state.version ?? "not told"}`, reason: null };
    case "down":
      return { service, host, state: "down", gives: null, reason: state.reason };
  }
}
