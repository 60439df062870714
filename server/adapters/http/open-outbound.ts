import { lookup } from "node:dns/promises";
import { request as httpRequest, type IncomingMessage } from "node:http";
import { request as httpsRequest, type RequestOptions } from "node:https";
import { isIP, type LookupFunction } from "node:net";
import { AppError, isAppError, outOfReach, timeout } from "../../kernel/errors.ts";
import type { Outbound, OutboundAnswer, OutboundCall } from "../../ports/outbound.ts";
import { type AllowList, isReachable, parseAllowList } from "../ddc/address-guard.ts";

/** `allow`: CIDRs and host names that may be called although they are not public. */
export function openOutbound({ allow: entries }: { allow: readonly string[] }): Outbound {
  const allow = parseAllowList(entries);
  return {
    call: async (call, cancel) => {
      const limit = AbortSignal.timeout(call.timeoutMs);
      const signal = cancel ? AbortSignal.any([limit, cancel]) : limit;
      try {
        return await answerTo(await send(call, allow, signal), call.maxAnswerBytes);
      } catch (error) {
        if (isAppError(error)) throw error;
        if (limit.aborted) throw timeout(call.url.host, call.timeoutMs);
        throw new AppError("upstream", `${call.url.host} ${breakOf(error)}`, { name: call.url.host }, error);
      }
    },
  };
}

async function send(call: OutboundCall, allow: AllowList, signal: AbortSignal): Promise<IncomingMessage> {
  const { url, method, headers, body } = call;
  const host = url.hostname.replace(/^\[|\]$/g, "");
  if (isIP(host) !== 0 && !isReachable(host, host, allow)) throw refused(host, host);
  const request = url.protocol === "https:" ? httpsRequest : httpRequest;
  const options: RequestOptions = {
    method,
    signal,
    agent: false,
    lookup: checkedLookup(allow),
    headers: {
      "user-agent": "cere-console",
      ...headers,
      ...(body !== null && { "content-length": String(Buffer.byteLength(body)) }),
    },
  };
  return new Promise((settle, reject) => {
    const sent = request(url, options, settle);
    sent.on("error", reject);
    sent.end(body ?? undefined);
  });
}

/** The address that was judged is the one that is connected to. */
function checkedLookup(allow: AllowList): LookupFunction {
  return (host, options, done) => {
    lookup(host, { all: true, family: options.family ?? 0 }).then(
      (found) => {
        const reachable = found.filter(({ address }) => isReachable(address, host, allow));
        const [first] = reachable;
        if (!first) return done(refused(host, found.map(({ address }) => address).join(", ")), []);
        if (options.all) done(null, reachable);
        else done(null, first.address, first.family);
      },
      (error: NodeJS.ErrnoException) => done(error, []),
    );
  };
}

function refused(host: string, addresses: string): AppError {
  return outOfReach(
    `${host} leads to ${addresses}, which is not public. NOTIFY_ALLOW names what may be called all the same.`,
  );
}

async function answerTo(response: IncomingMessage, maxBytes: number): Promise<OutboundAnswer> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response as AsyncIterable<Uint8Array>) {
    chunks.push(chunk.subarray(0, maxBytes - bytes));
    bytes += chunk.length;
    if (bytes >= maxBytes) break;
  }
  response.destroy();
  const wait = response.headers["retry-after"];
  return {
    status: response.statusCode ?? 0,
    body: Buffer.concat(chunks).toString("utf8"),
    retryAfterMs: wait !== undefined && /^\d{1,6}$/.test(wait) ? Number(wait) * 1_000 : null,
  };
}

const breaks: Readonly<Record<string, string>> = {
  ECONNREFUSED: "refused the connection.",
  ECONNRESET: "broke the connection off.",
  ENOTFOUND: "has no address.",
  EAI_AGAIN: "could not be looked up.",
  EPROTO: "does not speak TLS there.",
  DEPTH_ZERO_SELF_SIGNED_CERT: "has a certificate that nobody vouches for.",
  CERT_HAS_EXPIRED: "has a certificate that has run out.",
  ERR_TLS_CERT_ALTNAME_INVALID: "has a certificate for another name.",
};

function breakOf(error: unknown): string {
  const code = typeof error === "object" && error !== null && "code" in error ? String(error.code) : "";
  return breaks[code] ?? `could not be called${code ? ` (${code})` : ""}.`;
}
