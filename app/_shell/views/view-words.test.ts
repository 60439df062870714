import { describe, expect, it } from "vitest";
import type { SavedViewRow } from "../../../server/features/views/schema.ts";
import { canHaveViews, defaultQuery, pageOf, queryToKeep, viewsOf } from "./view-words.ts";

const view = (parts: Partial<SavedViewRow>): SavedViewRow => ({
  id: "",
  page: "nodes",
  name: "",
  query: "",
  isShared: false,
  isDefault: false,
  isOwn: true,
  ownerName: "",
  ...parts,
});

describe("views of a page", () => {
  it("are of the page on every network", () => {
    expect(pageOf({ section: "nodes", rest: [] })).toBe("nodes");
    expect(pageOf({ section: "settings", rest: ["audit"] })).toBe("settings/audit");
  });

  it("are for lists, not for one thing", () => {
    expect(canHaveViews("nodes")).toBe(true);
    expect(canHaveViews("")).toBe(true);
    expect(canHaveViews(`nodes/0x${"ab".repeat(32)}`)).toBe(false);
  });

  it("keep the filter, not what was open", () => {
    expect(queryToKeep("?sort=-p99&peek=0x12&q=fsn1")).toBe("q=fsn1&sort=-p99");
  });

  it("show one's own first, and open with the default", () => {
    const views = [
      view({ name: "b", isOwn: false }),
      view({ name: "z", query: "q=1", isDefault: true }),
      view({ name: "c" }),
      view({ name: "x", page: "clusters" }),
    ];
    expect(viewsOf(views, "nodes").map(({ name }) => name)).toEqual(["c", "z", "b"]);
    expect(defaultQuery(views, "nodes")).toBe("q=1");
    expect(defaultQuery(views, "clusters")).toBe("");
  });
});
