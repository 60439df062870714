import { randomBytes } from "node:crypto";
import { expect, test } from "./console-test.ts";
import { knownAgent } from "./known-agents.ts";

const bundle = "export const onEdit = (event) => ({ seen: event.id });\n";
const manifestOf = (parts: object) =>
  JSON.stringify(
    {
      alias: "editor",
      version: "1.0.0",
      engagements: [{ id: "edit", event: "summary.edited", handler: "onEdit" }],
      ...parts,
    },
    null,
    2,
  );

test.use({ role: "developer" });

test("a bundle is dropped, judged at its line, registered, and stands in the registry", async ({ page }) => {
  const service = randomBytes(32).toString("hex");
  await page.goto(`/agents/upload?service=${service}`);
  const choose = page.getByLabel("Files of the bundle");
  const files = (parts: object) => [
    { name: "bundle.js", mimeType: "text/javascript", buffer: Buffer.from(bundle) },
    { name: "manifest.json", mimeType: "application/json", buffer: Buffer.from(manifestOf(parts)) },
  ];
  await choose.setInputFiles(files({ idleTimeout: "10m" }));
  const source = page.getByRole("region", { name: "Source of manifest.json" });
  await expect(source.getByText(/column \d+: /)).toHaveCount(1);
  const register = page.getByRole("button", { name: /^Upload and register/ });
  await expect(register).toHaveAttribute("aria-disabled", "true");

  await choose.setInputFiles(files({}));
  await expect(source.getByText(/column \d+: /)).toHaveCount(0);
  await register.click();
  await expect(page.getByText("editor 1.0.0 is registered.")).toBeVisible();
  await expect(page.getByText("identical")).toBeVisible();
  await page.getByRole("button", { name: "Deploy to dev" }).click();

  await expect(page.getByRole("heading", { level: 1, name: "editor" })).toBeVisible();
  const dev = page.getByRole("region", { name: "dev" });
  await expect(dev.getByText("1.0.0", { exact: true })).toBeVisible();
  await expect(page.getByRole("table", { name: "Versions" }).getByText("deployed")).toBeVisible();
});

test("an agent leads to its version, its files and what differs", async ({ page }) => {
  await page.goto("/agents");
  await page.getByRole("link", { name: knownAgent.alias }).click();
  await page.getByRole("link", { name: "2.4.0" }).click();
  await expect(page.getByRole("table", { name: "Files" }).getByText("bundle.js")).toBeVisible();
  await expect(
    page.getByRole("region", { name: "Manifest", exact: true }).getByText("idleTimeout"),
  ).toHaveCount(2);
});
