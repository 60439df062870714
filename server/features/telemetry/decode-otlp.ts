import type { OtlpResource } from "./otlp-metrics.ts";
import { parseOtlpJson } from "./parse-otlp-json.ts";
import { parseOtlpProtobuf } from "./parse-otlp-protobuf.ts";

const jsonStart = 0x7b;
/** Field 1, length-delimited: the first resourceMetrics. */
const protobufStart = 0x0a;

/** A Collector writes neither key nor headers, so JSON and protobuf are told apart by their first byte. */
export function decodeOtlp(bytes: Buffer, start: number, end: number): OtlpResource[] | string {
  if (start === end) return "the record is empty";
  if (bytes[start] === protobufStart) return parseOtlpProtobuf(bytes, start, end);
  if (bytes[start] === jsonStart) return parseOtlpJson(bytes.toString("utf8", start, end));
  return "neither OTLP JSON nor OTLP protobuf";
}
