import { expect, test } from "./console-test.ts";

test("leads from the buckets to one bucket, its objects and a CID taken apart", async ({ page }) => {
  await page.goto("/mainnet/data?reads=public");
  await expect(page.getByRole("heading", { level: 1, name: "Buckets" })).toBeVisible();
  const buckets = page.getByRole("grid", { name: "Buckets" });
  const bucket = buckets.getByRole("link", { name: /^\d+$/ }).first();
  const number = await bucket.innerText();
  await bucket.click();
  await expect(page.getByRole("heading", { level: 1, name: `Bucket ${number}` })).toBeVisible();
  await expect(page.getByRole("region", { name: "How we know what is here" })).toBeVisible();
  await page.getByRole("grid", { name: "Objects" }).getByRole("link", { name: /^bae/ }).first().click();
  await expect(page).toHaveURL(new RegExp(`/mainnet/data/cids/bae[a-z2-7]{56}\\?bucket=${number}$`));
  await expect(page.getByText("Well formed")).toBeVisible();
  await expect(
    page.getByRole("region", { name: "About" }).getByRole("link", { name: number, exact: true }),
  ).toBeVisible();
});

test("points at the character that is wrong in a CID", async ({ page }) => {
  await page.goto("/mainnet/data/cids/baebb4iaonbdgyazqudcmg42j4q7f5cvgdzlh4y5awb3i3w1laeldvmnute");
  await expect(page.getByRole("heading", { level: 1, name: "Not a CID" })).toBeVisible();
  await expect(page.getByText("Character 48.")).toBeVisible();
  await expect(page.locator("mark")).toHaveText("1");
});

test("keeps the filter of the buckets in the address, and opens a pasted CID", async ({ page }) => {
  await page.goto("/mainnet/data?reads=private");
  await expect(page.getByRole("button", { name: "Remove filter reads" })).toBeVisible();
  await page.getByRole("button", { name: "Remove filter reads" }).click();
  await expect(page).toHaveURL(/\/mainnet\/data$/);
  await page
    .getByRole("textbox", { name: "Bucket, owner, CNS name, CID" })
    .fill("baebb4ifpcne3t5pzugtkaqcn5i3nzskjtpfslsnnyejlpte2spfoihzsmi");
  await expect(page).toHaveURL(
    /\/mainnet\/data\/cids\/baebb4ifpcne3t5pzugtkaqcn5i3nzskjtpfslsnnyejlpte2spfoihzsmi$/,
  );
});

test("draws the lineage of a job from where it starts, and opens what is pressed", async ({ page }) => {
  await page.goto("/mainnet/data/lineage?root=job:agents%20transcribe");
  const graph = page.getByRole("region", { name: "Lineage graph" });
  const root = graph.getByRole("button", { name: "transcribe job, agents" });
  await expect(root).toBeInViewport();
  const run = graph.getByRole("button", { name: /^transcribe run / }).first();
  await graph.getByRole("button", { name: "Whole" }).click();
  await expect(run).toBeInViewport();
  await run.click();
  await expect(page).toHaveURL(/node=\d+/);
  const peek = page.getByRole("complementary", { name: /transcribe/ });
  await peek.getByRole("button", { name: "Start from here" }).click();
  await expect(page).toHaveURL(/[?&]root=run(:|%3A)/);
  await expect(graph.locator("[data-root]")).toHaveAccessibleName(/^transcribe run /);
  await page.goBack();
  await expect(graph.locator("[data-root]")).toHaveAccessibleName("transcribe job, agents");
});
