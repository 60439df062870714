import { expect, it } from "vitest";
import { seal, sealingKey } from "../../../localnet/content/sealed.ts";
import { entropyOf, inlineTypeOf, recognise } from "../../../server/kernel/content/recognise.ts";
import { parseKey, sealings, unseal } from "./unseal.ts";

const plain = new TextEncoder().encode("Line of a letter that only its owner may read.\n".repeat(60));

it.each(sealings)("opens a piece sealed with %s by its key, and by no other", async (sealing) => {
  const key = Uint8Array.from(sealingKey("mainnet", 10, sealing));
  const sealed = Uint8Array.from(seal(sealing, key, plain));
  expect(recognise(sealed).kind).toBe("opaque");
  expect(await unseal(sealed, { sealing, key })).toMatchObject({ kind: "plain", bytes: plain });
  const other = Uint8Array.from(sealingKey("mainnet", 11, sealing));
  expect(await unseal(sealed, { sealing, key: other })).toMatchObject({ kind: "refused" });
  sealed[40] = (sealed[40] ?? 0) ^ 1;
  expect(await unseal(sealed, { sealing, key })).toMatchObject({ kind: "refused" });
  expect(await unseal(sealed.subarray(0, 20), { sealing, key })).toMatchObject({ kind: "refused" });
});

it("takes keys in hex and base64 and nothing else", () => {
  const bytes = Uint8Array.from({ length: 32 }, (_, index) => index * 7);
  const hex = Buffer.from(bytes).toString("hex");
  for (const text of [hex, `0x${hex}`, hex.toUpperCase(), Buffer.from(bytes).toString("base64"), ` ${hex} `])
    expect(parseKey(text)).toEqual(bytes);
  for (const text of ["", "secret", hex.slice(1), `${hex}00`]) expect(parseKey(text)).toBeNull();
});

it("knows opaque bytes from those that have a form, and shows in place only what cannot run", () => {
  const bytes = (text: string) => new TextEncoder().encode(text);
  expect(recognise(bytes("%PDF-1.4\n")).name).toBe("PDF");
  expect(recognise(bytes('{"a":1}')).name).toBe("JSON");
  expect(recognise(bytes("<svg xmlns='x' onload='y'/>")).kind).toBe("markup");
  expect(entropyOf(new Uint8Array(4_096))).toBe(0);
  const png = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
  expect(inlineTypeOf(png)).toBe("image/png");
  for (const text of ["<html>", "<svg>", "%PDF-1.7", "GIF8", "alert(1)", "PK"])
    expect(inlineTypeOf(bytes(text))).toBeNull();
});
