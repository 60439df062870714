import { parseMoment } from "../../kernel/time-range.ts";
import type { RunFilter } from "./schema.ts";

export type Conditions = { parts: string[]; values: unknown[]; add(value: unknown): string };

/** The filter as SQL over `agent_job j`. */
export function runConditions(input: RunFilter, span: { from: Date; to: Date }): Conditions {
  const values: unknown[] = [];
  const add = (value: unknown) => `$${values.push(value)}`;
  const { environment, version, status, instance, vaultId, cid, slowerThanMs } = input;
  const parts = [
    `j.agent_id = ${add(input.agentId)}`,
    `j.ended_at >= ${add(span.from)} AND j.ended_at < ${add(span.to)}`,
    `j.environment = ${add(environment)}`,
    ...(version ? [`j.version = ${add(version)}`] : []),
    ...(status ? [status === "failed" ? "j.error IS NOT NULL" : "j.error IS NULL"] : []),
    ...(instance ? [`j.instance = ${add(instance)}`] : []),
    ...(vaultId ? [`j.vault_id = ${add(vaultId)}`] : []),
    ...(cid ? [`j.cids @> ARRAY[${add(cid)}::text]`] : []),
    ...(slowerThanMs ? [`j.took_ms >= ${add(slowerThanMs)}::float8`] : []),
  ];
  return { parts, values, add };
}

const defaultFrom = "now-3h";

/** An open end takes in what is told a moment from now: the clocks of runtimes are not ours. */
export function spanOf({ from, to, asOf }: Pick<RunFilter, "from" | "to" | "asOf">, at: Date) {
  const now = asOf === undefined ? at : parseMoment(asOf, at, "asOf");
  const until = to === undefined || to.trim() === "now" ? now : parseMoment(to, now, "to");
  return { from: parseMoment(from ?? defaultFrom, now, "from"), to: until };
}
