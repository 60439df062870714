import { spawn } from "node:child_process";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { findFreePort } from "../../localnet/processes/free-port.ts";

export type WebOptions = { databaseUrl: string; secret: string; root: string };

/** The real web process, as in production, on a free port. */
export async function startWeb({ databaseUrl, secret, root }: WebOptions) {
  const port = await findFreePort(3_920);
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(process.execPath, [join(root, "server/main.ts"), "--roles=web"], {
    env: {
      ...process.env,
      NODE_ENV: "production",
      DATABASE_URL: databaseUrl,
      AUTH_SECRET: secret,
      HOST: "127.0.0.1",
      PORT: String(port),
      BASE_URL: url,
      LOG_LEVEL: "warn",
    },
    stdio: ["ignore", "inherit", "inherit"],
  });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  for (let attempt = 0; attempt < 300; attempt += 1) {
    if (await isReady(url)) break;
    if (child.exitCode !== null) throw new Error(`The web process ended with code ${child.exitCode}.`);
    await pause(100);
  }
  return {
    url,
    stop: async () => {
      child.kill("SIGTERM");
      await ended;
    },
  };
}

function isReady(url: string): Promise<boolean> {
  return fetch(`${url}/readyz`).then(
    ({ ok }) => ok,
    () => false,
  );
}
