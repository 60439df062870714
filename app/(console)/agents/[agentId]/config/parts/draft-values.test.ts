import { expect, it } from "vitest";
import { draftSettings, withEdit } from "./draft-values.ts";

const config = {
  settings: { words: 8, left: "of an earlier version" },
  fields: [
    { name: "words", only: [], field: { type: "integer" as const, default: 16 } },
    { name: "ratio", only: [], field: { type: "number" as const, default: 0.5 } },
    { name: "tone", only: [], field: { type: "string" as const, default: "plain" } },
    { name: "langs", only: [], field: { type: "set" as const, enum: ["en", "pt"], default: ["en"] } },
  ],
};

it("sends what is set with what was typed in it, numbers as numbers", () => {
  const edits = { words: "12", ratio: "0.50", tone: "", langs: ["pt"] };
  expect(draftSettings(config, edits)).toEqual({
    ...config.settings,
    words: 12,
    ratio: 0.5,
    tone: "",
    langs: ["pt"],
  });
  expect(draftSettings(config, { words: null, ratio: "" })).toEqual({ left: "of an earlier version" });
  expect(draftSettings(config, { left: null, words: "1e3" })).toEqual({ words: "1e3" });
});

it("keeps no edit that changes nothing", () => {
  const typed = withEdit(config, {}, { name: "words", edit: "1" });
  expect(typed).toEqual({ words: "1" });
  expect(withEdit(config, typed, { name: "words", edit: "8" })).toEqual({});
  expect(withEdit(config, {}, { name: "ratio", edit: "0.5" })).toEqual({});
  expect(withEdit(config, {}, { name: "langs", edit: ["en"] })).toEqual({});
  expect(withEdit(config, {}, { name: "words", edit: null })).toEqual({ words: null });
  expect(withEdit(config, {}, { name: "tone", edit: null })).toEqual({});
});
