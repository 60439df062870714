import { request as httpRequest, type IncomingMessage, type RequestOptions } from "node:http";
import { request as httpsRequest } from "node:https";
import { isIP } from "node:net";
import { type Clock, systemClock } from "../../kernel/clock.ts";
import type { NodeProbe, ProbeFailure, ProbeResult, ProbeTarget } from "../../ports/node-probe.ts";
import { type AllowList, parseAllowList } from "./address-guard.ts";
import { checkAddress, nameOf, type Resolve } from "./checked-address.ts";

export type NodeProbeOptions = {
  /** PROBE_ALLOW. */
  allow: readonly string[];
  timeoutMs?: number;
  clock?: Clock;
  resolve?: Resolve;
  /** Where TLS is, and who signs for it; other than by default in tests only. */
  tls?: { port: number; ca?: string };
};

const maxBodyBytes = 64 * 1024;

/** Each probe resolves its name once and connects to the address that was judged, so a second answer changes nothing. */
export function openNodeProbe(options: NodeProbeOptions): NodeProbe {
  const allow = parseAllowList(options.allow);
  return {
    probe: async (target, signal) => {
      const limit = AbortSignal.timeout(options.timeoutMs ?? 3_000);
      try {
        return await probe(options, { target, allow }, AbortSignal.any([signal, limit]));
      } catch (error) {
        signal.throwIfAborted();
        return limit.aborted
          ? failed("timeout", `No answer within ${options.timeoutMs ?? 3_000} ms.`)
          : explain(error);
      }
    },
  };
}

async function probe(
  options: NodeProbeOptions,
  { target, allow }: { target: ProbeTarget; allow: AllowList },
  signal: AbortSignal,
): Promise<ProbeResult> {
  const checked = await checkAddress(target, { allow, resolve: options.resolve }, signal);
  if (checked.kind !== "reachable") return failed(checked.kind, checked.detail);
  const { host, address } = checked;
  const clock = options.clock ?? systemClock;
  const startedAt = clock.now();
  const started = performance.now();
  const response = await ask(requestTo({ options, target, host, address }), target.ssl, signal);
  const latencyMs = performance.now() - started;
  try {
    return await read(response, { latencyMs, startedAt });
  } finally {
    response.destroy();
  }
}

function requestTo(to: {
  options: NodeProbeOptions;
  target: ProbeTarget;
  host: string;
  address: string;
}): RequestOptions & { servername?: string; ca?: string } {
  const { options, target, host, address } = to;
  const port = target.ssl ? (options.tls?.port ?? 443) : target.httpPort;
  return {
    host: address,
    port,
    path: "/info",
    agent: false,
    headers: {
      host: `${nameOf(host)}:${port}`,
      accept: "application/json",
      "user-agent": "cere-console-probe",
    },
    // The certificate must be the name's, although the connection goes to the address.
    servername: isIP(host) === 0 ? host : "",
    ...(options.tls?.ca === undefined ? {} : { ca: options.tls.ca }),
  };
}

function ask(options: RequestOptions, isTls: boolean, signal: AbortSignal): Promise<IncomingMessage> {
  return new Promise((settle, reject) => {
    const sent = (isTls ? httpsRequest : httpRequest)({ ...options, signal }, settle);
    sent.on("error", reject);
    sent.end();
  });
}

async function read(
  response: IncomingMessage,
  { latencyMs, startedAt }: { latencyMs: number; startedAt: Date },
): Promise<ProbeResult> {
  const httpStatus = response.statusCode ?? 0;
  if (httpStatus >= 300 && httpStatus < 400)
    return failed(
      "invalid",
      `It answered with a redirect (HTTP ${httpStatus}), which is not followed.`,
      httpStatus,
    );
  if (httpStatus < 200 || httpStatus >= 300)
    return failed("invalid", `It answered HTTP ${httpStatus}.`, httpStatus);
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes > maxBodyBytes) return failed("invalid", "Its answer is longer than 64 KiB.", httpStatus);
  }
  const info = parseObject(Buffer.concat(chunks).toString());
  return {
    kind: "answered",
    latencyMs,
    httpStatus,
    info,
    clockSkewMs: skewOf(response, { latencyMs, startedAt }),
  };
}

function skewOf(
  response: IncomingMessage,
  { latencyMs, startedAt }: { latencyMs: number; startedAt: Date },
): number | null {
  const theirMs = Date.parse(response.headers.date ?? "");
  if (Number.isNaN(theirMs)) return null;
  // The header leaves out the fraction of its second: half a second is the best guess for it.
  return Math.round(theirMs + 500 - (startedAt.getTime() + latencyMs / 2));
}

function parseObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function failed(reason: ProbeFailure, detail: string, httpStatus?: number): ProbeResult {
  return { kind: "failed", reason, detail, ...(httpStatus === undefined ? {} : { httpStatus }) };
}

function explain(error: unknown): ProbeResult {
  const code = error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
  if (/^(ENOTFOUND|ENODATA|ESERVFAIL|EAI_|EREFUSED|EBADNAME|ETIMEOUT|ECANCELLED)/.test(code))
    return failed("unresolved", `Its host name does not resolve (${code}).`);
  if (code === "ECONNREFUSED") return failed("refused", "It refuses connections.");
  if (code === "ETIMEDOUT") return failed("timeout", "The connection was not taken up in time.");
  if (/^(ECONN|EPIPE|EHOST|ENET)/.test(code)) return failed("refused", `The connection broke (${code}).`);
  if (/^HPE_/.test(code)) return failed("invalid", `It does not speak HTTP (${code}).`);
  if (/CERT|TLS|SSL|SELF_SIGNED|VERIFY|EPROTO/.test(code))
    return failed("tls", `Its TLS cannot be trusted (${code}).`);
  return failed("refused", `The connection broke (${code || "no reason given"}).`);
}
