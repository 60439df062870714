import { expect, it } from "vitest";
import { describeDevice, isAdminEverywhere } from "./person-rules.ts";

it("counts only an admin without bounds as one who can let people in", () => {
  expect(isAdminEverywhere([{ role: "admin", network: null, environment: null }])).toBe(true);
  expect(isAdminEverywhere([{ role: "admin", network: "mainnet", environment: null }])).toBe(false);
  expect(isAdminEverywhere([{ role: "admin", network: null, environment: "dev" }])).toBe(false);
  expect(isAdminEverywhere([{ role: "operator", network: null, environment: null }])).toBe(false);
});

it.each([
  ["Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0", "Firefox, Linux"],
  [
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Safari/537.36 Edg/150.0.0.0",
    "Edge, Windows",
  ],
  [
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1",
    "Safari, iOS",
  ],
  [
    "Mozilla/5.0 (Linux; Android 16) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Mobile Safari/537.36",
    "Chrome, Android",
  ],
  ["Mozilla/5.0 (X11; Linux x86_64) HeadlessChrome/156.0.0.0 Safari/537.36", "Chrome, Linux"],
  ["curl/8.5.0", "curl"],
  ["x", null],
  [null, null],
])("reads %s as %s", (userAgent, device) => {
  expect(describeDevice(userAgent)).toBe(device);
});
