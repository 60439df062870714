import type { Tone } from "../../../../_ui/glyph.tsx";
import { StatusWord } from "../../../../_ui/status-word.tsx";

/** Status of pallet ddc-clusters. */
const tones: Record<string, Tone> = { Activated: "ok", Bonded: "info", Unbonding: "warn", Unbonded: "idle" };

export function ClusterStatus({ status }: { status: string | null }) {
  if (status === null)
    return (
      <StatusWord tone="unknown" why="A node names this cluster, the chain index does not hold it.">
        Not registered
      </StatusWord>
    );
  return <StatusWord tone={tones[status] ?? "unknown"}>{status}</StatusWord>;
}
