import { Button } from "../../../../../../../_ui/button.tsx";
import { formatBytes } from "../../../../../../../_ui/format/bytes.ts";
import { formatNumber } from "../../../../../../../_ui/format/number.ts";

type PartControlProps = {
  from: number;
  bytes: number;
  sizeBytes: number | null;
  step: number;
  onFrom: (from: number) => void;
};

/** Which bytes are shown, and the way to the others. */
export function PartControl({ from, bytes, sizeBytes, step, onFrom }: PartControlProps) {
  const isWhole = from === 0 && sizeBytes !== null && bytes >= sizeBytes;
  const hasMore = sizeBytes === null ? bytes === step : from + bytes < sizeBytes;
  return (
    <div className="panel-note flex items-center gap-3">
      <span className="dim">
        {isWhole
          ? `All ${formatNumber(bytes)} bytes.`
          : `Bytes ${formatNumber(from)} to ${formatNumber(from + bytes)}${sizeBytes === null ? "" : ` of ${formatBytes(sizeBytes)}`}. A part proves nothing: only the whole is verified.`}
      </span>
      {from > 0 && (
        <Button size="small" onClick={() => onFrom(Math.max(0, from - step))}>
          Earlier
        </Button>
      )}
      {hasMore && (
        <Button size="small" onClick={() => onFrom(from + step)}>
          Next {formatBytes(step)}
        </Button>
      )}
    </div>
  );
}
