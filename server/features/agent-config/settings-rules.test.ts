import { describe, expect, it } from "vitest";
import { manifestSchema } from "../agents/manifest-schema.ts";
import { fieldsOf, judgeConfig, settingsFor } from "./settings-rules.ts";

const declare = (settings: object) =>
  manifestSchema.parse({
    alias: "a",
    version: "1.0.0",
    engagements: [{ id: "e", event: "x", handler: "h" }],
    settings,
  }).settings;
const one = {
  semver: "1.0.0",
  settings: declare({
    tone: { type: "string", default: "plain", enum: ["plain", "formal"] },
    words: { type: "integer", default: 8, minimum: 1, maximum: 10 },
    KEY: { type: "secret", required: true },
  }),
};
const two = {
  semver: "1.1.0",
  settings: declare({
    words: { type: "integer", default: 9, minimum: 5, maximum: 20 },
    loud: { type: "boolean" },
    KEY: { type: "secret" },
    OTHER: { type: "secret" },
  }),
};
const nothing = { settings: {}, written: [], cleared: [] };

describe("what a version sees", () => {
  it("is what is set, else its default, and nothing that it does not declare or that does not fit it", () => {
    expect(settingsFor(one.settings, { tone: "formal" })).toEqual({ tone: "formal", words: 8 });
    expect(settingsFor(two.settings, { tone: "formal", words: 2, loud: true })).toEqual({
      words: 9,
      loud: true,
    });
    expect(settingsFor(one.settings, { KEY: "written where it is read" })).not.toHaveProperty("KEY");
  });
});

describe("the fields of versions that run beside each other", () => {
  it("are each there once, by the first that has it, and say who alone knows them", () => {
    const { fields, secretFields } = fieldsOf([one, two]);
    expect(fields.map(({ name, only }) => [name, only])).toEqual([
      ["loud", ["1.1.0"]],
      ["tone", ["1.0.0"]],
      ["words", []],
    ]);
    expect(fields[2]?.field).toMatchObject({ default: 8 });
    expect(secretFields.map(({ name, isRequired }) => [name, isRequired])).toEqual([
      ["KEY", true],
      ["OTHER", false],
    ]);
  });
});

describe("a configuration", () => {
  const facts = { versions: [one, two], before: { gone: "x" } };
  it.each([
    [{ settings: { tone: "rude" } }, "tone", /none of plain, formal/],
    [{ settings: { words: 15 } }, "words", /At most 10. Says 1.0.0/],
    [{ settings: { words: 3 } }, "words", /At least 5. Says 1.1.0/],
    [{ settings: { words: 7.5 } }, "words", /whole number/],
    [{ settings: { strange: 1 } }, "strange", /No version/],
    [{ settings: { gone: "y" } }, "gone", /No version/],
    [{ settings: { KEY: "in the open" } }, "KEY", /is a secret/],
    [{ written: ["tone"] }, "tone", /no|No/],
    [{ cleared: ["KEY"] }, "KEY", /1.0.0 needs it/],
  ])("%j is refused at its field", (part, field, message) => {
    const issues = judgeConfig({ ...nothing, ...part }, facts);
    expect(issues).toEqual([{ field, message: expect.stringMatching(message) }]);
  });

  it("holds when every version that declares a value can take it, and keeps what none declares any more", () => {
    const settings = { tone: "formal", words: 6, loud: false, gone: "x" };
    expect(judgeConfig({ settings, written: ["KEY", "OTHER"], cleared: [] }, facts)).toEqual([]);
    expect(judgeConfig({ ...nothing, cleared: ["OTHER"] }, facts)).toEqual([]);
  });
});
