import type {
  CnsAnswer,
  ContentFailure,
  ContentStore,
  ContentTarget,
  OpenContent,
} from "../../ports/content-store.ts";
import { parseAllowList } from "./address-guard.ts";
import { checkAddress, type Resolve } from "./checked-address.ts";
import { contentFailed, explainBreak } from "./content-failure.ts";
import { type GrpcWay, openFile, openNode, resolveRecord } from "./grpc-content.ts";
import { type HttpWay, openHttp } from "./http-content.ts";

export type ContentStoreOptions = {
  /** PROBE_ALLOW. */
  allow: readonly string[];
  /** Of silence: a large piece may take long as long as it comes. */
  idleMs?: number;
  /** Of one gRPC call, which gives 4 MiB or one DAG node. */
  callMs?: number;
  resolve?: Resolve;
  tls?: { port: number; ca?: string };
};

/** Content of nodes that the chain registers, without being led astray by what it registers. */
export function openContentStore(options: ContentStoreOptions): ContentStore {
  const allow = parseAllowList(options.allow);
  const to = async <Answer>(
    target: ContentTarget,
    signal: AbortSignal,
    work: (way: HttpWay & GrpcWay) => Promise<Answer>,
  ): Promise<Answer | ContentFailure> => {
    const idleMs = options.idleMs ?? 10_000;
    try {
      const address = await checkAddress(target, { allow, resolve: options.resolve }, signal);
      if (address.kind !== "reachable") return contentFailed("blocked", address.detail);
      return await work({
        address,
        idleMs,
        tls: options.tls,
        port: target.grpcPort,
        timeoutMs: options.callMs ?? 30_000,
      });
    } catch (error) {
      signal.throwIfAborted();
      return explainBreak(error);
    }
  };
  return {
    open: (ask, signal) =>
      to<OpenContent | ContentFailure>(ask.target, signal, (way) =>
        ask.cid.kind === "dag-node" ? openNode(ask, way, signal) : openHttp(ask, way, signal),
      ),
    openByGrpc: (ask, signal) =>
      to<OpenContent | ContentFailure>(ask.target, signal, (way) =>
        ask.cid.kind === "dag-node" ? openNode(ask, way, signal) : openFile(ask, way, signal),
      ),
    resolve: (ask, signal) => to<CnsAnswer>(ask.target, signal, (way) => resolveRecord(ask, way, signal)),
  };
}
