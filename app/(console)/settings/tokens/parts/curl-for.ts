import type { TokenScope } from "../../../../../server/kernel/roles.ts";

const post = (path: string, type: string, file: string) => [path, type, file] as const;

const sends: Readonly<Partial<Record<TokenScope, ReturnType<typeof post>>>> = {
  "alertmanager:write": post("/api/v1/alertmanager", "application/json", "webhook.json"),
  "lineage:write": post("/api/v1/lineage", "application/json", "run-event.json"),
  "cdevents:write": post("/api/v1/cdevents", "application/cloudevents+json", "service-deployed.json"),
  "otlp:write": post("/api/v1/otlp/v1/metrics", "application/json", "metrics.json"),
};

/** A command that uses the scope; the secret comes from the environment, so that it stays out of the shell's history. */
export function curlFor(scope: TokenScope, origin: string): string {
  const bearer = '-H "authorization: Bearer $CERE_TOKEN"';
  const send = sends[scope];
  if (send) {
    const [path, type, file] = send;
    return [`curl -sS ${origin}${path}`, bearer, `-H "content-type: ${type}"`, `--data @${file}`].join(
      " \\\n  ",
    );
  }
  if (scope === "metrics:read") return [`curl -sS ${origin}/metrics`, bearer].join(" \\\n  ");
  const input = `--data-urlencode 'input={"network":"mainnet"}'`;
  return [`curl -sSG ${origin}/api/trpc/system.status`, bearer, input].join(" \\\n  ");
}
