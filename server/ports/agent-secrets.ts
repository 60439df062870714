export type SecretPlace = { environment: string; agentId: string; name: string };

/** Encrypts for the runtimes of an environment. What it sealed, nobody on this side opens again. */
export type AgentSecrets = {
  /** False: the runtimes there have given no key, so nothing can be kept for them. */
  canSeal(environment: string): boolean;
  /** A JWE that names in its header whose secret it is, so that it opens nothing in another's place. */
  seal(text: string, place: SecretPlace): Promise<string>;
};
