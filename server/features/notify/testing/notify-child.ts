import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

export type NotifyPlan = {
  databaseUrl: string;
  secret: string;
  startsAt: string;
  topics: number;
  /** Nothing is over its limit any more: what fires resolves. */
  isQuiet: boolean;
};

export type NotifyChild = AsyncDisposable & { kill(): Promise<void> };

export async function startNotifyChild(plan: NotifyPlan): Promise<NotifyChild> {
  const child = fork(
    join(import.meta.dirname, "../../../testing/notify-process.ts"),
    [JSON.stringify(plan)],
    {
      stdio: ["ignore", "inherit", "inherit", "ipc"],
    },
  );
  const exited = once(child, "exit");
  await Promise.race([
    once(child, "message"),
    exited.then(() => Promise.reject(new Error("The process did not start."))),
  ]);
  const kill = async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill("SIGKILL");
    await exited;
  };
  return { kill, [Symbol.asyncDispose]: kill };
}
