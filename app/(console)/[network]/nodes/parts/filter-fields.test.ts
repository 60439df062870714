import { describe, expect, it } from "vitest";
import { listNodesInput } from "../../../../../server/features/nodes/schema.ts";
import { loadNodeList, toListInput } from "../search-params.ts";
import { chipsOf, hasFilter, noFilter, optionsOf, withValue } from "./filter-fields.ts";
import { aNodePage, aNodeRow } from "./testing/a-node-row.ts";

const paramsOf = (query: string) => loadNodeList(new URLSearchParams(query));
const cluster = `0x${"c".repeat(40)}`;
const page = aNodePage([aNodeRow(), aNodeRow({ status: { kind: "silent", reason: "" } })], {
  facets: {
    clusterId: [{ value: cluster, label: "Dragon 1", nodes: 2 }],
    provider: [],
    region: [],
    mode: [],
    version: [],
  },
});

describe("the filter in the address", () => {
  it("becomes what the server is asked", () => {
    const params = paramsOf(`q=fsn&status=silent,degraded&cluster=${cluster}&sort=-p99Ms,name`);
    const input = toListInput("mainnet", params);
    expect(listNodesInput.parse(input)).toEqual({
      network: "mainnet",
      text: "fsn",
      status: ["silent", "degraded"],
      clusterId: [cluster],
      limit: 1_000,
      sort: [
        { by: "p99Ms", direction: "desc" },
        { by: "name", direction: "asc" },
      ],
    });
  });

  it("ignores states and columns that do not exist", () => {
    const params = paramsOf("status=broken&sort=nonsense,-name");
    expect(params.status).toEqual([]);
    expect(toListInput("devnet", params).sort).toEqual([{ by: "name", direction: "desc" }]);
  });

  it("sorts by state, then by p99 downwards, when nothing is said", () => {
    expect(toListInput("mainnet", paramsOf("")).sort).toEqual([
      { by: "status", direction: "asc" },
      { by: "p99Ms", direction: "desc" },
    ]);
  });
});

describe("the chips of the filter", () => {
  it.each([
    ["status=silent", "status", "is", "Silent"],
    ["status=silent,online", "status", "is any of", "Silent, Online"],
    [`cluster=${cluster}`, "cluster", "is", "Dragon 1"],
    ["region=eu,us,ap,sa", "region", "is any of", "eu, us, ap and 1 more"],
  ])("say %s in words", (query, field, operator, value) => {
    expect(chipsOf(paramsOf(query), page)).toEqual([{ field, operator, value }]);
  });

  it("show the shortened value itself while names are not loaded", () => {
    expect(chipsOf(paramsOf(`cluster=${cluster}`), undefined)[0]?.value).toBe("0xcccc…cccc");
  });

  it("put a value in and take it out again", () => {
    const params = paramsOf("region=eu");
    expect(withValue(params, "region", "us")).toEqual({ region: ["eu", "us"] });
    expect(withValue(params, "region", "eu")).toEqual({ region: [] });
    expect(withValue(params, "status", "silent")).toEqual({ status: ["silent"] });
  });

  it("are all gone after clearing", () => {
    const params = paramsOf("q=x&status=silent&mode=Full");
    expect(hasFilter(params)).toBe(true);
    expect(hasFilter({ ...params, ...noFilter })).toBe(false);
  });

  it("offer every state with its count, worst first", () => {
    const options = optionsOf("status", page);
    expect(options[0]).toMatchObject({ value: "wrong_bytes", nodes: 0 });
    expect(options.find((option) => option.value === "silent")?.nodes).toBe(1);
  });
});
