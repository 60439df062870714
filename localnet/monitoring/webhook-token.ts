import { readFileSync } from "node:fs";
import type { NewToken } from "../../server/features/tokens/schema.ts";
import { ConsoleSession } from "../agents/console-session.ts";
import { writeSecret } from "./monitoring-files.ts";

type TokenPlan = { consoleUrl: string; password: string; file: string };

const nothing = { version: "4", receiver: "console", status: "resolved", alerts: [] };
const timeoutMs = 20_000;

/** The token that Alertmanager shows the console, made as an operator makes one. One that still works is kept. */
export async function provideWebhookToken({ consoleUrl, password, file }: TokenPlan): Promise<void> {
  const known = readToken(file);
  if (known !== null && (await isTaken(consoleUrl, known))) return;
  const session = await ConsoleSession.open(consoleUrl, { email: "operator@demo.local", password });
  const { secret } = await session.mutate<NewToken>("tokens.create", {
    name: "Alertmanager of the demo",
    scopes: ["alertmanager:write"],
    bounds: { network: null, environment: null },
    days: 365,
  });
  writeSecret(file, secret);
}

function readToken(file: string): string | null {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return null;
  }
}

/** Tells the console of no alerts, which changes nothing. */
async function isTaken(consoleUrl: string, token: string): Promise<boolean> {
  const answer = await fetch(new URL("/api/v1/alertmanager", consoleUrl), {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
    body: JSON.stringify(nothing),
    signal: AbortSignal.timeout(timeoutMs),
  });
  await answer.body?.cancel();
  return answer.ok;
}
