import { describe, expect, it } from "vitest";
import { judgeTarget } from "./judge-target.ts";

const shipped = new Set(["cere-nodes", "cere-ingest"]);
const audience = { orgId: 2, network: "testnet", isShipped: (uid: string) => shipped.has(uid) } as const;
const judge = (method: string, target: string) => judgeTarget(method, target, audience);

describe("what a frame asks of Grafana", () => {
  it.each([
    ["GET", "/d/cere-nodes", "page"],
    ["GET", "/d/cere-nodes/nodes", "page"],
    ["GET", "/d-solo/cere-nodes/nodes", "page"],
    ["GET", "/public/build/app.0123.js", "asset"],
    ["GET", "/public/fonts/inter/Inter-Regular.woff2", "asset"],
    ["GET", "/public/img/grafana_icon.svg", "asset"],
    ["GET", "/public/plugins/grafana-clock-panel/module.js", "asset"],
    ["GET", "/bootdata", "data"],
    ["POST", "/apis/features.grafana.app/v0alpha1/namespaces/org-2/ofrep/v1/evaluate/flags", "data"],
    ["GET", "/apis/dashboard.grafana.app/", "data"],
    ["GET", "/apis/dashboard.grafana.app/v2beta1/namespaces/org-2/dashboards/cere-nodes/dto", "data"],
    ["GET", "/api/dashboards/uid/cere-nodes", "data"],
    ["POST", "/api/ds/query", "query"],
    ["GET", "/api/annotations?dashboardUID=cere-nodes", "data"],
    ["GET", "/api/prometheus/grafana/api/v1/rules?dashboard_uid=cere-ingest", "data"],
    ["GET", "/api/live/ws", "socket"],
    ["GET", "/api/plugins/timeseries/settings", "answered"],
    ["GET", "/apis/collections.grafana.app/v1alpha1/namespaces/org-2/stars", "answered"],
    ["POST", "/api/frontend-metrics", "answered"],
  ])("passes %s %s as %s", (method, target, kind) => {
    expect(judge(method, target).kind).toBe(kind);
  });

  it.each([
    ["another dashboard", "/d/secret"],
    ["another dashboard's model", "/api/dashboards/uid/secret"],
    [
      "another organisation's dashboard",
      "/apis/dashboard.grafana.app/v1/namespaces/default/dashboards/cere-nodes/dto",
    ],
    [
      "another organisation's flags",
      "/apis/features.grafana.app/v0alpha1/namespaces/org-1/ofrep/v1/evaluate/flags",
    ],
    ["all dashboards' annotations", "/api/annotations"],
    ["another dashboard's annotations", "/api/annotations?dashboardUID=secret"],
    [
      "annotations of two, one of them shipped",
      "/api/annotations?dashboardUID=cere-nodes&dashboardUID=secret",
    ],
    ["rules of everything", "/api/prometheus/grafana/api/v1/rules"],
    ["search", "/api/search"],
    ["the list of channels", "/api/live/list"],
    ["plugins", "/api/plugins"],
    ["settings", "/api/frontend/settings"],
    ["snapshots", "/api/snapshots"],
    ["a data source as a proxy", "/api/datasources/proxy/uid/cere-pg/x"],
    ["a data source's resources", "/api/datasources/uid/cere-pg/resources/x"],
    ["people", "/api/users"],
    ["administration", "/api/admin/settings"],
    ["exploring", "/explore"],
    ["the start page", "/"],
    ["the sign-in", "/login"],
    ["a shared dashboard", "/public-dashboards/abc"],
  ])("does not pass %s", (_what, target) => {
    for (const method of ["GET", "POST"]) expect(judge(method, target).kind, method).toBe("refused");
  });

  it.each([
    "/api%2Fsearch",
    "/%61pi/search",
    "/api/%2573earch",
    "/public/build/../../api/search",
    "/public/build/%2e%2e/%2e%2e/api/search",
    "/public/build/./app.js",
    "//api/search",
    "/public/build//app.js",
    "/public/build/..\\..\\api\\search",
    "/api;x=1/search",
    "/d/cere-nodes;x",
    "/d/cere-nodes%00",
    "/d/cere-nodes/..",
    "/public/build/..",
    "/d/cere-nodes#/../x",
    "/d/cere-nodes?x#y",
    "http://grafana.test/d/cere-nodes",
    "*",
    "",
    "/d/cère",
    `/d/cere-nodes?from=${"1".repeat(5_000)}`,
  ])("refuses the disguise %s", (target) => {
    expect(judge("GET", target)).toMatchObject({ kind: "refused" });
  });

  it.each(["PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE", "CONNECT", "get", ""])(
    "refuses the method %s",
    (method) => {
      expect(judge(method, "/api/ds/query")).toMatchObject({ kind: "refused", status: 405 });
    },
  );

  it("asks by POST only what is asked by POST", () => {
    expect(judge("GET", "/api/ds/query")).toMatchObject({ status: 405 });
    expect(judge("POST", "/d/cere-nodes")).toMatchObject({ status: 405 });
    expect(judge("POST", "/api/live/ws")).toMatchObject({ status: 405 });
  });

  it("lets no name through that says who somebody is or which organisation is meant", () => {
    const given =
      "?from=now-1h&auth_token=x&targetOrgId=1&orgId=1&var-cluster=a&var-cluster=b&kiosk&inspect=1&editPanel=1";
    expect(judge("GET", `/d/cere-nodes${given}`)).toEqual({
      kind: "page",
      target: "/d/cere-nodes?from=now-1h&var-cluster=a&var-cluster=b&kiosk=1",
    });
    expect(judge("POST", "/api/ds/query?ds_type=x&requestId=Q1&targetOrgId=1&auth_token=x")).toEqual({
      kind: "query",
      target: "/api/ds/query?ds_type=x&requestId=Q1",
    });
    expect(judge("GET", "/api/live/ws?auth_token=x")).toEqual({ kind: "socket", target: "/api/live/ws" });
  });

  it("calls the first organisation's namespace as Grafana does", () => {
    const path = "/apis/dashboard.grafana.app/v1/namespaces/default/dashboards/cere-nodes/dto";
    expect(judgeTarget("GET", path, { ...audience, orgId: 1 }).kind).toBe("data");
  });
});
