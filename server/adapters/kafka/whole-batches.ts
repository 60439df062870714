import { createRequire } from "node:module";
import type { KafkaMessage } from "kafkajs";
import type { RecordBlock } from "../../ports/event-log.ts";
import { type RecordBatch, readRecordBatch } from "./record-batch.ts";

/**
 * Makes kafkajs hand out record batches whole instead of one object per record. Its own decoder costs several µs a record,
 * knows two codecs of five, and one batch that it cannot open stops the consumer for all topics. kafkajs 2.2.4 is its last
 * release, so the module that is replaced here does not move; a test holds that it is in place.
 */
const require = createRequire(import.meta.url);
const decoderPath = require.resolve("kafkajs/src/protocol/recordBatch/v0/decoder.js");

/** Aborted transactions that may be open at once: kafkajs learns of one per message it looks at. */
const abortedAtOnce = 16;

const blocks = new WeakMap<object, RecordBlock>();

type FetchDecoder = { buffer: Buffer; offset: number };

/** Call before kafkajs is imported. */
export function installWholeBatches(): void {
  require(decoderPath);
  const loaded = require.cache[decoderPath];
  if (!loaded) throw new Error("kafkajs has no record batch decoder where it is expected.");
  loaded.exports = decodeWholeBatch;
}

/** The block that a message of kafkajs stands for. */
export function blockOf(message: KafkaMessage): RecordBlock {
  const offset = Number(message.offset);
  const reason = "a message format older than Kafka 0.11";
  return (
    blocks.get(message) ?? {
      kind: "records",
      firstOffset: offset,
      lastOffset: offset,
      bytes: message.value ?? Buffer.alloc(0),
      open: () => reason,
    }
  );
}

async function decodeWholeBatch(fetched: FetchDecoder): Promise<{ records: object[] }> {
  const batch = readRecordBatch(fetched.buffer, fetched.offset);
  if (!batch) throw partialBatch();
  fetched.offset = batch.end;
  const { firstOffset, lastOffset } = batch.block;
  const carrier = messageOf(batch, batch.block);
  if (!batch.isTransactional) return { records: [carrier] };
  const empty: RecordBlock = { kind: "empty", firstOffset, lastOffset };
  return { records: [...Array.from({ length: abortedAtOnce }, () => messageOf(batch, empty)), carrier] };
}

function messageOf(batch: RecordBatch, block: RecordBlock): object {
  const message = {
    offset: String(block.lastOffset),
    timestamp: "0",
    attributes: 0,
    key: batch.controlKey,
    value: null,
    headers: {},
    isControlRecord: false,
    batchContext: { producerId: batch.producerId, inTransaction: batch.isTransactional },
  };
  blocks.set(message, block);
  return message;
}

/** kafkajs looks at the name: the broker cuts a fetch where its limit is, in the middle of a batch. */
function partialBatch(): Error {
  const error = new Error("The fetch ended in the middle of a record batch.");
  error.name = "KafkaJSPartialMessageError";
  return error;
}
