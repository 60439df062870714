import type { LogRecord } from "../../ports/event-log.ts";

const textLength = 66;
const rawLength = 32;
const textForm = /^0x[0-9a-f]{64}$/;

/** The node that a record is of: its key, as text or as 32 raw bytes, else the header `ddc-node`. Null when neither is one. */
export function nodeKeyOf(record: LogRecord): string | null {
  const { bytes, keyStart, keyEnd } = record;
  const length = keyStart < 0 ? 0 : keyEnd - keyStart;
  if (length === textLength)
    return normalise(bytes.toString("latin1", keyStart, keyEnd)) ?? fromHeader(record);
  return fromHeader(record) ?? (length === rawLength ? `0x${bytes.toString("hex", keyStart, keyEnd)}` : null);
}

function fromHeader(record: LogRecord): string | null {
  const text = record.header("ddc-node");
  return text === null ? null : normalise(text);
}

function normalise(text: string): string | null {
  if (textForm.test(text)) return text;
  const lower = text.toLowerCase();
  return textForm.test(lower) ? lower : null;
}
