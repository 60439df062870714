import { describe, expect, it } from "vitest";
import { defaultNodeLimits } from "../../../../../server/features/nodes/rules.ts";
import { draftChanges, limitFields, parseLimit, toShownLimit } from "./limit-fields.ts";

describe("limits as people write them", () => {
  it("shows every limit there is, once", () => {
    expect(limitFields.map(({ name }) => name).sort()).toEqual(Object.keys(defaultNodeLimits).sort());
  });

  it("reads back what it shows", () => {
    for (const field of limitFields) {
      const value = defaultNodeLimits[field.name];
      expect(parseLimit(toShownLimit(value, field), field)).toBe(value);
    }
  });

  it("asks for nothing that is the same, and puts back what is the default", () => {
    const limits = { ...defaultNodeLimits, cpuWarn: 0.5 };
    const draft = { cpuWarn: "95", memoryWarn: "95", diskWarn: "80", silenceMs: "soon", p99MsWarn: "" };
    expect(draftChanges(draft, limits, defaultNodeLimits)).toEqual({
      changes: { cpuWarn: null, diskWarn: 0.8 },
      wrong: ["silenceMs"],
    });
  });
});
