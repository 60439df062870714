import type { Running } from "../../kernel/lifecycle.ts";
import { repeat } from "../../kernel/repeat.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { sweepUploads } from "./sweep-uploads.ts";

const everyMs = 5 * 60_000;

/** Replicas may sweep at the same time: what one removed is not there for the other. */
export function startUploadSweep(ctx: Pick<Ctx, "db" | "deps" | "clock" | "log">): Running {
  const stopping = new AbortController();
  const { signal } = stopping;
  const onError = (error: unknown) => ctx.log.warn({ err: error }, "uploads could not be swept");
  const loop = repeat({ pauseMs: everyMs, signal, onError }, async () => void (await sweepUploads(ctx)));
  return {
    stop: async () => {
      stopping.abort();
      await loop;
    },
  };
}
