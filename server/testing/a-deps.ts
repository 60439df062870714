import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildAgentSecrets } from "../adapters/auth/agent-secrets.ts";
import { buildVault } from "../adapters/auth/vault.ts";
import { openFolderStore } from "../adapters/files/open-folder-store.ts";
import { openGrafana } from "../adapters/grafana/open-grafana.ts";
import { openOutbound } from "../adapters/http/open-outbound.ts";
import { buildMailer } from "../adapters/smtp/mailer.ts";
import { systemClock } from "../kernel/clock.ts";
import { notIndexed } from "../kernel/errors.ts";
import type { ContentFailure } from "../ports/content-store.ts";
import type { Deps } from "../ports/ctx.ts";

/** An outside world in which nothing is configured and no node answers; a test replaces the part it is about. */
export function aDeps(parts: Partial<Deps> = {}): Deps {
  const absent = (network: string) => Promise.reject(notIndexed(network, "ddc", "cere-squid-indexer"));
  const unreachable = async (): Promise<ContentFailure> => ({
    kind: "failed",
    why: "refused",
    detail: "Nothing listens there.",
  });
  return {
    agentSecrets: buildAgentSecrets(new Map()),
    chainIndex: {
      has: () => false,
      position: absent,
      readRegistry: absent,
      listBuckets: absent,
      listLedger: absent,
      findBlockHash: absent,
    },
    contentStore: { open: unreachable, openByGrpc: unreachable, resolve: unreachable },
    nodeProbe: {
      probe: async () => ({ kind: "failed", reason: "refused", detail: "Nothing listens there." }),
    },
    grafana: openGrafana({ url: null, clock: systemClock }),
    objectStore: openFolderStore(join(tmpdir(), "cere-console-objects")),
    prometheus: null,
    identityProvider: null,
    mailer: buildMailer(null),
    outbound: openOutbound({ allow: [] }),
    vault: buildVault("a secret that only tests use, 0123456789abcdef"),
    self: {
      version: "0.0.0",
      commit: null,
      baseUrl: "http://console.test/",
      bindings: [],
      configuration: [],
      health: () => [],
    },
    ...parts,
  };
}
