import { z } from "zod";
import agents from "../../../deploy/grafana/dashboards/cere-agents.json" with { type: "json" };
import clusters from "../../../deploy/grafana/dashboards/cere-clusters.json" with { type: "json" };
import economics from "../../../deploy/grafana/dashboards/cere-economics.json" with { type: "json" };
import ingest from "../../../deploy/grafana/dashboards/cere-ingest.json" with { type: "json" };
import node from "../../../deploy/grafana/dashboards/cere-node.json" with { type: "json" };
import nodes from "../../../deploy/grafana/dashboards/cere-nodes.json" with { type: "json" };
import { notFound } from "../../kernel/errors.ts";
import { type Dashboard, type Panel, panelForms } from "./schema.ts";

/** The part of Grafana's Classic JSON that these files use. */
const classicPanel = z.object({
  id: z.int(),
  type: z.enum(panelForms),
  title: z.string(),
  description: z.string().optional(),
  gridPos: z.object({ x: z.int(), y: z.int(), w: z.int(), h: z.int() }),
  targets: z.tuple([z.object({ rawSql: z.string() })]),
  fieldConfig: z.object({
    defaults: z.object({
      unit: z.string(),
      decimals: z.int().optional(),
      max: z.number().optional(),
      custom: z.object({ stacking: z.object({ mode: z.string() }) }).optional(),
      thresholds: z.object({ steps: z.array(z.object({ value: z.number().nullable() })) }).optional(),
    }),
  }),
});
const classicDashboard = z.object({
  uid: z.string(),
  title: z.string(),
  description: z.string(),
  panels: z.array(classicPanel),
  templating: z.object({
    list: z.array(z.object({ name: z.string(), label: z.string(), query: z.string() })),
  }),
});

/** The dashboards that ship with the console: the same files that Grafana is provisioned with. */
export const dashboards: readonly Dashboard[] = [nodes, node, clusters, agents, ingest, economics].map(
  toDashboard,
);

export function requireDashboard(uid: string): Dashboard {
  const found = dashboards.find((dashboard) => dashboard.uid === uid);
  if (!found) throw notFound("dashboard", uid);
  return found;
}

export function requirePanel(dashboard: Dashboard, panelId: number): Panel {
  const found = dashboard.panels.find(({ id }) => id === panelId);
  if (!found) throw notFound("panel", `${dashboard.uid}/${panelId}`);
  return found;
}

function toDashboard(file: unknown): Dashboard {
  const { uid, title, description, panels, templating } = classicDashboard.parse(file);
  const path = `dashboards/${uid}.json`;
  return { uid, title, description, file: path, panels: panels.map(toPanel), variables: templating.list };
}

function toPanel({
  id,
  type,
  title,
  description,
  gridPos,
  targets,
  fieldConfig,
}: z.infer<typeof classicPanel>): Panel {
  const { unit, decimals, max, custom, thresholds } = fieldConfig.defaults;
  return {
    id,
    form: type,
    title,
    description: description ?? null,
    unit,
    decimals: decimals ?? null,
    isStacked: custom?.stacking.mode === "normal",
    max: max ?? null,
    limit: thresholds?.steps.findLast(({ value }) => value !== null)?.value ?? null,
    grid: gridPos,
    rawSql: targets[0].rawSql,
  };
}
