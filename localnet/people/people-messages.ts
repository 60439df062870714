import type { ProviderPlan } from "./identity-provider.ts";

export type PeoplePlan = ProviderPlan & { providerPort: number; mailPort: number; mailFolder: string };

export type PeopleReport = { kind: "ready" } | { kind: "failed"; reason: string };
