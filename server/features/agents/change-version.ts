import type { Ctx } from "../../ports/ctx.ts";
import { countRecordsNaming } from "../deployments/count-records-naming.ts";
import { changeState } from "./change-state.ts";
import type { ChangeVersionInput, DeprecateVersionInput, Version } from "./schema.ts";
import { verifyVersion } from "./verify-version.ts";

const verifyMs = 60_000;

/** A draft becomes one that may be deployed, an archived or deprecated one comes back; its bytes are hashed again first. */
export async function validateVersion(ctx: Ctx, input: ChangeVersionInput): Promise<Version> {
  await verifyVersion(ctx, input, AbortSignal.timeout(verifyMs));
  return change(ctx, { ...input, to: "validated", action: "agent.validate", sunsetAt: null });
}

export async function deprecateVersion(ctx: Ctx, input: DeprecateVersionInput): Promise<Version> {
  const sunsetAt = input.sunsetAt ? new Date(input.sunsetAt) : null;
  return change(ctx, { ...input, to: "deprecated", action: "agent.deprecate", sunsetAt });
}

/** Kept and readable for good, and no longer to be deployed. */
export async function archiveVersion(ctx: Ctx, input: ChangeVersionInput): Promise<Version> {
  return change(ctx, { ...input, to: "archived", action: "agent.archive", sunsetAt: null });
}

type Change = Omit<Parameters<typeof changeState>[2], "by" | "records">;

function change(ctx: Ctx, input: Change): Promise<Version> {
  return ctx.db.prisma.$transaction(async (tx) => {
    const records = await countRecordsNaming(tx, input);
    return changeState(tx, ctx, { ...input, by: "person", records });
  });
}
