/** So much at a time that steps cost little, so little that a page stays light. */
const stepBytes = 1 << 20;

type Body = ReadableStream<Uint8Array<ArrayBuffer>>;

/**
 * The bytes of a body as they come. A part is only good until the next one: what is large is read into one buffer where
 * the browser can, so that a gibibyte leaves nothing behind to be collected. `ofBytes`: as announced, null = not known.
 */
export async function* readParts(body: Body, ofBytes: number | null): AsyncGenerator<Uint8Array> {
  const reader = ofBytes !== null && ofBytes > stepBytes ? openByteReader(body) : null;
  if (reader === null) return yield* readAsTheyAre(body);
  let buffer = new ArrayBuffer(stepBytes);
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
