import { randomBytes } from "node:crypto";
import type { JSONWebKeySet } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { grafanaKeyOf } from "../../adapters/grafana/grafana-key.ts";
import { grantGrafanaRole } from "../../adapters/postgres/grafana-role.ts";
import { dashboards } from "../../features/dashboards/catalogue.ts";
import { getPanel } from "../../features/dashboards/get-panel.ts";
import { listOptions } from "../../features/dashboards/list-options.ts";
import type { Dashboard, Panel } from "../../features/dashboards/schema.ts";
import { aNetwork, insertCharge, networkAt } from "../../features/dashboards/testing/a-network.ts";
import { type GrafanaStandIn, openGrafanaStandIn } from "../../testing/grafana/grafana-stand-in.ts";
import {
  ask,
  type FrameConsole,
  frameSecret,
  openFrameConsole,
} from "../../testing/grafana/open-frame-console.ts";
import type { QueryResult } from "../../testing/grafana/stand-in-query.ts";

const readKeySet = async (): Promise<JSONWebKeySet> =>
  JSON.parse(JSON.stringify(grafanaKeyOf(frameSecret).keySet));
const from = new Date(networkAt.getTime() - 3 * 3_600_000);

describe("questions through Grafana's host, asked with the audience's database role", () => {
  let db: Awaited<ReturnType<typeof aNetwork>>;
  let grafana: GrafanaStandIn;
  let frames: FrameConsole;
  let cookie: string;
  beforeAll(async () => {
    db = await aNetwork();
    await insertCharge(db, "90071992547409930001");
    const password = randomBytes(18).toString("hex");
    const role = await grantGrafanaRole(db.url, { network: "mainnet", password });
    const source = Object.assign(new URL(db.url), { username: role, password });
    grafana = await openGrafanaStandIn({ rootUrl: null, readKeySet, sources: new Map([[1, source.href]]) });
    frames = await openFrameConsole({ db, upstream: grafana.url });
    cookie = await frames.enter((await frames.somebody()).actor);
  });
  afterAll(async () => {
    await frames[Symbol.asyncDispose]();
    await grafana.stop();
    await db.close();
  });

  const query = async (rawSql: string): Promise<QueryResult> => {
    const queries = [{ refId: "A", datasource: { uid: "cere-pg" }, rawSql, format: "table" }];
    const body = JSON.stringify({ queries, from: String(from.getTime()), to: String(networkAt.getTime()) });
    const origin = `http://mainnet.grafana.localhost:${frames.port}`;
    const headers = { cookie, origin, "content-type": "application/json" };
    const answer = await ask(frames.port, "/api/ds/query?ds_type=x", { method: "POST", body, headers });
    return JSON.parse(answer.body).results.A;
  };

  it.each([
    "SELECT * FROM public.auth_user",
    "SELECT token FROM public.auth_session",
    "SELECT * FROM grafana_testnet.grafana_node",
    "SELECT * FROM public.ddc_node",
    "SELECT pg_read_file('/etc/passwd')",
    "COPY (SELECT 1) TO PROGRAM 'true'",
    "SELECT lo_from_bytea(0, 'x')",
    "CREATE TABLE public.mine (id integer)",
    "DELETE FROM public.audit_entry",
    "SET ROLE postgres",
  ])("stops the forged %s", async (sql) => {
    expect((await query(sql)).error).toMatch(
      /permission denied|must be|to COPY to or from an external program/,
    );
  });

  it("takes no second statement, and no other audience's rows by any view that it has", async () => {
    expect((await query("SELECT 1; SELECT * FROM public.auth_user")).error).toContain("multiple commands");
    const { frames: rows } = await query("SELECT node FROM grafana_node");
    expect(rows?.[0]?.data.values).toEqual([["fsn1-s01"]]);
  });

  it.each(dashboards.flatMap((dashboard) => dashboard.panels.map((panel) => ({ dashboard, panel }))))(
    "$dashboard.uid: $panel.title is what the console itself draws",
    async ({ dashboard, panel }) => {
      const result = await query(await asBrowserSends(db, dashboard, panel));
      expect(result.error).toBeUndefined();
      const { answer } = await getPanel(db.ctx, {
        ...{ network: "mainnet", uid: dashboard.uid, panelId: panel.id, variables: {} },
        ...{ from: from.toISOString(), to: networkAt.toISOString() },
      });
      const [fields = [], values = []] = [result.frames?.[0]?.schema.fields, result.frames?.[0]?.data.values];
      if (answer.kind === "value") expect(String(values[0]?.[0] ?? null)).toBe(String(answer.value));
      if (answer.kind === "table") {
        const rows = (values[0] ?? []).map((_value, row) => values.map((column) => String(column[row])));
        expect(rows).toEqual(answer.rows);
      }
      if (answer.kind === "series") {
        expect(fields.map(({ name }) => name)).toEqual(expect.arrayContaining(["time", "value"]));
        const times = (values[0] ?? []).map(Number);
        expect(times, "Grafana takes rows in ascending time only").toEqual(times.toSorted((a, b) => a - b));
        const drawn = answer.series.flatMap((one) => one.values).filter((value) => value !== null);
        const column = values[fields.findIndex(({ name }) => name === "value")] ?? [];
        expect(
          column
            .filter((value) => value !== null)
            .map(Number)
            .toSorted(),
        ).toEqual(drawn.toSorted());
      }
    },
  );

  it("keeps amounts exact on the way that a browser reads them", async () => {
    const economics = dashboards.find(({ uid }) => uid === "cere-economics");
    const charges = economics?.panels.find(({ id }) => id === 2);
    if (!economics || !charges) throw new Error("There is no panel of charges.");
    const { frames: rows } = await query(await asBrowserSends(db, economics, charges));
    expect(rows?.[0]?.data.values[0]?.[0]).toBe("9007199254.7409930001");
  });
});

/** Variables and `$__interval` are put in by Grafana's page, everything else by its server. */
async function asBrowserSends(
  { ctx }: Awaited<ReturnType<typeof aNetwork>>,
  { variables }: Dashboard,
  { rawSql }: Panel,
): Promise<string> {
  let text = rawSql.replaceAll("$__interval_ms", "60000").replaceAll("$__interval", "1m");
  for (const variable of variables) {
    const values = await listOptions(ctx, variable, "mainnet");
    text = text.replaceAll(
      `$${variable.name}`,
      values.map((value) => `'${value.replaceAll("'", "''")}'`).join(","),
    );
  }
  return text;
}
