import { createHash } from "node:crypto";
import { objectCid } from "../content/bucket-objects.ts";
import type { LocalNetwork } from "../network/local-network.ts";
import type { StoryRecord } from "./odd-access.ts";

const minuteMs = 60_000;
const producer = "https://localnet.cere.example/agents";
const spec = "https://openlineage.io/spec";
/** Objects that runs write have numbers of their own, beyond those that clients ask for most. */
const firstObject = 100;
const digests = 12;

/**
 * Each minute a transcriber reads a stream and a recording and writes a transcript; the digest reads the last twelve
 * transcripts. One run in nine fails. Buckets, jobs and contents are the same on every machine.
 */
export function lineageRuns(network: LocalNetwork, minute: number): StoryRecord[] {
  const at = minute * minuteMs;
  const transcribe = { network, name: "transcribe", minute };
  const inputs = [streamOf(network, "meet.audio"), contentOf(network, 1, minute % 40)];
  const transcript = {
    ...contentOf(network, 1, firstObject + minute),
    facets: transcriptFacets(network, minute),
  };
  const isFailed = minute % 9 === 4;
  const events = [
    runEvent(transcribe, { type: "START", at, inputs, outputs: [] }),
    runEvent(transcribe, {
      type: isFailed ? "FAIL" : "COMPLETE",
      at: at + 21_000,
      inputs,
      outputs: isFailed ? [] : [transcript],
    }),
  ];
  if (minute % digests === 0) {
    const read = Array.from({ length: digests }, (_, back) =>
      contentOf(network, 1, firstObject + minute - back),
    );
    const outputs = [contentOf(network, 2, firstObject + minute)];
    events.push(
      runEvent(
        { network, name: "weekly-digest", minute },
        { type: "COMPLETE", at: at + 40_000, inputs: read, outputs },
      ),
    );
  }
  return events.map((event) => ({ key: `run:agents/${event.job.name}`, value: JSON.stringify(event) }));
}

type Dataset = { namespace: string; name: string; facets?: Record<string, unknown> };
type RunOf = { network: LocalNetwork; name: string; minute: number };
type RunSays = { type: string; at: number; inputs: Dataset[]; outputs: Dataset[] };

function runEvent({ network, name, minute }: RunOf, { type, at, inputs, outputs }: RunSays) {
  return {
    eventType: type,
    eventTime: new Date(at).toISOString(),
    producer,
    schemaURL: `${spec}/2-0-2/OpenLineage.json#/$defs/RunEvent`,
    run: { runId: uuidOf(`${network.plan.name} ${name} ${minute}`) },
    job: {
      namespace: "agents",
      name,
      facets: {
        sourceCode: facet("1-0-1/SourceCodeJobFacet", {
          language: "javascript",
          sourceCode: `version ${Math.floor(minute / 720)}`,
        }),
      },
    },
    inputs,
    outputs,
  };
}

function transcriptFacets(network: LocalNetwork, minute: number) {
  const { namespace, name } = contentOf(network, 1, minute % 40);
  return {
    schema: facet("1-2-0/SchemaDatasetFacet", {
      fields: ["speaker", "text", "startMs"].map((field) => ({
        name: field,
        type: field === "startMs" ? "long" : "string",
      })),
    }),
    columnLineage: facet("1-2-0/ColumnLineageDatasetFacet", {
      fields: {
        text: {
          inputFields: [
            {
              namespace,
              name,
              field: "audio",
              transformations: [{ type: "DIRECT", subtype: "TRANSFORMATION", description: "speech to text" }],
            },
          ],
        },
        speaker: {
          inputFields: [
            {
              ...streamOf(network, "meet.audio"),
              field: "speaker",
              transformations: [{ type: "DIRECT", subtype: "IDENTITY" }],
            },
          ],
        },
      },
    }),
  };
}

function facet(of: string, body: Record<string, unknown>) {
  return { _producer: producer, _schemaURL: `${spec}/facets/${of}.json`, ...body };
}

function streamOf({ plan }: LocalNetwork, name: string): Dataset {
  return { namespace: `kafka://${plan.name}.localnet:9092`, name };
}

function contentOf({ plan }: LocalNetwork, bucket: number, object: number): Dataset {
  return { namespace: `ddc://${plan.name}/${bucket}`, name: cidText(objectCid(plan.name, bucket, object)) };
}

const alphabet = "abcdefghijklmnopqrstuvwxyz234567";

/** Multibase "b" and base32 without padding. */
function cidText(bytes: Uint8Array): string {
  const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, "0")).join("");
  const digits = bits.padEnd(Math.ceil(bits.length / 5) * 5, "0").match(/.{5}/g) ?? [];
  return `b${digits.map((digit) => alphabet[Number.parseInt(digit, 2)]).join("")}`;
}

function uuidOf(name: string): string {
  const hex = createHash("sha256").update(name).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
