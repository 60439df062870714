import type { Operation, Status } from "../../kernel/cells.ts";
import type { Answer } from "./access-rules.ts";

export type AccessFacts = {
  status: Status;
  operation: Operation;
  at: Date;
  /** Null: no token came with it. */
  grant: { expiresAt: Date | null; operations: readonly string[]; bucket: string | null } | null;
  bucket: string;
  /** Null: not known. */
  isPublic: boolean | null;
  isOwner: boolean | null;
};

export type Judgement = { answer: Answer; reason: string; isAfterEnd: boolean };

/**
 * DDC has no status for "refused": a node that turns a request away says ABORTED, as it does when the client leaves. So
 * the token and the time decide, and where they cannot, the answer is "unclear".
 */
export function judgeAccess(facts: AccessFacts): Judgement {
  const isAfterEnd = facts.grant?.expiresAt != null && facts.grant.expiresAt <= facts.at;
  return { ...answerOf(facts, isAfterEnd), isAfterEnd };
}

function answerOf(facts: AccessFacts, isAfterEnd: boolean): Omit<Judgement, "isAfterEnd"> {
  switch (facts.status) {
    case "ok":
      return isAfterEnd
        ? { answer: "allowed", reason: "Answered although its token had ended." }
        : { answer: "allowed", reason: "The node answered OK." };
    case "not_found":
      return { answer: "missing", reason: "The node looked and has no such piece; it did not refuse." };
    case "internal":
    case "unavailable":
      return {
        answer: "failed",
        reason: `The node failed (${facts.status}); that says nothing about permission.`,
      };
    case "aborted":
      return refusalOf(facts, isAfterEnd);
    case "unknown":
      return { answer: "unclear", reason: "The record carries no response." };
  }
}

function refusalOf({ grant, operation, bucket, isPublic, isOwner }: AccessFacts, isAfterEnd: boolean) {
  const refused = (reason: string) => ({ answer: "refused" as const, reason });
  if (isAfterEnd) return refused("ABORTED, and its token had ended at that time.");
  if (grant && grant.operations.length > 0 && !grant.operations.includes(operation))
    return refused(`ABORTED, and its token does not allow ${operation.toUpperCase()}.`);
  if (grant?.bucket != null && grant.bucket !== bucket)
    return refused(`ABORTED, and its token is for bucket ${grant.bucket}.`);
  if (!grant && isPublic === false && isOwner === false)
    return refused("ABORTED: no token, a private bucket, and not its owner.");
  return {
    answer: "unclear" as const,
    reason:
      "ABORTED with nothing against it: the client left, or the node refused for a reason that no record tells.",
  };
}
