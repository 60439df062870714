import { expect, it } from "vitest";
import { formatInstant, formatSpan } from "./time.ts";

const at = (text: string) => new Date(text);

it("writes a moment in full with its zone", () => {
  expect(formatInstant(at("2026-07-14T03:11:47.020Z"), "utc")).toBe("14 Jul 2026, 03:11:47.020 UTC");
});

it("names the day of a span only where it spans more than one", () => {
  expect(formatSpan(at("2026-07-14T00:31:00Z"), at("2026-07-14T03:31:00Z"), "utc")).toBe("00:31–03:31 UTC");
  expect(formatSpan(at("2026-07-13T22:00:00Z"), at("2026-07-14T03:31:00Z"), "utc")).toBe(
    "13 Jul 22:00 – 14 Jul 03:31 UTC",
  );
  expect(formatSpan(at("2026-05-15T00:00:00Z"), at("2026-07-14T00:00:00Z"), "utc")).toBe("15 May – 14 Jul");
});
