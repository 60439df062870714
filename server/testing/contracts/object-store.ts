import { randomBytes, randomUUID } from "node:crypto";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { expect, it } from "vitest";
import { minPartBytes, type ObjectStore } from "../../ports/object-store.ts";

const { signal } = new AbortController();
const aKey = () => `uploads/${randomUUID()}/0`;
const textOf = (text: string) => Readable.from([Buffer.from(text)], { objectMode: false });

async function contentOf(store: ObjectStore, key: string): Promise<Buffer | null> {
  const found = await store.get(key, { signal });
  return found && buffer(found.body);
}

/** What every store keeps; `open` gives one that is empty or whose keys nobody else uses. */
export function objectStoreContract(open: () => ObjectStore): void {
  it("gives back what was put, whole and in ranges", async () => {
    const [store, key] = [open(), aKey()];
    await store.put(key, textOf("0123456789"), { sizeBytes: 10, signal });
    expect((await contentOf(store, key))?.toString()).toBe("0123456789");
    const part = await store.get(key, { range: { start: 2, end: 4 }, signal });
    expect(part && (await buffer(part.body)).toString()).toBe("234");
    expect(part?.sizeBytes).toBe(10);
    expect(await store.stat(key)).toEqual({ sizeBytes: 10 });
  });

  it("has nothing under a name that was never written, moved away or removed", async () => {
    const [store, key, other] = [open(), aKey(), aKey()];
    expect(await store.get(key, { signal })).toBe(null);
    expect(await store.stat(key)).toBe(null);
    await store.put(key, textOf("a"), { sizeBytes: 1, signal });
    await store.move(key, other);
    expect([await store.stat(key), await store.stat(other)]).toEqual([null, { sizeBytes: 1 }]);
    await store.remove(other);
    await store.remove(other);
    expect(await store.stat(other)).toBe(null);
  });

  it.each([
    ["too short", 9],
    ["too long", 11],
  ])("leaves nothing of a stream that is %s", async (_, sizeBytes) => {
    const [store, key] = [open(), aKey()];
    await expect(store.put(key, textOf("0123456789"), { sizeBytes, signal })).rejects.toThrow();
    expect(await store.stat(key)).toBe(null);
  });

  it("leaves nothing of a stream that breaks or is given up", async () => {
    const [store, key] = [open(), aKey()];
    const broken = Readable.from(
      (async function* () {
        yield Buffer.from("01234");
        throw new Error("the line went dead");
      })(),
      { objectMode: false },
    );
    await expect(store.put(key, broken, { sizeBytes: 10, signal })).rejects.toThrow();
    const endless = new Readable({ read() {} });
    endless.push("01234");
    const givenUp = AbortSignal.timeout(20);
    await expect(store.put(key, endless, { sizeBytes: 10, signal: givenUp })).rejects.toThrow();
    expect(await store.stat(key)).toBe(null);
  });

  it("joins parts in the order of their numbers, and takes the last of each", async () => {
    const [store, key] = [open(), aKey()];
    const object = await store.startParts(key);
    const first = randomBytes(minPartBytes);
    const put = (number: number, bytes: Buffer) =>
      store.putPart(
        object,
        { number, sizeBytes: bytes.length, body: Readable.from([bytes], { objectMode: false }) },
        signal,
      );
    const last = await put(2, Buffer.from("end"));
    await put(1, randomBytes(minPartBytes));
    const again = await put(1, first);
    expect(await store.stat(key)).toBe(null);
    await store.completeParts(object, [last, again]);
    const stored = await contentOf(store, key);
    expect(stored?.equals(Buffer.concat([first, Buffer.from("end")]))).toBe(true);
  });

  it("takes no part of less than was announced, and none after the upload was given up", async () => {
    const [store, key] = [open(), aKey()];
    const object = await store.startParts(key);
    await expect(
      store.putPart(object, { number: 1, sizeBytes: 6, body: textOf("01234") }, signal),
    ).rejects.toThrow();
    await store.abortParts(object);
    await store.abortParts(object);
    await expect(
      store.putPart(object, { number: 1, sizeBytes: 5, body: textOf("01234") }, signal),
    ).rejects.toThrow();
    expect(await store.stat(key)).toBe(null);
  });

  it.each(["../a", "/a", "a/../b", "A", "a//b", "", "a\0b", `a${"/b".repeat(5)}`])(
    "has no key %j",
    async (key) => {
      await expect(async () => open().stat(key)).rejects.toThrow(RangeError);
    },
  );
}
