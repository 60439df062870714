import type { NetworkName } from "../../kernel/networks.ts";

export type QueryScope = {
  network: NetworkName;
  from: Date;
  to: Date;
  stepMs: number;
  /** By name; null = all, which the statement is told as null. */
  variables: ReadonlyMap<string, readonly string[]>;
};

export type ExpandedQuery = { text: string; values: (readonly string[])[] };

/** Steps that people know from clocks; a minute is the finest that the views have. */
const stepsMs = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440, 10_080].map(
  (minutes) => minutes * 60_000,
);
const fewestPoints = 240;

/** The step that Grafana's `$__interval` would be for a panel with a least interval of one minute. */
export function panelStepMs(from: Date, to: Date): number {
  const spanMs = to.getTime() - from.getTime();
  return stepsMs.find((stepMs) => spanMs / stepMs <= fewestPoints) ?? stepsMs.at(-1) ?? 60_000;
}

/** Only of names that stand in a file of ours, so never of text that a person typed. */
const macro = /\$__(timeFilter|timeGroup)\(([^)]*)\)|\$__(timeFrom|timeTo)\(\)|\$__(interval_ms|interval)\b/g;

/**
 * Writes a panel's stored question as PostgreSQL takes it: Grafana's macros with the values that Grafana would put in
 * (its PostgreSQL data source, macros.go), variables as parameters, views of this network's own schema.
 */
export function expandQuery(rawSql: string, scope: QueryScope): ExpandedQuery {
  const { from, to, stepMs, network } = scope;
  const values: (readonly string[])[] = [];
  const text = rawSql
    .replace(
      macro,
      (
        _all,
        call: string | undefined,
        args: string,
        edge: string | undefined,
        interval: string | undefined,
      ) => {
        if (call === "timeFilter") return `${args.trim()} BETWEEN '${iso(from)}' AND '${iso(to)}'`;
        if (call === "timeGroup") return timeGroup(args, stepMs);
        if (edge) return `'${iso(edge === "timeFrom" ? from : to)}'`;
        return interval === "interval_ms" ? String(stepMs) : `${stepMs / 1000}s`;
      },
    )
    .replace(/\$([a-z]\w*)/gi, (_all, name: string) => {
      const chosen = scope.variables.get(name);
      if (!chosen) throw new Error(`The question names $${name}, which its dashboard does not have`);
      values.push(chosen);
      return `SELECT unnest($${values.length}::text[])`;
    })
    .replace(/\bgrafana_(\w+)/g, `grafana_${network}.grafana_$1`);
  return { text, values };
}

const unitSeconds: Record<string, number> = { s: 1, m: 60, h: 3600, d: 86_400 };

/** `$__timeGroup(column, '5m')`: seconds since the epoch at the start of the step. */
function timeGroup(args: string, stepMs: number): string {
  const [column = "", width = ""] = args.split(",").map((part) => part.trim().replaceAll("'", ""));
  const match = /^(\d+)([smhd])$/.exec(width);
  const seconds = match ? Number(match[1]) * (unitSeconds[match[2] ?? "s"] ?? 1) : stepMs / 1000;
  return `floor(extract(epoch from ${column})/${seconds})*${seconds}`;
}

function iso(at: Date): string {
  return at.toISOString();
}
