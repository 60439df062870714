import { type LocalNode, nodesOf } from "../network/local-node.ts";
import { isNetworkName, type NetworkName, networkNames, networkPlans } from "../network/plan.ts";
import {
  type AgentFaultKind,
  agentFaultKinds,
  type Fault,
  type FaultKind,
  faultAmounts,
  faultKinds,
  type NodeFaultKind,
  nodeFaultKinds,
} from "./fault.ts";

/** What a person can tell a running local network. */
export type Command =
  | { kind: "fault"; faults: Fault[] }
  | { kind: "heal"; faults: "all" | FaultKind; place: string | null }
  | { kind: "rate"; recordsPerSecond: number }
  | { kind: "kill"; part: Part }
  | { kind: "status" }
  | { kind: "environment" }
  | { kind: "nodes"; network: NetworkName }
  | { kind: "token"; network: NetworkName; bucket: number };

/** What can be killed outright; it is started again by itself. */
export const killableParts = ["kafka", "postgres", "simulation"] as const;
export type Part = (typeof killableParts)[number];

export const maxRecordsPerSecond = 100_000;

export const usage = `npm run localnet                              start the local network
npm run localnet -- status                    what runs, at what rate, with which faults
npm run localnet -- nodes [network]           the nodes, their numbers and ports
npm run localnet -- rate <records a second>   activity of all networks together, 0 to ${maxRecordsPerSecond}
npm run localnet -- fault <kind> [place …]    make something go wrong
npm run localnet -- token <bucket> [network]  a token by which anybody may read a private bucket for a day
npm run localnet -- heal all | <kind> [place] set it right again
npm run localnet -- kill ${killableParts.join(" | ")}   as a crash (kill -9); it is started again by itself
npm run localnet -- env                       what a console needs in its environment to see this network

kinds of faults (place = node name, number or key, on mainnet unless you write testnet/…):
${nodeFaultKinds.map((kind) => describeKind(kind, "<node>")).join("\n")}
${agentFaultKinds.map((kind) => describeKind(kind, "<version>")).join("\n")}
  indexer-stalled <network>              takes no more blocks
  broker-pause                           answers nobody, keeps its connections

a version of an agent is written <alias>@<semver>, such as fraud-scorer@7.3.0, or by its CID`;

function describeKind(kind: NodeFaultKind | AgentFaultKind, place: string): string {
  const { option, usual, about } = faultAmounts[kind];
  const left = option === null ? `${kind} ${place}` : `${kind} ${place} [${option} ${usual}]`;
  return `  ${left.padEnd(38)} ${about}`;
}

/** The command, or a sentence that says what is wrong with it. */
export function parseCommand(words: readonly string[], at: number): Command | string {
  const [verb, ...rest] = words;
  switch (verb) {
    case "fault":
      return parseFault(rest, at);
    case "heal":
      return parseHeal(rest);
    case "rate":
      return parseRate(rest[0]);
    case "kill":
      return parseKill(rest[0]);
    case "env":
      return { kind: "environment" };
    case "status":
      return { kind: "status" };
    case "nodes":
      return parseNetwork(rest[0] ?? "mainnet", (network) => ({ kind: "nodes", network }));
    case "token":
      return parseToken(rest);
    default:
      return `There is no command "${verb ?? ""}".\n\n${usage}`;
  }
}

function parseFault(words: readonly string[], at: number): Command | string {
  const kind = faultKinds.find((known) => known === words[0]);
  if (!kind) return `There is no fault "${words[0] ?? ""}". Known: ${faultKinds.join(", ")}.`;
  if (kind === "broker-pause") return { kind: "fault", faults: [{ kind, since: at }] };
  if (kind === "indexer-stalled")
    return parseNetwork(words[1], (network) => ({ kind: "fault", faults: [{ kind, network, since: at }] }));
  const placed = parsePlaces(kind, words.slice(1));
  if (typeof placed === "string") return placed;
  return isAgentKind(kind) ? agentFaults(kind, placed, at) : nodeFaults(kind, placed, at);
}

function isAgentKind(kind: FaultKind): kind is AgentFaultKind {
  return agentFaultKinds.some((known) => known === kind);
}

type Placed = { places: readonly string[]; value: number };

function parsePlaces(kind: NodeFaultKind | AgentFaultKind, words: readonly string[]): Placed | string {
  const { option, usual } = faultAmounts[kind];
  const { places, amount } = splitAmount(words, option);
  if (amount === "") return `${option} needs a number.`;
  const value = amount === null ? usual : Number(amount);
  return Number.isFinite(value) ? { places, value } : `${option} needs a number, not "${amount}".`;
}

