import { expect, test } from "./console-test.ts";
import { knownNode, nodePath } from "./known-nodes.ts";

test("a node's page shows what the chain, the node and we say, its risk, and its charts", async ({
  page,
}) => {
  await page.goto(nodePath(knownNode("fsn1-s07")));
  await expect(page.getByRole("heading", { level: 1, name: "fsn1-s07" })).toBeVisible();
  for (const name of [
    "Three views of this node",
    "Risk of a penalty",
    "Well provisioned",
    "Storage forecast",
  ])
    await expect(page.getByRole("region", { name })).toBeVisible();
  for (const name of ["Operations", "Latency", "Errors", "Disk read latency", "CPU and memory", "Network"])
    await expect(
      page.getByRole("region", { name, exact: true }).locator("svg, canvas").first(),
    ).toBeVisible();
  // This one has a slow disk and fails requests: the local network is made so.
  await expect(page.getByRole("status").filter({ hasText: "Degraded." })).toContainText(
    /requests failed|disk read/,
  );
  await expect(page.getByRole("region", { name: "Well provisioned" })).toContainText(/not met/);
});
