import { tabStopWhileScrolling } from "../../../../../../../_ui/tab-stop-while-scrolling.ts";

const bytesPerLine = 16;

/** Bytes as hexadecimal digits and as the printable characters among them. */
export function HexView({ bytes, from }: { bytes: Uint8Array; from: number }) {
  const lines: { at: number; hex: string; text: string }[] = [];
  for (let at = 0; at < bytes.length; at += bytesPerLine) {
    const line = [...bytes.subarray(at, at + bytesPerLine)];
    lines.push({
      at: from + at,
      hex: line.map((byte) => byte.toString(16).padStart(2, "0")).join(" "),
      text: line.map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : "·")).join(""),
    });
  }
  return (
    <pre ref={tabStopWhileScrolling} className="look-text mono">
      {lines.map(({ at, hex, text }) => (
        <span key={at} className="look-line">
          <span className="dim">{at.toString(16).padStart(8, "0")}</span>
          {`  ${hex.padEnd(bytesPerLine * 3 - 1)}  `}
          <span className="sec">{text}</span>
          {"\n"}
        </span>
      ))}
    </pre>
  );
}
