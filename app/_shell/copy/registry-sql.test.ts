import { expect, it } from "vitest";
import { registrySql } from "./registry-sql.ts";

it("asks the indexer for the same rows, and quotes what people typed", () => {
  const { text, where } = registrySql("buckets", "mainnet", {
    owner_id_id: "it's",
    is_removed: false,
    cluster_id_id: undefined,
  });
  expect(text).toBe(
    [
      "SELECT id, owner_id_id, cluster_id_id, is_public, is_removed, created_at_block_height",
      "FROM ddc_bucket",
      "WHERE owner_id_id = 'it''s' AND is_removed = false",
      "ORDER BY id;",
    ].join("\n"),
  );
  expect(where).toContain("ddc indexer of mainnet");
  expect(registrySql("nodes", "devnet").text).not.toContain("WHERE");
});
