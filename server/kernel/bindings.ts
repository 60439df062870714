/**
 * What the console reads from Kafka, one line a binding: its default topic and what it carries. A topic `isPerNetwork`
 * belongs to one network; the records of others say themselves what they are about. The variable
 * KAFKA_<NAME>_TOPICS names other topics.
 */
export const bindings = [
  { name: "activity", topic: "ddc.activity", isPerNetwork: true, about: "DDC activity records" },
  {
    name: "agent-replays",
    topic: "cef.agents.replays",
    isPerNetwork: false,
    about: "What agent runtimes say of replays",
  },
  {
    name: "agent-status",
    topic: "cef.agents.status",
    isPerNetwork: false,
    about: "What agent runtimes say of themselves and of jobs",
  },
  { name: "lineage", topic: "openlineage.events", isPerNetwork: true, about: "OpenLineage events" },
  { name: "telemetry", topic: "otlp_metrics", isPerNetwork: true, about: "OTLP metrics of nodes" },
] as const satisfies readonly Binding[];

export type Binding = { name: string; topic: string; isPerNetwork: boolean; about: string };
export type BindingName = (typeof bindings)[number]["name"];

export const bindingNames = bindings.map(({ name }) => name);

export function topicsVariable(name: string): string {
  return `KAFKA_${name.toUpperCase().replaceAll("-", "_")}_TOPICS`;
}

/** One value a binding. */
export function byBinding<Value>(value: (name: BindingName) => Value): Record<BindingName, Value> {
  return Object.fromEntries(bindingNames.map((name) => [name, value(name)])) as Record<BindingName, Value>;
}
