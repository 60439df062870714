import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Child, startChild, stopLeftover, tailOf } from "../processes/child.ts";
import { findFreePorts } from "../processes/free-port.ts";
import { type Supervised, supervise } from "../processes/supervise.ts";
import { demoRoleMap } from "./demo-people.ts";
import type { PeoplePlan, PeopleReport } from "./people-messages.ts";

export type PeopleServices = {
  /** What the console needs in its environment. */
  environment: Readonly<Record<string, string>>;
  providerUrl: string;
  mailFolder: string;
  stop(): Promise<void>;
};

export type PeopleOptions = {
  directory: string;
  consoleUrl: string;
  /** A secret of this local network. */
  clientSecret: string;
  say(line: string): void;
  onGiveUp(reason: string): void;
};

const usualPorts = { provider: 3_900, mail: 2_525 };
const readyMs = 30_000;
const clientId = "cere-console";

/** The identity provider and the server for mail, as one process that comes back at the same addresses. */
export async function startPeople(options: PeopleOptions): Promise<PeopleServices> {
  const { directory, consoleUrl, clientSecret, say, onGiveUp } = options;
  const [providerPort = 0, mailPort = 0] = await findFreePorts([usualPorts.provider, usualPorts.mail]);
  const mailFolder = join(directory, "mail");
  const issuer = `http://localhost:${providerPort}`;
  const redirectUri = new URL("/api/auth/oidc/callback", consoleUrl).href;
  const plan = { issuer, clientId, clientSecret, redirectUri, providerPort, mailPort, mailFolder };
  const running: Supervised<Child> = await supervise({
    name: "The identity provider",
    start: () => startProcess(directory, plan),
    say,
    onGiveUp,
  });
  return {
    environment: {
      OIDC_ISSUER: issuer,
      OIDC_NAME: "Local ID",
      OIDC_CLIENT_ID: clientId,
      OIDC_CLIENT_SECRET: clientSecret,
      OIDC_ROLE_MAP: demoRoleMap,
      SMTP_URL: `smtp://127.0.0.1:${mailPort}`,
      SMTP_FROM: "console@demo.local",
    },
    providerUrl: issuer,
    mailFolder,
    stop: () => running.stop(),
  };
}

async function startProcess(directory: string, plan: PeoplePlan): Promise<Child> {
  const pidFile = join(directory, "people.pid");
  const logFile = join(directory, "people.log");
  await stopLeftover(pidFile, "TERM");
  const ready = Promise.withResolvers<void>();
  const child = await startChild({
    name: "people",
    command: process.execPath,
    args: [fileURLToPath(new URL("people-process.ts", import.meta.url))],
    logFile,
    pidFile,
    stopSignal: "TERM",
    stopMs: 2_000,
    onMessage: (message) => {
      const report = message as PeopleReport;
      if (report.kind === "ready") ready.resolve();
      else ready.reject(new Error(`The identity provider failed: ${report.reason}`));
    },
  });
  child.send(plan);
  const timer = setTimeout(
    () => ready.reject(new Error("The identity provider did not start in time.")),
    readyMs,
  );
  const ended = child.exited.then(() => {
    throw new Error(`The identity provider ended. Its log (${logFile}) ends with:\n${tailOf(logFile)}`);
  });
  try {
    await Promise.race([ready.promise, ended]);
    return child;
  } catch (error) {
    await child.stop();
    throw error;
  } finally {
    clearTimeout(timer);
    ended.catch(() => {});
  }
}
