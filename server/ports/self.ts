import type { BindingName } from "../kernel/bindings.ts";
import type { Health } from "../kernel/lifecycle.ts";
import type { NetworkName } from "../kernel/networks.ts";

/** What this process knows about itself without asking anybody. */
export type Self = {
  version: string;
  commit: string | null;
  /** Address that people open. */
  baseUrl: string;
  /** The Kafka topics that the console is configured to read; without a network they are for all. */
  bindings: readonly { binding: BindingName; network: NetworkName | null; topic: string }[];
  /** What it was started with, as the settings page shows it; values of secrets are not in it. */
  configuration: readonly {
    variable: string;
    about: string;
    isSecret: boolean;
    value: string | null;
    source: "environment" | "default" | "not set";
  }[];
  /** Of the parts that live in this very process, such as its ear for changes. */
  health(): readonly Health[];
};
