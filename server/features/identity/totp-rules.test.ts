import { utf8ToBytes } from "@noble/hashes/utils.js";
import { expect, it } from "vitest";
import { matchTotp, normalRecoveryCode, totpCode, totpStepAt, totpUri } from "./totp-rules.ts";

/** RFC 6238, appendix B, SHA-1; its codes have eight digits, ours the last six of them. */
const secret = utf8ToBytes("12345678901234567890");

it.each([
  [59, "287082"],
  [1111111109, "081804"],
  [1111111111, "050471"],
  [1234567890, "005924"],
  [2000000000, "279037"],
  [20000000000, "353130"],
])("gives at %i s the code of the standard", (seconds, code) => {
  expect(totpCode(secret, Math.floor(seconds / 30))).toBe(code);
});

it("takes the code of a step before and after, and none twice", () => {
  const at = new Date(1_234_567_890_000);
  const now = totpStepAt(at);
  const match = (step: number, lastStep = 0) => matchTotp(secret, totpCode(secret, step), { at, lastStep });
  expect([-2, -1, 0, 1, 2].map((away) => match(now + away))).toEqual([null, now - 1, now, now + 1, null]);
  expect(match(now, now)).toBeNull();
  expect(match(now + 1, now)).toBe(now + 1);
  expect(matchTotp(secret, "", { at, lastStep: 0 })).toBeNull();
});

it("tells an app what it needs", () => {
  expect(totpUri({ secret, account: "ana@dragon.example", issuer: "DDC Console" })).toBe(
    "otpauth://totp/DDC%20Console%3Aana%40dragon.example?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=DDC+Console&algorithm=SHA1&digits=6&period=30",
  );
});

it("reads a recovery code as people type it", () => {
  expect(normalRecoveryCode(" K7QX 2m4d-9TFW ")).toBe("k7qx2m4d9tfw");
});
