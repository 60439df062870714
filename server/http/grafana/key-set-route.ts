import type { GrafanaKey } from "../../ports/grafana.ts";
import type { Route } from "../exchange.ts";

/** GET /.well-known/grafana-jwks.json: the key by which Grafana checks the console's tokens. Public by nature. */
export function grafanaKeySetRoute({ keySet }: GrafanaKey): Route {
  const body = JSON.stringify(keySet);
  return {
    path: "/.well-known/grafana-jwks.json",
    maxBodyBytes: 0,
    handle: ({ response }) => {
      response.setHeader("content-type", "application/jwk-set+json");
      response.setHeader("cache-control", "public, max-age=60");
      response.end(body);
    },
  };
}
