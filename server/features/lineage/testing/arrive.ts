import type { NetworkName } from "../../../kernel/networks.ts";
import { networkByName } from "../../../kernel/networks.ts";
import type { TestDatabase } from "../../../testing/database.ts";
import { faultText, isFault, parseLineageEvent } from "../parse-event.ts";
import { type ArrivedEvent, storeEvents } from "../store-events.ts";

/** Stores event texts in one batch, as a flush does. */
export async function arrive(
  db: TestDatabase,
  bodies: readonly string[],
  network: NetworkName = "mainnet",
): Promise<number> {
  const events = bodies.map((body): ArrivedEvent => {
    const parsed = parseLineageEvent(body);
    if (isFault(parsed)) throw new Error(faultText(parsed));
    return { ...parsed, network: networkByName(network).id, receivedAt: new Date(), origin: null };
  });
  return storeEvents((text, values) => db.sql(text, values), events);
}

type RunEventParts = {
  run: string;
  job?: string;
  type?: string;
  at: string;
  inputs?: readonly string[];
  outputs?: readonly string[];
  jobFacets?: Record<string, unknown>;
};

/** A run event over datasets of one namespace. */
export function aRunEvent({
  run,
  job = "job",
  type = "COMPLETE",
  at,
  inputs = [],
  outputs = [],
  jobFacets = {},
}: RunEventParts): string {
  const named = (name: string) => ({ namespace: "db", name });
  return JSON.stringify({
    eventTime: at,
    eventType: type,
    producer: "https://example.org/test",
    schemaURL: "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent",
    run: { runId: run },
    job: { namespace: "jobs", name: job, facets: jobFacets },
    inputs: inputs.map(named),
    outputs: outputs.map(named),
  });
}
