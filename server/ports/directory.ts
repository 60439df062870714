/** The small integers that hot tables store instead of keys. */
export type KnownNode = { id: number; cluster: number | null };

/** What a token allows, as it says itself. Keys in hex without 0x; bits 1 put 2 get 4 delete; times in ms. */
export type GrantFacts = {
  bucket: bigint | null;
  giver: string | null;
  holder: string | null;
  operations: number;
  links: number;
  expiresAt: number | null;
};

/** `find…` looks in memory; `add…` makes sure that a later `find…` succeeds, creating what is new in the database. */
export type Directory = {
  findNode(network: number, nodeKey: string): KnownNode | undefined;
  findClient(publicKey: string): number | undefined;
  addNodes(network: number, nodeKeys: ReadonlySet<string>): Promise<void>;
  /** By the part of a token that names its grant, one character a byte. */
  findGrant(part: string): number | undefined;
  addGrants(grants: ReadonlyMap<string, GrantFacts>): Promise<void>;
  /** Public keys as text of one character a byte. */
  addClients(publicKeys: ReadonlySet<string>): Promise<void>;
  /** Says in which cluster nodes are, unless the chain has said so already. */
  placeNodes(network: number, clusterByNode: ReadonlyMap<string, string>): Promise<void>;
};
