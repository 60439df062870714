import { expect, it } from "vitest";
import { findFreePort, findFreePorts } from "./free-port.ts";

it("gives no port twice, also to those who ask at the same time and do not listen yet", async () => {
  const asked = Array.from({ length: 20 }, () => findFreePorts(Array.from({ length: 30 }, () => 0)));
  const found = (await Promise.all(asked)).flat();
  expect(new Set(found).size).toBe(found.length);
});

it("gives the preferred one again: who was there before comes back to it", async () => {
  const port = await findFreePort(0);
  expect(await findFreePort(port)).toBe(port);
});
