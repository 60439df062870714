import { crc32, deflateSync } from "node:zlib";
import { type Random, randomFrom } from "../../network/random.ts";
import { sentence } from "./text-files.ts";

const pngSignature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

const poolSize = 24;
const pngBodies = new Map<number, Buffer>();
const jpegBodies = new Map<number, Buffer>();

/** A picture of bands and circles in three colours, 8 bits a channel; a few pictures with many titles. */
export function pngFile(random: Random): Uint8Array {
  const picture = random.integer(poolSize);
  const body = remembered(pngBodies, picture, drawPng);
  const title = Buffer.from(`Title\0${sentence(random)} ${random.integer(1e9)}`, "latin1");
  return Buffer.concat([
    pngSignature,
    body.subarray(0, headerChunkBytes),
    chunk("tEXt", title),
    body.subarray(headerChunkBytes),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function remembered(pool: Map<number, Buffer>, picture: number, draw: (picture: number) => Buffer): Buffer {
  const known = pool.get(picture) ?? draw(picture);
  pool.set(picture, known);
  return known;
}

const headerChunkBytes = 25;

function drawPng(picture: number): Buffer {
  const random = randomFrom(`png ${picture}`);
  const side = 32 + 12 * (picture % 9);
  const colours = Array.from({ length: 3 }, () => [
    random.integer(256),
    random.integer(256),
    random.integer(256),
  ]);
  const period = 6 + random.integer(30);
  const rows = Buffer.alloc(side * (1 + side * 3));
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++) {
      const distance = Math.hypot(x - side / 2, y - side / 2);
      const colour = colours[Math.floor((distance + x) / period) % colours.length] ?? [0, 0, 0];
      rows.set(colour, y * (1 + side * 3) + 1 + x * 3);
    }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([chunk("IHDR", header), chunk("IDAT", deflateSync(rows, { level: 1 }))]);
}

function chunk(type: string, body: Uint8Array): Buffer {
  const typed = Buffer.concat([Buffer.from(type, "latin1"), body]);
  const framed = Buffer.alloc(typed.length + 8);
  framed.writeUInt32BE(body.length, 0);
  framed.set(typed, 4);
  framed.writeUInt32BE(crc32(typed), typed.length + 4);
  return framed;
}

/** A grey baseline JPEG of 8 × 8 blocks that have only their mean: the smallest coder there is. */
export function jpegFile(random: Random): Uint8Array {
  const body = remembered(jpegBodies, random.integer(poolSize), drawJpeg);
  const comment = Buffer.from(`${sentence(random)} ${random.integer(1e9)}`);
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    segment(0xe0, Buffer.from([0x4a, 0x46, 0x49, 0x46, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0])),
    segment(0xfe, comment),
    body,
  ]);
}

function drawJpeg(picture: number): Buffer {
  const blocks = 8 + 2 * (picture % 9);
  const side = blocks * 8;
  const frame = [8, side >> 8, side & 255, side >> 8, side & 255, 1, 1, 0x11, 0];
  // Twelve codes of four bits: code = category.
  const means = [0, 0, 0, 0, 12, ...Array(12).fill(0), 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];
  const ends = [0x10, 1, ...Array(15).fill(0), 0];
  return Buffer.concat([
    segment(0xdb, Buffer.from([0, ...Array(64).fill(8)])),
    segment(0xc0, Buffer.from(frame)),
    segment(0xc4, Buffer.from(means)),
    segment(0xc4, Buffer.from(ends)),
    segment(0xda, Buffer.from([1, 1, 0, 0, 63, 0])),
    scan(randomFrom(`jpeg ${picture}`), blocks),
    Buffer.from([0xff, 0xd9]),
  ]);
}

function segment(marker: number, body: Uint8Array): Buffer {
  const length = body.length + 2;
  return Buffer.concat([Buffer.from([0xff, marker, length >> 8, length & 255]), body]);
}

/** Each block: the difference of its mean to the one before, then one bit for "nothing more". */
function scan(random: Random, blocks: number): Buffer {
  let bits = "";
  let last = 0;
  const tilt = random.between(0.4, 2);
  for (let y = 0; y < blocks; y++)
    for (let x = 0; x < blocks; x++) {
      const mean = Math.round(90 * Math.sin((x * tilt + y) / 5));
      const step = mean - last;
      last = mean;
      const category = step === 0 ? 0 : 32 - Math.clz32(Math.abs(step));
      const value = step > 0 ? step : step + 2 ** category - 1;
      bits += category.toString(2).padStart(4, "0");
      if (category > 0) bits += value.toString(2).padStart(category, "0");
      bits += "0";
    }
  const bytes: number[] = [];
  for (let at = 0; at < bits.length; at += 8) {
    const byte = Number.parseInt(bits.slice(at, at + 8).padEnd(8, "1"), 2);
    bytes.push(byte, ...(byte === 0xff ? [0] : []));
  }
  return Buffer.from(bytes);
}

/** Looks like a picture and runs what it carries where it is shown as a document. */
export function svgFile(random: Random): string {
  const circles = Array.from(
    { length: 12 },
    () =>
      `<circle cx="${random.integer(200)}" cy="${random.integer(200)}" r="${4 + random.integer(30)}" fill="hsl(${random.integer(360)} 60% 50%)"/>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 200" onload="document.title='svg ran'">
<script>fetch('/api/trpc/identity.me').then(() => { document.title = 'svg ran' })</script>
${circles.join("\n")}
</svg>
`;
}
