import type { Run } from "../../../../../../server/features/runs/schema.ts";
import { shorten } from "../../../../../_ui/format/shorten.ts";
import { StatusWord } from "../../../../../_ui/status-word.tsx";

export function RunStatusWord({ status }: { status: Run["status"] }) {
  return <StatusWord tone={status === "failed" ? "crit" : "ok"}>{status}</StatusWord>;
}

/** By its semver where the registry knows it. */
export function VersionName({ version: { cid, semver } }: { version: Run["version"] }) {
  return (
    <span className="mono" data-tip={cid}>
      {semver ?? shorten(cid, 8, 4)}
    </span>
  );
}
