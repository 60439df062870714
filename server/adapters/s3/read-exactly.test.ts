import { Readable } from "node:stream";
import fc from "fast-check";
import { expect, it } from "vitest";
import { readExactly } from "./read-exactly.ts";

const { signal } = new AbortController();
async function read(pieces: readonly Uint8Array[], sizeBytes: number, chunkBytes: number): Promise<Buffer[]> {
  const chunks: Buffer[] = [];
  const body = Readable.from(pieces, { objectMode: false });
  for await (const chunk of readExactly(body, { sizeBytes, chunkBytes, signal })) chunks.push(chunk);
  return chunks;
}
const pieces = fc.array(fc.uint8Array({ minLength: 1, maxLength: 40 }), { maxLength: 12 });

it("gives every byte, in chunks of one size but for the last", async () => {
  await fc.assert(
    fc.asyncProperty(pieces, fc.integer({ min: 1, max: 50 }), async (given, chunkBytes) => {
      const whole = Buffer.concat(given);
      const chunks = await read(given, whole.length, chunkBytes);
      expect(Buffer.concat(chunks).equals(whole)).toBe(true);
      expect(chunks.slice(0, -1).every(({ length }) => length === chunkBytes)).toBe(true);
      expect((chunks.at(-1)?.length ?? 1) <= chunkBytes).toBe(true);
    }),
  );
});

it("gives no last chunk of a stream of another size than was announced", async () => {
  const ten = [Buffer.from("01234"), Buffer.from("56789")];
  await expect(read(ten, 9, 9)).rejects.toMatchObject({ code: "invalid" });
  await expect(read(ten, 11, 20)).rejects.toMatchObject({ code: "invalid" });
  expect(await read([], 0, 8)).toEqual([]);
});
