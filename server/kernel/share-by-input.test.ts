import { expect, it } from "vitest";
import { shareByInput } from "./share-by-input.ts";

it("makes an answer once for the same source and input, and anew for any other", () => {
  let made = 0;
  const share = shareByInput((source: { name: string }, input: { limit: number }) => {
    made++;
    return `${source.name} ${input.limit}`;
  });
  const [one, other] = [{ name: "one" }, { name: "other" }];
  expect([share(one, { limit: 1 }), share(one, { limit: 1 })]).toEqual(["one 1", "one 1"]);
  expect(made).toBe(1);
  expect([share(one, { limit: 2 }), share(other, { limit: 1 })]).toEqual(["one 2", "other 1"]);
  expect(made).toBe(3);
});

it("keeps no more than a bounded number of answers", () => {
  let made = 0;
  const share = shareByInput((_: object, input: number) => {
    made++;
    return input;
  });
  const source = {};
  for (let input = 0; input < 100; input++) share(source, input);
  share(source, 99);
  share(source, 0);
  expect(made).toBe(101);
});
