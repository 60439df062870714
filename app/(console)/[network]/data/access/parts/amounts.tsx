import { formatBytes } from "../../../../../_ui/format/bytes.ts";
import { formatNumber } from "../../../../../_ui/format/number.ts";

/** What the client acknowledged, beside what it had asked for. */
export function Amounts({ bytes, sizeBytes }: { bytes: string; sizeBytes: string | null }) {
  return (
    <>
      {formatBytes(Number(bytes))} <span className="dim">{formatNumber(Number(bytes))} bytes</span>
      {sizeBytes !== null && sizeBytes !== bytes && (
        <span className="dim"> of {formatBytes(Number(sizeBytes))} asked for</span>
      )}
    </>
  );
}
