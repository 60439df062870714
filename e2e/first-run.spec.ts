import { demoPassword, demoRoles, expect, statusWarning, test } from "./console-test.ts";
import { sessionFile } from "./stack/stack-facts.ts";

// All other journeys come after this one and use the sessions that it opens.

test.describe("by a stranger", () => {
  test.use({ role: "nobody" });

  for (const role of demoRoles)
    test(`the demo's ${role} signs in with the password that the demo prints`, async ({
      request,
      baseURL,
    }) => {
      const answer = await request.post("/api/auth/sign-in", {
        data: { email: `${role}@demo.local`, password: demoPassword },
        headers: { origin: baseURL ?? "" },
      });
      expect(answer.status()).toBe(200);
      await request.storageState({ path: sessionFile(role) });
      expect((await request.get("/mainnet")).url()).toMatch(/\/mainnet$/);
    });
});

test("the first screen shows 63 nodes that are all heard, and moves", async ({ page }) => {
  // On its very first start the local network writes the hours before it, and ingest has them to catch up with.
  test.setTimeout(800_000);
  const operations = page.getByRole("region", { name: "Operations" }).first();
  const heard = page.getByRole("region", { name: "Nodes heard" });
  await page.goto("/mainnet");
  await expect(statusWarning(page)).toHaveCount(0, { timeout: 420_000 });
  // What is read last belongs to single nodes: each is heard when its own past is through.
  await expect(heard).toContainText(/63\s*of 63/, { timeout: 300_000 });
  const before = await operations.locator(".fig").innerText();
  await expect(operations.locator(".fig")).not.toHaveText(before);
});
