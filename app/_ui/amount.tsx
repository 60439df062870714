import { splitAmount } from "./format/amount.ts";
import { inStyle, noReading } from "./format/number.ts";

type AmountProps = {
  /** Decimal integer string in base units, or null when unknown. */
  baseUnits: string | null;
  decimals: number;
  /** "CERE"; leave out where the column head carries it. */
  symbol?: string;
};

/** An exact amount: decimals quieter, base units on hover. */
export function Amount({ baseUnits, decimals, symbol }: AmountProps) {
  const parts = splitAmount(baseUnits, decimals);
  if (!parts) return <span className="na">{noReading}</span>;
  return (
    <span className="amt" data-tip={`${parts.baseUnits} base units, ${decimals} decimals`} data-tip-mono="">
      {parts.sign}
      {parts.whole}
      {parts.fraction !== "" && (
        <span className="amt-dec">
          {inStyle(".")}
          {parts.fraction}
        </span>
      )}
      {symbol && <span className="u"> {symbol}</span>}
    </span>
  );
}
