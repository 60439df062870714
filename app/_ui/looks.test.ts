import { expect, it } from "vitest";
import { withOwnLooks } from "../../server/http/page-looks.ts";
import { formatNumber } from "./format/number.ts";
import { takeLooks } from "./looks.ts";

it("writes numbers on the server as the person of each request wants, however many render at once", async () => {
  const render = (numbers: "comma" | "point" | "space") =>
    withOwnLooks(async () => {
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
