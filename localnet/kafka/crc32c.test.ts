import { expect, it } from "vitest";
import { crc32c } from "./crc32c.ts";

it("gives the checksums of RFC 3720, appendix B.4", () => {
  const of = (bytes: Uint8Array) => crc32c(bytes, 0, bytes.length).toString(16);
  expect(of(Buffer.from("123456789"))).toBe("e3069283");
  expect(of(new Uint8Array(32))).toBe("8a9136aa");
  expect(of(new Uint8Array(32).fill(0xff))).toBe("62a8ab43");
  expect(of(Uint8Array.from({ length: 32 }, (_, index) => index))).toBe("46dd794e");
});

it("covers only the bytes between start and end", () => {
  expect(crc32c(Buffer.from("..123456789.."), 2, 11).toString(16)).toBe("e3069283");
});
