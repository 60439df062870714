import { AsyncLocalStorage } from "node:async_hooks";
import { expect, it } from "vitest";
import { formatNumber } from "./format/number.ts";
import { type Looks, takeLooks } from "./request-looks.ts";

// What server/http/page-looks.ts puts around every page.
const looks = new AsyncLocalStorage<Looks>();
Reflect.set(globalThis, Symbol.for("cere.console.looks"), looks);

it("writes numbers on the server as the person of each request wants, however many render at once", async () => {
  const render = (numbers: "comma" | "point" | "space") =>
    looks.run({ numbers: "comma", density: "normal" }, async () => {
      await Promise.resolve();
      takeLooks({ numbers, density: "normal" });
      await Promise.resolve();
      return formatNumber(1234.5, 1);
    });
  expect(await Promise.all([render("point"), render("comma"), render("space")])).toEqual([
    "1.234,5",
    "1,234.5",
    "1\u202f234.5",
  ]);
});

it("leaves others alone where no request is rendered", () => {
  takeLooks({ numbers: "point", density: "compact" });
  expect(formatNumber(1234.5, 1)).toBe("1,234.5");
});
