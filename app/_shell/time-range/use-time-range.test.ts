import { expect, it } from "vitest";
import { hrefWith } from "./use-time-range.ts";

const page = "https://console.example/mainnet/nodes?status=silent&from=now-1h#top";

it("puts the range into the address and leaves the rest of it alone", () => {
  expect(hrefWith(page, { from: "2026-07-14T00:31:08.000Z", to: "2026-07-14T03:31:08.000Z" })).toBe(
    "/mainnet/nodes?status=silent&from=2026-07-14T00%3A31%3A08.000Z&to=2026-07-14T03%3A31%3A08.000Z#top",
  );
});

it("keeps the address short where the range is the default one", () => {
  expect(hrefWith(page, { from: "now-3h", to: "now" })).toBe("/mainnet/nodes?status=silent#top");
});
