import { describe, expect, it } from "vitest";
import { compileTargeting, isTargetingFault } from "./targeting-rules.ts";

const facts = { vault: { id: "a", scope: "default" }, event: { type: "meeting.ended" } };

describe("compileTargeting", () => {
  it.each([
    ["", true],
    ["true", true],
    ['vault.scope == "default"', true],
    ['vault.id in ["b", "c"]', false],
    ['event.type.startsWith("meeting.") && !(vault.id == "b")', true],
    ["size(vault.id) > 3", false],
  ])("decides %s", (text, expected) => {
    const compiled = compileTargeting(text);
    if (isTargetingFault(compiled)) throw new Error(compiled.message);
    expect(compiled(facts)).toBe(expected);
  });

  it.each([
    ["malformed", "vault.id ==", 11, /unexpected/i],
    ["another field", 'event.type == "x" && vault.region == "eu"', 27, /No field region/],
    ["another variable", "region == 1", 0, /Unknown variable: region/],
    ["a type that does not fit", "vault.id == 1", 0, /overload/],
    ["no decision", "vault.id", 0, /not true or false/],
    ["a regular expression", 'event.type.matches("(a+)+$")', 0, /matches is not offered/],
    ["a comprehension", "[1, 2].exists(x, x == 1)", 0, /exists is not offered/],
    ["a function that nobody knows", "shell(vault.id)", 0, /shell is not offered/],
    ["too much text", `vault.id == "${"x".repeat(1_000)}"`, 1_000, /Longer/],
    ["too many parts", Array(40).fill('vault.id == "x"').join(" || "), null, /./],
    ["too deep", `${"(".repeat(40)}true${")".repeat(40)}`, null, /./],
    ["a long list", `vault.id in [${Array(80).fill('"x"').join()}]`, null, /./],
  ])("refuses %s", (_what, text, at, message) => {
    const compiled = compileTargeting(text);
    if (!isTargetingFault(compiled)) throw new Error(`${text} was taken.`);
    expect(compiled.message).toMatch(message);
    if (at !== null) expect(compiled.at).toBe(at);
  });
});
