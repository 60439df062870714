import type { Running } from "../kernel/lifecycle.ts";

export type Candidate = {
  /** Names the job; contenders with the same name exclude each other. */
  name: string;
  /** Runs while elected. Must end soon after the signal aborts; it may be started again later. */
  work(signal: AbortSignal): Promise<void>;
};

/** At most one of all processes works on a job; when it goes away another takes over within seconds. */
export type Election = { whileElected(candidate: Candidate): Running & { isElected(): boolean } };
