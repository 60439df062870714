import { randomUUID } from "node:crypto";
import type { Sql, Transaction } from "../../ports/database.ts";
import { findConfig } from "../agent-config/find-config.ts";
import { findDeployment, loadVersions, sqlOf } from "./deployment-rows.ts";
import { type DesiredState, desiredType } from "./desired-state-schema.ts";
import type { Place } from "./schema.ts";

/**
 * Leaves in the outbox what is desired of a place: its SET and its configuration as they are in this transaction, which
 * holds the place, so that records of a key follow each other. Where nothing was ever deployed nobody listens.
 */
export async function tellRuntimes(tx: Transaction, place: Place, at: Date): Promise<void> {
  const data = await findDesired(sqlOf(tx), place);
  if (!data) return;
  const subject = `${place.environment}/${place.agentId}`;
  const desired: DesiredState = {
    specversion: "1.0",
    id: randomUUID(),
    source: "/console/deployments",
    type: desiredType,
    subject,
    time: at.toISOString(),
    data,
  };
  await tx.$executeRaw`
    INSERT INTO kafka_outbox (key, value, made_at) VALUES (${subject}, ${JSON.stringify(desired)}, ${at})`;
}

async function findDesired(sql: Sql, { agentId, environment }: Place): Promise<DesiredState["data"] | null> {
  const place = { agentId, environment };
  const deployment = await findDeployment(sql, place);
  if (!deployment) return null;
  const { generation, records } = deployment;
  const versions = await loadVersions(sql, agentId, [...new Set(records.map(({ version }) => version))]);
  const config = await findConfig(sql, place);
  const secrets = Object.entries(config?.secrets ?? {}).map(([name, { sealed }]) => [name, sealed]);
  return {
    ...place,
    generation,
    records,
    versions: Object.fromEntries(
      versions.map(({ cid, bundleCid, semver, manifest }) => [cid, { bundleCid, semver, manifest }]),
    ),
    config: {
      revision: config?.revision ?? 0,
      settings: config?.settings ?? {},
      secrets: Object.fromEntries(secrets),
    },
  };
}
