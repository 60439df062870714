export const networkNames = ["mainnet", "testnet", "devnet"] as const;
export type NetworkName = (typeof networkNames)[number];

export function isNetworkName(text: string): text is NetworkName {
  return networkNames.some((name) => name === text);
}

export type ClusterPlan = { id: string; name: string; status: "Activated" | "Bonded" };
export type SitePlan = {
  code: string;
  region: string;
  provider: string;
  /** Position in `clusters`. */
  cluster: number;
  nodes: number;
  /** Hours that its people are ahead of UTC: traffic follows their day. */
  utcOffset: number;
};

export type NetworkPlan = {
  name: NetworkName;
  /** Letter of its node names: fsn1-s07. */
  letter: string;
  /** Block n was made `n × 6 s` later. */
  genesisAt: number;
  clusters: readonly ClusterPlan[];
  sites: readonly SitePlan[];
  customers: number;
  /** Buckets that exist when the local network is first started. */
  buckets: number;
  /** `/info` of its first node; the others follow. Others are taken where these are in use. */
  firstPort: number;
  topics: { activity: string; lineage: string; telemetry: string };
  partitions: { activity: number; telemetry: number };
  /** Part of all activity that happens here. */
  share: number;
};

export const blockMs = 6_000;

/** Ids of the "Dragon 1" clusters are those of the real networks (cluster-apps .env files); the others are made up. */
export const networkPlans: Readonly<Record<NetworkName, NetworkPlan>> = {
  mainnet: {
    name: "mainnet",
    letter: "s",
    genesisAt: Date.UTC(2022, 2, 7),
    clusters: [
      { id: "0x0059f5ada35eee46802d80750d5ca4a490640511", name: "Dragon 1", status: "Activated" },
      { id: "0x3c1f0a7be2d94a6685d7c41b90a2f6e8137d5c20", name: "Harbor 2", status: "Activated" },
      { id: "0x9be4712c05d8f3a1677e2b94c8d0536af1e92d47", name: "Tidal 3", status: "Activated" },
    ],
    sites: [
      { code: "fsn1", region: "eu-central", provider: "Northbeam", cluster: 0, nodes: 12, utcOffset: 1 },
      { code: "hel1", region: "eu-north", provider: "Northbeam", cluster: 0, nodes: 9, utcOffset: 2 },
      { code: "lon1", region: "eu-west", provider: "Oakwell", cluster: 0, nodes: 7, utcOffset: 0 },
      { code: "fra2", region: "eu-central", provider: "Oakwell", cluster: 0, nodes: 6, utcOffset: 1 },
      { code: "ash1", region: "us-east", provider: "Kelpie Labs", cluster: 1, nodes: 9, utcOffset: -5 },
      { code: "hil1", region: "us-west", provider: "Kelpie Labs", cluster: 1, nodes: 7, utcOffset: -8 },
      { code: "sao1", region: "sa-east", provider: "Cumbre", cluster: 1, nodes: 6, utcOffset: -3 },
      { code: "sin1", region: "ap-southeast", provider: "Straits", cluster: 2, nodes: 7, utcOffset: 8 },
    ],
    customers: 640,
    buckets: 4_200,
    firstPort: 18_101,
    topics: {
      activity: "ddc.activity",
      lineage: "openlineage.events",
      telemetry: "otlp_metrics",
    },
    partitions: { activity: 16, telemetry: 4 },
    share: 0.8,
  },
  testnet: {
    name: "testnet",
    letter: "t",
    genesisAt: Date.UTC(2023, 8, 18),
    clusters: [
      { id: "0x825c4b2352850de9986d9d28568db6f0c023a1e3", name: "Dragon 1", status: "Activated" },
      { id: "0x51d7e8c20b6f49a3be1c7742d5a80f93e6b4c81d", name: "Reef 2", status: "Bonded" },
    ],
    sites: [
      { code: "fsn1", region: "eu-central", provider: "Northbeam", cluster: 0, nodes: 8, utcOffset: 1 },
      { code: "ash1", region: "us-east", provider: "Kelpie Labs", cluster: 0, nodes: 7, utcOffset: -5 },
      { code: "sin1", region: "ap-southeast", provider: "Straits", cluster: 1, nodes: 6, utcOffset: 8 },
    ],
    customers: 90,
    buckets: 700,
    firstPort: 18_201,
    topics: {
      activity: "ddc.activity.testnet",
      lineage: "openlineage.events.testnet",
      telemetry: "otlp_metrics.testnet",
    },
    partitions: { activity: 4, telemetry: 2 },
    share: 0.15,
  },
  devnet: {
    name: "devnet",
    letter: "d",
    genesisAt: Date.UTC(2024, 4, 27),
    clusters: [{ id: "0x7f82864e4f097e63d04cc279e4d8d2eb45a42ffa", name: "Dragon 1", status: "Activated" }],
    sites: [
      { code: "fsn1", region: "eu-central", provider: "Northbeam", cluster: 0, nodes: 9, utcOffset: 1 },
    ],
    customers: 24,
    buckets: 160,
    firstPort: 18_301,
    topics: {
      activity: "ddc.activity.devnet",
      lineage: "openlineage.events.devnet",
      telemetry: "otlp_metrics.devnet",
    },
    partitions: { activity: 4, telemetry: 2 },
    share: 0.05,
  },
};
