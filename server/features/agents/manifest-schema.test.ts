import { describe, expect, it } from "vitest";
import { fieldSchema, manifestSchema } from "./manifest-schema.ts";
import { agentSchema, transitionSchema, versionDetailSchema } from "./schema.ts";

const least = {
  alias: "transcript-summarizer",
  version: "2.4.1",
  engagements: [{ id: "summarize", event: "meeting.ended", handler: "onMeetingEnded" }],
};

describe("a manifest", () => {
  it("needs an alias, a version and one engagement; the rest has defaults", () => {
    expect(manifestSchema.parse(least)).toMatchObject({
      entry: "bundle.js",
      requiredScopes: ["default"],
      idleTimeout: 120,
      engagements: [{ enabled: true }],
      cubbies: [],
      settings: {},
    });
  });

  it.each(["latest", "2.4", "v2.4.1", "2.04.1", "2.4.1-", ""])("has no version %s", (version) => {
    expect(manifestSchema.safeParse({ ...least, version }).success).toBe(false);
  });

  it("has no key that nobody reads", () => {
    expect(manifestSchema.safeParse({ ...least, idleTimout: 300 }).error?.issues[0]).toMatchObject({
      code: "unrecognized_keys",
      keys: ["idleTimout"],
    });
  });

  it("keeps secrets out of what a SET may set", () => {
    const secret = { type: "secret" };
    expect(manifestSchema.safeParse({ ...least, settings: { TOKEN: secret } }).success).toBe(true);
    expect(fieldSchema.safeParse(secret).success).toBe(false);
  });

  it("is told with its version, and an agent may have none", () => {
    expect(Object.keys(versionDetailSchema.shape)).toContain("manifest");
    expect(agentSchema.shape.latest.parse(null)).toBe(null);
    expect(transitionSchema.shape.from.parse(null)).toBe(null);
  });
});
