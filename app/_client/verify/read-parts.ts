/** So much at a time that steps cost little, so little that a page stays light. */
const mostStepBytes = 1 << 20;
const leastStepBytes = 1 << 16;

type Body = ReadableStream<Uint8Array<ArrayBuffer>>;

/**
 * The bytes of a body as they come. A part is only good until the next one: where the browser can, all are read into one
 * buffer, so that a gibibyte leaves nothing behind to be collected. `ofBytes`: how many there will be, null = not known.
 */
export async function* readParts(body: Body, ofBytes: number | null): AsyncGenerator<Uint8Array> {
  const reader = openByteReader(body);
  if (reader === null) return yield* readAsTheyAre(body);
  let buffer = new ArrayBuffer(Math.min(mostStepBytes, Math.max(leastStepBytes, ofBytes ?? 0)));
  for (;;) {
    const { done, value } = await reader.read(new Uint8Array(buffer));
    if (done || !value) return;
    yield value;
    buffer = value.buffer;
  }
}

async function* readAsTheyAre(body: Body): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) yield part.value;
}

/** Null where bodies are no streams of bytes. */
function openByteReader(body: Body): ReadableStreamBYOBReader | null {
  try {
    return body.getReader({ mode: "byob" });
  } catch (error) {
    if (error instanceof TypeError || error instanceof RangeError) return null;
    throw error;
  }
}
