// @vitest-environment happy-dom
import { onlineManager, QueryClient, QueryClientProvider, useQuery } from "@tanstack/react-query";
import { cleanup, render, screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { afterEach, expect, it } from "vitest";
import { notIndexed, timeout } from "../../server/kernel/errors.ts";
import { QueryPanel } from "./query-panel.tsx";

afterEach(cleanup);

type Answer = () => Promise<{ rows: string[] }>;

function Rows({ answer }: { answer: Answer }) {
  const query = useQuery({ queryKey: ["rows"], queryFn: answer, retry: false });
  return (
    <QueryPanel
      title="Reads"
      what="refused reads"
      query={query}
      emptyWhen={({ rows }) => (rows.length === 0 ? { title: "No refused reads" } : null)}
    >
      {({ rows }) => rows.join(", ")}
    </QueryPanel>
  );
}

function show(answer: Answer) {
  const client = new QueryClient();
  render(
    <QueryClientProvider client={client}>
      <Rows answer={answer} />
    </QueryClientProvider>,
  );
  return { client, user: userEvent.setup() };
}

it("is busy while it loads, then shows the data", async () => {
  show(async () => ({ rows: ["a", "b"] }));
  expect(screen.getByRole("region", { name: "Reads" }).getAttribute("aria-busy")).toBe("true");
  expect(await screen.findByText("a, b")).toBeDefined();
});

it("says that there is nothing only when it knows", async () => {
  show(async () => ({ rows: [] }));
  expect(screen.queryByText("No refused reads")).toBeNull();
  expect(await screen.findByText("No refused reads")).toBeDefined();
});

it("says what failed and why, and tries again when asked", async () => {
  let asked = 0;
  const { user } = show(async () => {
    asked += 1;
    if (asked === 1) throw timeout("PostgreSQL", 5_000);
    return { rows: ["a"] };
  });
  expect(await screen.findByText("Could not load refused reads")).toBeDefined();
  expect(screen.getByText("PostgreSQL took longer than 5000 ms.")).toBeDefined();
  await user.click(screen.getByRole("button", { name: "Retry" }));
  expect(await screen.findByText("a")).toBeDefined();
});

it("tells missing indexes from missing data", async () => {
  show(async () => {
    throw notIndexed("devnet", "governance", "The governance squid");
  });
  expect(await screen.findByText("No index for refused reads")).toBeDefined();
});

it("keeps the last good data, dimmed, when a refresh fails", async () => {
  let isUp = true;
  const { client } = show(async () => {
    if (!isUp) throw timeout("PostgreSQL", 5_000);
    return { rows: ["a"] };
  });
  await screen.findByText("a");
  isUp = false;
  await client.refetchQueries();
  expect(await screen.findByText("PostgreSQL took longer than 5000 ms.")).toBeDefined();
  expect(screen.getByText("a").className).toContain("panel-dim");
});

it("says that the browser has no network instead of loading for ever, and goes on when it is back", async () => {
  onlineManager.setOnline(false);
  show(async () => ({ rows: ["a"] }));
  expect(await screen.findByText(/This browser has no network/)).toBeDefined();
  onlineManager.setOnline(true);
  expect(await screen.findByText("a")).toBeDefined();
});
