import { expect, it } from "vitest";
import { z } from "zod";
import { checkedOnce } from "./checked-once.ts";

const schema = z.object({ seen: z.string() });

it("checks the same object once, and sends what the check made of it", async () => {
  const once = checkedOnce(schema);
  const answer = { seen: "now", secret: "x" };
  const sent = await once.parseAsync(answer);
  expect(sent).toEqual({ seen: "now" });
  expect(await once.parseAsync(answer)).toBe(sent);
  expect(await once.parseAsync({ ...answer })).not.toBe(sent);
});

it("refuses what does not fit, each time", async () => {
  const once = checkedOnce(schema);
  const wrong = { seen: 1 };
  await expect(once.parseAsync(wrong)).rejects.toThrow();
  await expect(once.parseAsync(wrong)).rejects.toThrow();
  await expect(once.parseAsync(null)).rejects.toThrow();
});

it("describes itself as the schema does", () => {
  expect(z.toJSONSchema(checkedOnce(schema))).toEqual(z.toJSONSchema(schema));
});

it("checks rows one by one, and says which is wrong", async () => {
  const pages = z.object({ total: z.int(), rows: z.array(z.object({ name: z.string().trim() })) });
  const once = checkedOnce(pages);
  expect(await once.parseAsync({ total: 2, rows: [{ name: " a" }, { name: "b", more: 1 }] })).toEqual({
    total: 2,
    rows: [{ name: "a" }, { name: "b" }],
  });
  await expect(once.parseAsync({ total: 2, rows: [{ name: "a" }, { name: 7 }] })).rejects.toMatchObject({
    issues: [{ path: ["rows", 1, "name"] }],
  });
  await expect(once.parseAsync({ total: "2", rows: [{ name: "a" }] })).rejects.toMatchObject({
    issues: [{ path: ["total"] }],
  });
});
