import { expect, it } from "vitest";
import { type AccessFacts, judgeAccess } from "./rules.ts";

const at = new Date("2026-11-23T12:00:00Z");
const before = new Date("2026-11-23T11:00:00Z");
const after = new Date("2026-11-23T13:00:00Z");
const facts: AccessFacts = {
  status: "ok",
  operation: "get",
  at,
  grant: null,
  bucket: "7",
  isPublic: true,
  isOwner: false,
};
const grant = (of: Partial<NonNullable<AccessFacts["grant"]>>) => ({
  expiresAt: after,
  operations: ["get"],
  bucket: "7",
  ...of,
});

it.each<[string, Partial<AccessFacts>, string, boolean]>([
  ["an OK is allowed", {}, "allowed", false],
  [
    "an OK after the token ended is allowed, and said",
    { grant: grant({ expiresAt: before }) },
    "allowed",
    true,
  ],
  ["a token that ends at that very moment has ended", { grant: grant({ expiresAt: at }) }, "allowed", true],
  ["NOT_FOUND refuses nobody", { status: "not_found", grant: grant({ expiresAt: before }) }, "missing", true],
  ["a failure says nothing about permission", { status: "unavailable" }, "failed", false],
  ["no response, no reading", { status: "unknown" }, "unclear", false],
  [
    "ABORTED after the end is refused",
    { status: "aborted", grant: grant({ expiresAt: before }) },
    "refused",
    true,
  ],
  [
    "ABORTED beyond the token's operations is refused",
    { status: "aborted", operation: "put", grant: grant({}) },
    "refused",
    false,
  ],
  [
    "ABORTED in another bucket is refused",
    { status: "aborted", bucket: "8", grant: grant({}) },
    "refused",
    false,
  ],
  [
    "ABORTED without a token in a private bucket is refused",
    { status: "aborted", isPublic: false },
    "refused",
    false,
  ],
  [
    "ABORTED of the owner is unclear",
    { status: "aborted", isPublic: false, isOwner: true },
    "unclear",
    false,
  ],
  [
    "ABORTED with a good token is unclear",
    { status: "aborted", isPublic: false, grant: grant({}) },
    "unclear",
    false,
  ],
  [
    "ABORTED where the bucket is not known is unclear",
    { status: "aborted", isPublic: null, isOwner: null },
    "unclear",
    false,
  ],
])("%s", (_sentence, change, answer, isAfterEnd) => {
  expect(judgeAccess({ ...facts, ...change })).toMatchObject({ answer, isAfterEnd });
});
