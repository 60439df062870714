import { readdirSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { faultText, isFault, parseLineageEvent } from "./parse-event.ts";

const fixtures = new URL("./fixtures/", import.meta.url);

describe("events of a real client", () => {
  it.each(bodies())("accepts %s and keeps every digit of it", (_name, body) => {
    const parsed = parseLineageEvent(body);
    if (isFault(parsed)) throw new Error(faultText(parsed));
    expect(parsed.body).toBe(body);
    expect(parsed.event.eventTime).toMatch(/^2026-11-23T15:00:\d\d\.123456Z$/);
    const kept = JSON.stringify(parsed.event);
    expect(kept.match(/9007199254740993/g)?.length).toBe(body.match(/9007199254740993/g)?.length);
    expect(kept).not.toContain("9007199254740992");
  });
});

describe("what is refused, and where", () => {
  const run = {
    eventTime: "2026-11-23T15:00:00Z",
    eventType: "START",
    producer: "https://example.org/p",
    schemaURL: "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent",
    run: { runId: "2cd135a0-e531-5b9c-a856-3e3854aa7a6f" },
    job: { namespace: "n", name: "j" },
  };
  const dataset = { namespace: "s", name: "d" };
  it.each<[string, unknown, string]>([
    ["no object", [run], "an event is a JSON object"],
    ["nothing it is about", { eventTime: run.eventTime }, "has none of run, dataset and job"],
    ["no time", { ...run, eventTime: undefined }, "/eventTime is missing"],
    [
      "a time without its offset",
      { ...run, eventTime: "2026-11-23T15:00:00" },
      "/eventTime must be a time with its offset, such as 2026-11-23T15:00:00.123Z",
    ],
    [
      "a time before all computers",
      { ...run, eventTime: "0001-01-01T00:00:00Z" },
      "/eventTime must not be before 1970",
    ],
    [
      "an unknown type",
      { ...run, eventType: "DONE" },
      "/eventType must be one of START, RUNNING, COMPLETE, ABORT, FAIL, OTHER",
    ],
    ["no run id", { ...run, run: {} }, "/run/runId is missing"],
    ["a run id that is none", { ...run, run: { runId: "17" } }, "/run/runId must be a UUID"],
    ["a run that is null", { ...run, run: null }, "/run must be an object"],
    ["a job without a name", { ...run, job: { namespace: "n" } }, "/job/name is missing"],
    ["inputs that are no list", { ...run, inputs: dataset }, "/inputs must be a list"],
    [
      "the second output without a namespace",
      { ...run, outputs: [dataset, { name: "d" }] },
      "/outputs/1/namespace is missing",
    ],
    [
      "a name that no index holds",
      { ...run, inputs: [{ ...dataset, name: "ä".repeat(800) }] },
      "/inputs/0/name must not have more than 1500 bytes",
    ],
    [
      "a name that no text holds",
      { ...run, inputs: [{ ...dataset, name: "a\0b" }] },
      "/inputs/0/name must not contain the character NUL",
    ],
    [
      "a facet that is no object",
      { ...run, job: { ...run.job, facets: { "a/b": 3 } } },
      "/job/facets/a~1b must be an object",
    ],
    ["no schema", { ...run, schemaURL: undefined }, "/schemaURL is missing"],
    [
      "a dataset event without a name",
      { ...run, run: undefined, job: undefined, dataset: { namespace: "s" } },
      "/dataset/name is missing",
    ],
  ])("%s", (_what, value, refusal) => {
    const parsed = parseLineageEvent(JSON.stringify(value));
    expect(isFault(parsed) && faultText(parsed)).toBe(refusal);
  });

  it("text that is no JSON, and JSON that is nested without end", () => {
    expect(parseLineageEvent('{"run":')).toMatchObject({
      pointer: "",
      reason: expect.stringContaining("not JSON"),
    });
    const deep = `{"run":${"[".repeat(500)}${"]".repeat(500)}}`;
    expect(parseLineageEvent(deep)).toEqual({ pointer: "", reason: "nested more than 64 levels deep" });
  });

  it("a facet that is one long number, which would lose its digits unseen", () => {
    const text = JSON.stringify(run).replace('"job":{', '"job":{"facets":{"x":90071992547409931},');
    expect(parseLineageEvent(text)).toMatchObject({ pointer: "/job/facets/x", reason: "must be an object" });
  });
});

it("orders times of any offset by their microseconds in UTC", () => {
  const at = (eventTime: string) => {
    const parsed = parseLineageEvent(
      JSON.stringify({ eventTime, producer: "p", schemaURL: "s", dataset: { namespace: "s", name: "d" } }),
    );
    return isFault(parsed) ? faultText(parsed) : parsed.event.eventTime;
  };
  expect(at("2026-11-23T15:00:00.123456+00:00")).toBe("2026-11-23T15:00:00.123456Z");
  expect(at("2026-11-23T17:30:00.1+02:30")).toBe("2026-11-23T15:00:00.100000Z");
  expect(at("2026-11-23T15:00:00Z")).toBe("2026-11-23T15:00:00.000000Z");
});

function bodies(): [string, string][] {
  const files = ["http", "http-gzip", "kafka"].flatMap((way) =>
    readdirSync(new URL(`${way}/`, fixtures)).map((file): [string, string] => {
      const bytes = readFileSync(new URL(`${way}/${file}`, fixtures));
      return [`${way}/${file}`, (way === "http-gzip" ? gunzipSync(bytes) : bytes).toString()];
    }),
  );
  const lines = readFileSync(new URL("file/events.jsonl", fixtures), "utf8").trim().split("\n");
  return [...files, ...lines.map((line, index): [string, string] => [`file, line ${index + 1}`, line])];
}