const versionName = /^([a-z0-9][a-z0-9-]{0,62}@\d+\.\d+\.\d+[0-9A-Za-z.+-]*|baear4i[a-z2-7]{52})$/;

function agentFaults(kind: AgentFaultKind, { places, value }: Placed, since: number): Command | string {
  if (places.length === 0)
    return `Which version? For example: npm run localnet -- fault ${kind} fraud-scorer@7.3.0`;
  if (value < 0) return `${faultAmounts[kind].option} is not negative.`;
  const odd = places.find((place) => !versionName.test(place));
  if (odd !== undefined) return `"${odd}" is no version: write <alias>@<semver> or its CID.`;
  return { kind: "fault", faults: places.map((version) => ({ kind, version, amount: value, since })) };
}

function nodeFaults(kind: NodeFaultKind, { places, value }: Placed, at: number): Command | string {
  if (places.length === 0) return `Which node? For example: npm run localnet -- fault ${kind} fsn1-s07`;
  const faults: Fault[] = [];
  for (const place of places) {
    const node = findNode(place);
    if (!node) return `There is no node "${place}". See npm run localnet -- nodes.`;
    faults.push({ kind, network: node.network, node: node.name, amount: value, since: at });
  }
  return { kind: "fault", faults };
}

function splitAmount(
  words: readonly string[],
  option: string | null,
): { places: readonly string[]; amount: string | null } {
  const at = words.findIndex((word) => option !== null && (word === option || word.startsWith(`${option}=`)));
  if (at < 0) return { places: words, amount: null };
  const joined = words[at]?.split("=")[1];
  const isOwn = (index: number) => index === at || (joined === undefined && index === at + 1);
  return { places: words.filter((_, index) => !isOwn(index)), amount: joined ?? words[at + 1] ?? "" };
}

function parseHeal(words: readonly string[]): Command | string {
  const [what = "all", place = null] = words;
  if (what === "all") return { kind: "heal", faults: "all", place: null };
  const kind = faultKinds.find((known) => known === what);
  if (!kind) return `There is no fault "${what}". Known: all, ${faultKinds.join(", ")}.`;
  if (place === null || kind === "broker-pause") return { kind: "heal", faults: kind, place: null };
  if (kind === "indexer-stalled")
    return parseNetwork(place, (network) => ({ kind: "heal", faults: kind, place: network }));
  if (isAgentKind(kind)) return { kind: "heal", faults: kind, place };
  const node = findNode(place);
  return node
    ? { kind: "heal", faults: kind, place: `${node.network}/${node.name}` }
    : `There is no node "${place}". See npm run localnet -- nodes.`;
}

function parseKill(word: string | undefined): Command | string {
  const part = killableParts.find((known) => known === word);
  return part ? { kind: "kill", part } : `What is to be killed? One of ${killableParts.join(", ")}.`;
}

function parseRate(word: string | undefined): Command | string {
  const recordsPerSecond = Number(word?.replaceAll(/[_,]/g, "") || Number.NaN);
  if (recordsPerSecond >= 0 && recordsPerSecond <= maxRecordsPerSecond)
    return { kind: "rate", recordsPerSecond };
  return `The rate is a number of records a second, from 0 to ${maxRecordsPerSecond}.`;
}

function parseToken([word = "", place = "mainnet"]: readonly string[]): Command | string {
  const bucket = Number(word);
  if (!Number.isSafeInteger(bucket) || bucket < 1)
    return "Which bucket? A number, as in the list of buckets.";
  return parseNetwork(place, (network) => ({ kind: "token", network, bucket }));
}

function parseNetwork(
  word: string | undefined,
  toCommand: (network: NetworkName) => Command,
): Command | string {
  if (word && isNetworkName(word)) return toCommand(word);
  return `Which network? One of ${networkNames.join(", ")}.`;
}

/** `fsn1-s07`, `7`, `testnet/3`, `mainnet/fsn1-s07` or a key. */
function findNode(place: string): LocalNode | null {
  const [first = "", second] = place.split("/");
  const network = second === undefined ? null : first;
  const wanted = (second ?? first).toLowerCase();
  const nodes = networkNames
    .filter((name) => network === null || name === network)
    .flatMap((name) => nodesOf(networkPlans[name]));
  const fits = (node: LocalNode) =>
    node.name === wanted || node.account.hex === wanted || String(node.number) === wanted;
  return nodes.find(fits) ?? null;
}
