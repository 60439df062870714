import type { LogRecord } from "../../ports/event-log.ts";

const textLength = 66;
const rawLength = 32;
const textForm = /^0x[0-9a-f]{64}$/;

/** The node that a record is of: its key, as text or as 32 raw bytes, else the header `ddc-node`. Null when neither is one. */
export function nodeKeyOf(record: LogRecord): string | null {
  const { bytes, keyStart, keyEnd } = record;
  const length = keyStart < 0 ? 0 : keyEnd - keyStart;
  if (length === textLength) return keyText(bytes, keyStart) ?? fromHeader(record);
  return fromHeader(record) ?? (length === rawLength ? `0x${bytes.toString("hex", keyStart, keyEnd)}` : null);
}

type SeenKey = { bytes: Buffer; key: string };

/** Keys that came before, by some of their bytes: the same few nodes write all the time, and text is slow to make. */
const seen = new Map<number, SeenKey>();
const mostSeen = 20_000;

function keyText(bytes: Buffer, start: number): string | null {
  const sample = bytes.readUInt32LE(start + 2) * 65_536 + bytes.readUInt16LE(start + 6);
  const known = seen.get(sample);
  if (known && isSame(known.bytes, bytes, start)) return known.key;
  const key = normalise(bytes.toString("latin1", start, start + textLength));
  if (key === null) return null;
  if (seen.size >= mostSeen) seen.clear();
  seen.set(sample, { bytes: Buffer.from(bytes.subarray(start, start + textLength)), key });
  return key;
}

function isSame(known: Buffer, bytes: Buffer, start: number): boolean {
  for (let index = 0; index < textLength; index++) if (known[index] !== bytes[start + index]) return false;
  return true;
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
