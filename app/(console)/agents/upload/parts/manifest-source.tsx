import type { BundleReading } from "../../../../_client/upload/read-bundle.ts";
import { formatNumber } from "../../../../_ui/format/number.ts";
import { Glyph } from "../../../../_ui/glyph.tsx";
import { Panel } from "../../../../_ui/panel.tsx";
import { StatusWord } from "../../../../_ui/status-word.tsx";

type Fault = BundleReading["faults"][number];
type ManifestSourceProps = { text: string; faults: readonly Fault[] };

/** The manifest as it is, each fault below its line with what was probably meant. */
export function ManifestSource({ text, faults }: ManifestSourceProps) {
  const byLine = Map.groupBy(faults, ({ line }) => line);
  const lines = text.replace(/\n$/, "").split("\n");
  return (
    <Panel
      title="manifest.json"
      isFlush
      actions={
        faults.length === 0 ? (
          <StatusWord tone="ok">valid</StatusWord>
        ) : (
          <StatusWord tone="crit">
            {faults.length === 1 ? "1 fault" : `${formatNumber(faults.length)} faults`}
          </StatusWord>
        )
      }
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keyboard */}
      <section className="source" aria-label="Source of manifest.json" tabIndex={0}>
        {lines.map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a line is its number
          <Line key={index} number={index + 1} text={line} faults={byLine.get(index + 1) ?? []} />
        ))}
      </section>
    </Panel>
  );
}

function Line({ number, text, faults }: { number: number; text: string; faults: readonly Fault[] }) {
  return (
    <div className="source-line" data-faulty={faults.length > 0 || undefined}>
      <span className="source-number">{number}</span>
      <code>{text === "" ? " " : text}</code>
      {faults.map(({ column, path, message, instead }) => (
        <p key={`${column} ${path} ${message}`}>
          <Glyph tone="crit" size={9} /> column {column}: {message}
          {instead !== null && (
            <>
              {" "}
              Probably <code>{instead}</code>.
            </>
          )}
        </p>
      ))}
    </div>
  );
}
