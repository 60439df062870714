import { QueryClient, QueryObserver } from "@tanstack/react-query";
import { expect, it } from "vitest";
import { refreshQueries } from "./refresh-queries.ts";

it("asks once more what was being asked when the notice came, however many came", async () => {
  const { client, answers, asked } = shown({ isLive: true });
  expect(asked()).toBe(1);
  const refreshed = [refreshQueries(client, ["nodes"]), refreshQueries(client, ["nodes"])];
  await answers();
  expect(asked()).toBe(2);
  await answers();
  await Promise.all(refreshed);
  expect(asked()).toBe(2);
});

it("asks once what nobody was asking, and not at all what cannot change or is not shown", async () => {
  for (const [isLive, expected] of [
    [true, 2],
    [false, 1],
  ] as const) {
    const { client, answers, asked } = shown({ isLive });
    await answers();
    const refreshed = [refreshQueries(client, ["nodes"]), refreshQueries(client, ["alerts"])];
    await answers();
    await Promise.all(refreshed);
    expect(asked()).toBe(expected);
  }
});

/** A query on a page: `answers` answers what is being asked. */
function shown(meta: { isLive: boolean }) {
  const client = new QueryClient();
  let count = 0;
  let answer: (value: number) => void = () => {};
  const observer = new QueryObserver(client, {
    queryKey: [["nodes", "list"]],
    meta,
    queryFn: () =>
      new Promise<number>((resolve) => {
        count += 1;
        answer = resolve;
      }),
  });
  observer.subscribe(() => {});
  return {
    client,
    asked: () => count,
    answers: async () => {
      answer(count);
      await new Promise((resolve) => setTimeout(resolve, 20));
    },
  };
}
