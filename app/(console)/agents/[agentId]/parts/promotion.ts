import { diffConfig } from "../../../../../server/features/agent-config/diff-rules.ts";
import type { ConfigView } from "../../../../../server/features/agent-config/schema.ts";
import type { PlaceSummary } from "../../../../../server/features/deployments/schema.ts";
import { agentHref } from "../../agent-href.ts";
import { environments } from "./place-params.ts";
import type { Environment } from "./use-place-of-agent.ts";

type Place = Pick<PlaceSummary, "environment" | "shares">;
type Config = { settings: ConfigView["settings"]; secrets: readonly { name: string }[] };

/** Where the version that everybody gets in `from` may go next: later environments in which it is not that one yet. */
export function promotionsOf(from: Place, places: readonly Place[]): Environment[] {
  const version = defaultOf(from);
  if (version === null) return [];
  const later = environments.slice(environments.indexOf(from.environment) + 1);
  return later.filter((environment) => {
    const place = places.find((candidate) => candidate.environment === environment);
    return place !== undefined && defaultOf(place) !== version;
  });
}

export function promotionHref(agentId: string, from: Place, to: Environment): string {
  const query = new URLSearchParams({ env: to, from: from.environment, version: defaultOf(from) ?? "" });
  return `${agentHref(agentId, "rollouts")}?${query}`;
}

/** What a version finds in one environment and not in the other: settings as JSON (null = the default), secrets by name. */
export function configAcross(from: Config, to: Config) {
  const names = new Set(to.secrets.map(({ name }) => name));
  return {
    settings: diffConfig({ settings: from.settings, secrets: [] }, { settings: to.settings, secrets: [] }),
    missingSecrets: from.secrets.map(({ name }) => name).filter((name) => !names.has(name)),
  };
}

function defaultOf({ shares }: Place): string | null {
  return shares.find(({ isDefault }) => isDefault)?.cid ?? null;
}
