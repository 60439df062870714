import type { Environment } from "../../../../server/features/deployments/schema.ts";

/** Marked so that nobody takes one for another. */
export function EnvBadge({ environment }: { environment: Environment }) {
  return (
    <span className="env" data-env={environment}>
      {environment}
    </span>
  );
}
