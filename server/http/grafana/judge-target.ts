import type { NetworkName } from "../../kernel/networks.ts";

/** What a request to Grafana's host is. `target` is what Grafana is asked: the path and the names that may pass. */
export type Judgement =
  /** HTML of a dashboard. */
  | { kind: "page"; target: string }
  /** A file of Grafana's own, the same for everybody: nobody is named for it. */
  | { kind: "asset"; target: string }
  | { kind: "data"; target: string }
  /** Questions to a data source; the body is judged too. */
  | { kind: "query"; target: string }
  | { kind: "socket"; target: string }
  /** What the page can do without: answered here. */
  | { kind: "answered"; body: string }
  | { kind: "refused"; status: 400 | 404 | 405; why: string };

export type Audience = { orgId: number; network: NetworkName; isShipped(uid: string): boolean };

type Row = {
  methods: readonly ("GET" | "POST")[];
  path: RegExp;
  kind: "page" | "asset" | "data" | "query" | "socket" | "answered";
  /** Names of the query that pass; others are left out. */
  names?: RegExp;
  /** A name that must be there and be a dashboard that ships. */
  pinned?: string;
  body?: string;
};

const place =
  /^(?:from|to|timezone|refresh|theme|kiosk|viewPanel|panelId|var-\w{1,40}|_dash\.hide(?:TimePicker|Variables|Links))$/;
const uid = "(?<uid>[A-Za-z0-9_-]{1,40})";
const namespace = "(?<namespace>[a-z0-9-]{1,40})";

/** Paths of one dashboard's view and no others (Grafana 11 to 13); groups `uid` and `namespace` are pinned. */
const rows: readonly Row[] = [
  { methods: ["GET"], path: at(`/d/${uid}(?:/[a-z0-9-]{1,100})?`), kind: "page", names: place },
  { methods: ["GET"], path: at(`/d-solo/${uid}(?:/[a-z0-9-]{1,100})?`), kind: "page", names: place },
  {
    methods: ["GET"],
    path: at("/public/(?:build|fonts|img|plugins/[a-z0-9-]+)/.+"),
    kind: "asset",
    names: /^_cache$/,
  },
  { methods: ["GET"], path: at("/bootdata"), kind: "data" },
  {
    methods: ["POST"],
    path: at(`/apis/features\\.grafana\\.app/v0alpha1/namespaces/${namespace}/ofrep/v1/evaluate/flags`),
    kind: "data",
  },
  { methods: ["GET"], path: at("/apis/dashboard\\.grafana\\.app/"), kind: "data" },
  {
    methods: ["GET"],
    path: at(
      `/apis/dashboard\\.grafana\\.app/(?:v1|v1beta1|v2|v2beta1)/namespaces/${namespace}/dashboards/${uid}/dto`,
    ),
    kind: "data",
  },
  { methods: ["GET"], path: at(`/api/dashboards/uid/${uid}`), kind: "data" },
  { methods: ["POST"], path: at("/api/ds/query"), kind: "query", names: /^(?:ds_type|requestId)$/ },
  {
    methods: ["GET"],
    path: at("/api/annotations"),
    kind: "data",
    names: /^(?:from|to|limit|matchAny|type|tags|panelId|dashboardUID)$/,
    pinned: "dashboardUID",
  },
  {
    methods: ["GET"],
    path: at("/api/prometheus/grafana/api/v1/rules"),
    kind: "data",
    names: /^(?:dashboard_uid|panel_id)$/,
    pinned: "dashboard_uid",
  },
  { methods: ["GET"], path: at("/api/live/ws"), kind: "socket" },
  { methods: ["GET"], path: at("/api/plugins/[a-z0-9-]+/settings"), kind: "answered", body: "{}" },
  {
    methods: ["GET"],
    path: at("/apis/collections\\.grafana\\.app/.+/stars"),
    kind: "answered",
    body: '{"items":[]}',
  },
  { methods: ["POST"], path: at("/api/frontend-metrics"), kind: "answered", body: "{}" },
];

/** No escapes, no backslash, no matrix parameters, no empty segment: what is matched is what Grafana reads. */
const plainPath = /^(?:\/[A-Za-z0-9_~@+.-]+)+\/?$/;
const longestTarget = 4_096;

/** Judges method and target of a request by the table; `target` as it stands in the request line. */
export function judgeTarget(method: string, target: string, audience: Audience): Judgement {
  const [path = "", query = ""] = splitOnce(target, "?");
  if (target.length > longestTarget || !isPlain(path) || query.includes("#"))
    return { kind: "refused", status: 400, why: "This is no plain address." };
  const known = rows.filter((row) => row.path.test(path));
  if (known.length === 0) return nothingThere(path);
  const row = known.find(({ methods }) => methods.some((one) => one === method));
  if (!row) return { kind: "refused", status: 405, why: `${method} is not asked of ${path}.` };
  const names = new URLSearchParams(query);
  if (!isOwn(row, path, { names, audience })) return nothingThere(path);
  if (row.kind === "answered") return { kind: "answered", body: row.body ?? "{}" };
  return { kind: row.kind, target: `${path}${permitted(names, row)}` };
}

function at(pattern: string): RegExp {
  return new RegExp(`^${pattern}$`);
}

function isPlain(path: string): boolean {
  return plainPath.test(path) && !path.split("/").some((segment) => segment === "." || segment === "..");
}

function nothingThere(path: string): Judgement {
  return { kind: "refused", status: 404, why: `${path} is not shown here.` };
}

/** Only dashboards that ship, and only the audience's own organisation. */
function isOwn(
  row: Row,
  path: string,
  { names, audience }: { names: URLSearchParams; audience: Audience },
): boolean {
  const { uid: named, namespace: org } = row.path.exec(path)?.groups ?? {};
  if (named !== undefined && !audience.isShipped(named)) return false;
  if (org !== undefined && org !== (audience.orgId === 1 ? "default" : `org-${audience.orgId}`)) return false;
  if (row.pinned === undefined) return true;
  const values = names.getAll(row.pinned);
  return values.length === 1 && values.every(audience.isShipped);
}

function permitted(names: URLSearchParams, { names: allowed }: Row): string {
  const kept = [...names].filter(([name]) => allowed?.test(name) ?? false);
  // `kiosk=` means nothing to Grafana, and `kiosk` alone becomes that on its way through a parser.
  const query = new URLSearchParams(kept.map(([name, value]) => [name, name === "kiosk" ? "1" : value]));
  return query.size === 0 ? "" : `?${query}`;
}

function splitOnce(text: string, separator: string): string[] {
  const position = text.indexOf(separator);
  return position < 0 ? [text] : [text.slice(0, position), text.slice(position + 1)];
}
