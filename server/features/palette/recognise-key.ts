import { networkById } from "../../kernel/networks.ts";
import { entityHref } from "./entity-href.ts";
import type { PaletteCtx, Reach } from "./reach.ts";
import type { KeyReading } from "./reading.ts";
import { recognised } from "./recognised.ts";
import type { Recognised } from "./schema.ts";
import { type FoundEntity, findEntities } from "./store.ts";

/** 32 bytes: what is known under them is said first; else what they may be. */
export async function recogniseKey(
  ctx: PaletteCtx,
  reading: KeyReading,
  reach: Reach,
): Promise<Recognised[]> {
  const { networks } = reach;
  const nodes = await findEntities(ctx.db, { kinds: ["node"], networks, id: reading.hex });
  const accounts = await findEntities(ctx.db, { kinds: ["account"], networks, id: reading.ss58 });
  const found = [...nodes.map((node) => ofNode(node, reading)), ...accounts.map(ofAccount)];
  return found.length > 0 ? found : [ofNobody(reading, reach)];
}

function ofNode(node: FoundEntity, { prefix }: KeyReading): Recognised {
  const place = [`${node.name} on ${networkById(node.network).name}`, node.detail].filter(Boolean).join(", ");
  const written = prefix === null ? "" : " Written as an account; it is the node's key.";
  return recognised({
    kind: "node",
    id: node.id,
    label: "Node key",
    explanation: `${place}.${node.isGone ? " Gone from the chain." : ""}${written}`,
    href: entityHref(node),
  });
}

function ofAccount(account: FoundEntity): Recognised {
  const { network: networkId, id, detail } = account;
  const network = networkById(networkId).name;
  const links = [
    { role: "provides nodes", label: "Nodes it provides", href: `/${network}/nodes?provider=${id}` },
    { role: "owns buckets", label: "Buckets it owns", href: `/${network}/data/buckets?owner=${id}` },
  ].filter(({ role }) => detail.includes(role));
  return recognised({
    kind: "account",
    id,
    label: "Account",
    explanation: `It ${detail.replace(/, (?=[^,]*$)/, " and ")} on ${network}.`,
    href: `/${network}/chain/accounts/${id}`,
    links: links.map(({ label, href }) => ({ label, href })),
  });
}

const otherPrefixes: Readonly<Record<number, string>> = { 0: "Polkadot", 2: "Kusama" };

function ofNobody({ hex, ss58, prefix, word }: KeyReading, { asked }: Reach): Recognised {
  if (prefix !== null || word === "account") {
    const origin =
      prefix === null || prefix === 54 || prefix === 42
        ? ""
        : ` Written for ${otherPrefixes[prefix] ?? "another network"} (prefix ${prefix}); on Cere it is ${ss58.slice(0, 6)}….`;
    return recognised({
      kind: "account",
      id: ss58,
      label: "Account",
      explanation: `It is in order, but provides no node and owns no bucket that is known here.${origin}`,
      href: `/${asked}/chain/accounts/${ss58}`,
    });
  }
  if (word === "node")
    return recognised({
      kind: "node",
      id: hex,
      label: "Node key?",
      explanation: "32 bytes, as node keys are, but no network that you may see has this node.",
    });
  return recognised({
    kind: "hash",
    id: hex,
    label: "32 bytes",
    explanation: "No node has this key and no known account is it. A block or extrinsic hash looks the same.",
    links: [
      { label: "Look up as a block hash", href: `/${asked}/chain/blocks/${hex}` },
      { label: "Look up as an extrinsic hash", href: `/${asked}/chain/extrinsics/${hex}` },
      { label: "Look up as an account", href: `/${asked}/chain/accounts/${ss58}` },
    ],
  });
}
