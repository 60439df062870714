import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { returnPath, signInHref } from "./return-path.ts";

describe("returnPath", () => {
  it.each([
    ["/mainnet/nodes?from=now-3h#latency", "/mainnet/nodes?from=now-3h#latency"],
    ["/", "/"],
    ["/settings/people", "/settings/people"],
    ["/mainnet/../testnet/nodes", "/testnet/nodes"],
    [null, "/"],
    [undefined, "/"],
    ["", "/"],
    ["mainnet", "/"],
    ["https://evil.test/", "/"],
    ["//evil.test/", "/"],
    ["/\\evil.test/", "/"],
    ["/\t/evil.test/", "/"],
    ["/\n\\evil.test", "/"],
    ["/.//evil.test", "/"],
    ["/x/..//evil.test", "/"],
    ["/%2e%2e//evil.test", "/"],
    ["javascript:alert(1)", "/"],
    ["/sign-in", "/"],
    ["/sign-in?next=/x", "/"],
    ["/api/trpc/identity.me", "/"],
    ["/sign-in-history", "/sign-in-history"],
  ])("%j leads to %s", (wanted, path) => {
    expect(returnPath(wanted)).toBe(path);
  });

  it("never leaves the console, whatever it is given", () => {
    const piece = fc.constantFrom(
      "/",
      "\\",
      "//",
      ".",
      "..",
      "%2f",
      "%5c",
      "@",
      ":",
      "?",
      "#",
      "\t",
      "evil.test",
      "a",
    );
    const address = fc.oneof(
      fc.string(),
      fc.webUrl(),
      fc.array(piece).map((pieces) => pieces.join("")),
    );
    fc.assert(
      fc.property(address, (wanted) => {
        const path = returnPath(wanted);
        expect(new URL(path, "https://console.test/sign-in").origin).toBe("https://console.test");
        expect(returnPath(path)).toBe(path);
      }),
      { numRuns: 2_000 },
    );
  });
});

it("remembers where somebody was", () => {
  expect(signInHref("/mainnet/nodes?sort=p99")).toBe("/sign-in?next=%2Fmainnet%2Fnodes%3Fsort%3Dp99");
  expect(signInHref("/", "ended")).toBe("/sign-in?why=ended");
  expect(signInHref("/sign-in")).toBe("/sign-in");
});
