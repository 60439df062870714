import { execFileSync } from "node:child_process";
import { expect, it } from "vitest";
import { csvOf, curlOf, exportCall, jsonOf, procedureCall } from "./copy-text.ts";

it("gives what lies deeper a column of its own, lists as JSON, and leaves empty what is missing", () => {
  const rows = [
    { name: "a", rate: { ops: 1.5, p99: null }, roles: ["x", "y"], size: "9007199254740993" },
    { name: "b", rate: { ops: 2, p99: 7 }, note: "later" },
  ];
  expect(csvOf(rows).split("\r\n")).toEqual([
    "name,rate.ops,rate.p99,roles,size,note",
    'a,1.5,,"[""x"",""y""]",9007199254740993,',
    "b,2,7,,,later",
    "",
  ]);
  expect(JSON.parse(jsonOf(rows))).toEqual(rows);
});

it("runs nothing in a spreadsheet, and leaves numbers as they are", () => {
  expect(csvOf([{ name: '=HYPERLINK("x")', delta: -5, sum: "-5" }]).split("\r\n")[1]).toBe(
    `"'=HYPERLINK(""x"")",-5,'-5`,
  );
});

it("makes a command that a shell reads as it was meant, whatever is asked for", () => {
  const nasty = `it's "$HOME" \`id\` & \\ <é>`;
  const command = curlOf("https://console.example", procedureCall("nodes.list", { q: nasty }));
  const words = execFileSync("sh", ["-c", `curl() { printf '%s\\0' "$@"; }; CERE_TOKEN=secret; ${command}`])
    .toString()
    .split("\0");
  expect(words).toEqual([
    "-sSG",
    "https://console.example/api/trpc/nodes.list",
    "-H",
    "authorization: Bearer secret",
    "--data-urlencode",
    `input={"q":${JSON.stringify(nasty)}}`,
    "",
  ]);
});

it("asks for an export as docs/openapi.yaml has it", () => {
  expect(exportCall("nodes", "csv", { network: "mainnet" })).toEqual({
    path: "/api/exports/nodes.csv",
    query: { network: "mainnet" },
  });
});
