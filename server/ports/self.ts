import type { Health } from "../kernel/lifecycle.ts";
import type { NetworkName } from "../kernel/networks.ts";

/** What this process knows about itself without asking anybody. */
export type Self = {
  version: string;
  commit: string | null;
  /** The Kafka topics that the console is configured to read. */
  bindings: readonly { binding: "activity" | "telemetry"; network: NetworkName; topic: string }[];
  /** Of the parts that live in this very process, such as its ear for changes. */
  health(): readonly Health[];
};
