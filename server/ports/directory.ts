/** The small integers that hot tables store instead of keys. */
export type KnownNode = { id: number; cluster: number | null };

/** `find…` looks in memory; `add…` makes sure that a later `find…` succeeds, creating what is new in the database. */
export type Directory = {
  findNode(network: number, nodeKey: string): KnownNode | undefined;
  findClient(publicKey: string): number | undefined;
  addNodes(network: number, nodeKeys: ReadonlySet<string>): Promise<void>;
  /** Public keys as text of one character a byte. */
  addClients(publicKeys: ReadonlySet<string>): Promise<void>;
  /** Says in which cluster nodes are, unless the chain has said so already. */
  placeNodes(network: number, clusterByNode: ReadonlyMap<string, string>): Promise<void>;
};
