import type { Client } from "pg";

/** So many of the agents that run in prod have events all the time. */
const busyAgents = 500;
const minutesBefore = 2;
const minutesAhead = 5;

/** What runtimes say, as if they said it now and while this bench runs. */
export async function fillStatus(client: Client): Promise<void> {
  await client.query("TRUNCATE agent_slot, agent_latency, agent_instance");
  await client.query(
    `CREATE TEMPORARY TABLE busy AS SELECT agent_id, records->0->>'version' AS version FROM deployment
     WHERE environment = 'prod' ORDER BY agent_id LIMIT ${busyAgents}`,
  );
  await client.query(
    `INSERT INTO agent_slot (agent_id, environment, version, at, finished, failed)
     SELECT agent_id, 'prod', version, at, 580, 3 FROM busy, ${slots}`,
  );
  await client.query(
    `INSERT INTO agent_latency (agent_id, environment, version, at, bin, count)
     SELECT agent_id, 'prod', version, at, bin, 116 FROM busy, ${slots}, generate_series(150, 154) AS bin`,
  );
  await client.query(
    `INSERT INTO agent_instance (agent_id, environment, instance, region, heard_at, generation, acknowledged_at)
     SELECT agent_id, 'prod', 'prod-' || n, 'eu-central', now() + interval '${minutesAhead} minutes', 3, now() - interval '1 day'
     FROM busy, generate_series(1, 3) AS n`,
  );
  await client.query("ANALYZE agent_slot, agent_latency, agent_instance");
}

const slots = `generate_series(date_bin('10 s', now(), '2000-01-01Z') - interval '${minutesBefore} minutes',
  now() + interval '${minutesAhead} minutes', interval '10 seconds') AS at`;
