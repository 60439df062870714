import { TRPCClientError } from "@trpc/client";
import { expect, it } from "vitest";
import { notFound } from "../../server/kernel/errors.ts";
import { isWorthRetrying, toShownError } from "./shown-error.ts";

const answered = (data: object, message: string) =>
  TRPCClientError.from({ error: { message, code: -32_000, data } });

it("shows what the server says, with its code, details and request id", () => {
  const error = answered(
    { appCode: "not_indexed", details: { family: "ddc" }, requestId: "r-1", httpStatus: 412 },
    "mainnet has no ddc indexer.",
  );
  expect(toShownError(error)).toEqual({
    code: "not_indexed",
    message: "mainnet has no ddc indexer.",
    details: { family: "ddc" },
    requestId: "r-1",
  });
});

it("reads an error without an app code by its status", () => {
  expect(toShownError(answered({ appCode: null, httpStatus: 400 }, "bad input")).code).toBe("invalid");
  expect(toShownError(answered({ appCode: null, httpStatus: 500 }, "masked")).code).toBe("internal");
});

it("knows an error of the same process by its brand", () => {
  expect(toShownError(notFound("node", "0x1")).code).toBe("not_found");
});

it("calls everything that never reached the server unreachable, and tries only such things again", () => {
  const lost = TRPCClientError.from(new TypeError("Failed to fetch"));
  expect(toShownError(lost).code).toBe("unreachable");
  expect(isWorthRetrying(lost)).toBe(true);
  expect(isWorthRetrying(answered({ appCode: "forbidden", httpStatus: 403 }, "no"))).toBe(false);
});
