import { once } from "node:events";
import { createServer } from "node:http";
import { openIdentityProvider } from "./identity-provider.ts";
import { openMailSink } from "./mail-sink.ts";
import type { PeoplePlan, PeopleReport } from "./people-messages.ts";

/** What people need around the console: an identity provider and a server for mail. Ends with its parent. */
process.once("message", (plan: PeoplePlan) => {
  start(plan).then(
    () => report({ kind: "ready" }),
    (error: unknown) => {
      report({ kind: "failed", reason: error instanceof Error ? error.message : String(error) });
      process.exit(1);
    },
  );
});
process.on("disconnect", () => process.exit());
for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => process.exit());

async function start(plan: PeoplePlan): Promise<void> {
  const provider = createServer(await openIdentityProvider(plan));
  provider.listen(plan.providerPort, "127.0.0.1");
  const mail = openMailSink(plan.mailFolder);
  mail.listen(plan.mailPort, "127.0.0.1");
  await Promise.all([once(provider, "listening"), once(mail.server, "listening")]);
}

function report(message: PeopleReport): void {
  process.send?.(message);
}
