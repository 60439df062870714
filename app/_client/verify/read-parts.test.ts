import { expect, it } from "vitest";
import { readParts } from "./read-parts.ts";

const parts = [new Uint8Array([1, 2, 3]), new Uint8Array(3 << 20).fill(7), new Uint8Array([9])];
const whole = Buffer.concat(parts);

async function readAll(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  ofBytes: number | null = null,
): Promise<Buffer> {
  const read: Buffer[] = [];
  for await (const part of readParts(body, ofBytes)) read.push(Buffer.from(part));
  return Buffer.concat(read);
}

it.each([null, whole.length, 1])(
  "reads a stream of bytes whole, of which %s are announced",
  async (ofBytes) => {
    const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
      type: "bytes",
      start(controller) {
        for (const part of parts) controller.enqueue(part.slice());
        controller.close();
      },
    });
    expect((await readAll(body, ofBytes)).equals(whole)).toBe(true);
  },
);

it("reads a stream of anything else whole", async () => {
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
    start(controller) {
      for (const part of parts) controller.enqueue(part);
      controller.close();
    },
  });
  expect((await readAll(body, whole.length)).equals(whole)).toBe(true);
});

it("fails where the stream breaks off", async () => {
  let pulls = 0;
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
    type: "bytes",
    pull(controller) {
      pulls += 1;
      if (pulls === 1) controller.enqueue(new Uint8Array([1]));
      else controller.error(new TypeError("broken off"));
    },
  });
  await expect(readAll(body, whole.length)).rejects.toThrow("broken off");
});
