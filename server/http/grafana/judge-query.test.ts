import { expect, it } from "vitest";
import { judgeQuery } from "./judge-query.ts";

const query = {
  refId: "A",
  datasource: { type: "grafana-postgresql-datasource", uid: "cere-pg" },
  rawSql: "SELECT 1",
  format: "table",
};

it("passes questions to the shipped data source on, with what belongs to them", () => {
  const body = { queries: [query], from: "1", to: "2" };
  expect(JSON.parse(judgeQuery(JSON.stringify(body)))).toEqual(body);
});

it.each([
  ["another data source", { queries: [{ ...query, datasource: { uid: "cere-prom" } }] }],
  ["another one beside it", { queries: [query, { ...query, datasource: { uid: "-- Grafana --" } }] }],
  ["one by its number", { queries: [{ refId: "A", datasourceId: 1, rawSql: "SELECT 1" }] }],
  ["an expression over others", { queries: [{ ...query, datasource: { uid: "__expr__" } }] }],
  ["nothing", { queries: [] }],
  ["very much", { queries: Array.from({ length: 27 }, () => query) }],
  ["no object", [query]],
])("refuses %s", (_what, body) => {
  expect(() => judgeQuery(JSON.stringify(body))).toThrow("shipped data source");
});

it("leaves no second reading: what is sent on is written from what was checked", () => {
  const twice = `{"queries":[{"refId":"A","datasource":{"uid":"other"},"datasource":{"uid":"cere-pg"},"datasourceId":7,"rawSql":"x"}],"datasourceId":7}`;
  const sent = judgeQuery(twice);
  expect(sent).not.toContain("other");
  expect(sent).not.toContain("datasourceId");
  expect(() => judgeQuery("{")).toThrow("shipped data source");
});
