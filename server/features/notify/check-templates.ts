import { buildContent, type ContentAlert } from "./build-content.ts";
import type { RouteDefinition } from "./schema.ts";

/** An alert that never was, for tests and for previews where there is none yet. */
export const inventedAlert: ContentAlert = {
  id: "1",
  change: "firing",
  title: "Node silent",
  detail: "42 s, limit above 15 s for 15 s; last heard 03:05:04 UTC",
  subject: "a node",
  severity: "warning",
  labels: { alertname: "node-silent", severity: "warning", source: "rule" },
  firedAt: "2026-01-01T00:00:00.000Z",
  at: "2026-01-01T00:00:00.000Z",
};

/** Throws `invalid` for a template that names what there is not. */
export function checkTemplates(definition: RouteDefinition): void {
  buildContent({
    network: "devnet",
    baseUrl: "http://console.invalid",
    templates: definition,
    alerts: [inventedAlert],
  });
}
