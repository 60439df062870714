import fc from "fast-check";
import { expect, it } from "vitest";
import { redact } from "./redact.ts";

it("keeps what changed and nothing under a name that holds a secret", () => {
  const value = {
    name: "Ana",
    password: "hunter2",
    nested: [{ api_key: "k", apiKey: "k", sessionToken: "t", headers: { Authorization: "Bearer x" } }],
    credentials: { user: "u" },
    isPasswordNew: true,
    maxTokens: 500,
    secret: null,
  };
  expect(redact(value)).toEqual({
    name: "Ana",
    password: "[redacted]",
    nested: [
      {
        api_key: "[redacted]",
        apiKey: "[redacted]",
        sessionToken: "[redacted]",
        headers: { Authorization: "[redacted]" },
      },
    ],
    credentials: "[redacted]",
    isPasswordNew: true,
    maxTokens: 500,
    secret: null,
  });
});

it("writes exact integers, times and odd numbers as text, and leaves out what is not set", () => {
  const at = new Date("2026-11-23T12:00:00Z");
  expect(redact({ amount: 18446744073709551615n, at, ratio: Number.NaN, gone: undefined })).toEqual({
    amount: "18446744073709551615",
    at: "2026-11-23T12:00:00.000Z",
    ratio: "NaN",
  });
});

it("gives back something that jsonb takes, whatever it is given", () => {
  fc.assert(
    fc.property(fc.anything(), (value) => {
      const text = JSON.stringify(redact(value));
      return !/\\u0000|\\ud[89a-f][0-9a-f]{2}/i.test(text) && JSON.parse(text) !== undefined;
    }),
  );
});
