import { formatBytes, splitBytes } from "../../../../../_ui/format/bytes.ts";
import { formatMs } from "../../../../../_ui/format/duration.ts";
import {
  formatNumber,
  formatReading,
  formatSi,
  type Quantity,
  splitSi,
} from "../../../../../_ui/format/number.ts";
import { formatPercent } from "../../../../../_ui/format/percent.ts";

/** How values of one of Grafana's units are written: in tips and tables, and apart for a figure. */
export type UnitLook = {
  unit: string;
  format: (value: number | null) => string;
  split: (value: number | null) => Quantity;
};

const rate = (unit: string): UnitLook => ({
  unit,
  format: formatSi,
  split: (value) => {
    const { value: figure, unit: step } = splitSi(value);
    return { value: figure, unit: `${step}/s` };
  },
});
const plain: UnitLook = {
  unit: "",
  format: formatReading,
  split: (value) => ({ value: formatNumber(value, 2), unit: "" }),
};

const looks: Readonly<Record<string, UnitLook>> = {
  ops: rate("per second"),
  cps: rate("records per second"),
  ms: { unit: "ms", format: formatMs, split: (value) => ({ value: formatMs(value), unit: "ms" }) },
  bytes: { unit: "bytes", format: formatBytes, split: splitBytes },
  Bps: {
    unit: "per second",
    format: formatBytes,
    split: (value) => {
      const { value: figure, unit } = splitBytes(value);
      return { value: figure, unit: `${unit}/s` };
    },
  },
  bps: {
    unit: "bits per second",
    format: formatSi,
    split: (value) => {
      const { value: figure, unit } = splitSi(value);
      return { value: figure, unit: `${unit}b/s` };
    },
  },
  percentunit: {
    unit: "%",
    format: formatPercent,
    split: (value) => ({ value: formatPercent(value), unit: "%" }),
  },
  none: plain,
};

export function lookOf(unit: string): UnitLook {
  return looks[unit] ?? plain;
}
