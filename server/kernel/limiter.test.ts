import { expect, it } from "vitest";
import { limiter } from "./limiter.ts";

it("runs no more at once than it may, in order, and goes on after failures", async () => {
  const run = limiter(2);
  const started: number[] = [];
  const gates = Array.from({ length: 4 }, () => Promise.withResolvers<void>());
  const results = gates.map((gate, index) =>
    run(async () => {
      started.push(index);
      await gate.promise;
      return index;
    }),
  );
  expect(started).toEqual([0, 1]);
  gates[0]?.reject(new Error("the first fails"));
  await expect(results[0]).rejects.toThrow("the first fails");
  expect(started).toEqual([0, 1, 2]);
  for (const gate of gates.slice(1)) gate.resolve();
  expect(await Promise.all(results.slice(1))).toEqual([1, 2, 3]);
  expect(started).toEqual([0, 1, 2, 3]);
});
