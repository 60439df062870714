/** Whom the local identity provider knows. `groups` is the claim that the console makes roles from. */
export const demoPeople = [
  { id: "mara", name: "Mara Okafor", email: "mara@dragon.example", groups: ["admins"] },
  { id: "ines", name: "Inês Duarte", email: "ines@northbeam.example", groups: ["operators", "dev-team"] },
  { id: "tomasz", name: "Tomasz Lis", email: "tomasz@acme.example", groups: ["developers"] },
  { id: "priya", name: "Priya Nair", email: "priya@auditwell.example", groups: ["auditors"] },
  { id: "elif", name: "Elif Kaya", email: "elif@kelpie.example", groups: ["mainnet-viewers"] },
  { id: "sam", name: "Sam Straits", email: "sam@straits.example", groups: [] },
] as const;

/** What the console's configuration makes of the groups. */
export const demoRoleMap = [
  "admins=admin",
  "operators=operator:mainnet",
  "operators=operator:testnet",
  "dev-team=developer:devnet",
  "developers=developer",
  "auditors=auditor",
  "mainnet-viewers=viewer:mainnet",
].join(",");
