import {
  Agent as HttpAgent,
  request as httpRequest,
  type IncomingMessage,
  type OutgoingHttpHeaders,
} from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";
import { Transform } from "node:stream";
import { timeout, upstream } from "../../kernel/errors.ts";

export type Upstream = { url: URL; agent: HttpAgent };
export type UpstreamCall = {
  method: string;
  target: string;
  headers: OutgoingHttpHeaders;
  body: string | null;
  /** From the first byte of the request to the last of the answer. */
  limitMs: number;
};

const maxSockets = 64;

export function openUpstream(url: URL): Upstream {
  const options = { keepAlive: true, maxSockets, maxFreeSockets: 8 };
  return { url, agent: url.protocol === "https:" ? new HttpsAgent(options) : new HttpAgent(options) };
}

/** Asks Grafana. Follows no redirect. The signal ends it at any moment, also while the answer is read. */
export function askUpstream(
  { url, agent }: Upstream,
  { method, target, headers, body, limitMs }: UpstreamCall,
  gone: AbortSignal,
): Promise<IncomingMessage> {
  const late = AbortSignal.timeout(limitMs);
  return new Promise((resolve, reject) => {
    const send = url.protocol === "https:" ? httpsRequest : httpRequest;
    const request = send({
      hostname: url.hostname.replace(/^\[|\]$/g, ""),
      port: url.port,
      path: `${url.pathname.replace(/\/$/, "")}${target}`,
      method,
      headers: body === null ? headers : { ...headers, "content-length": Buffer.byteLength(body) },
      agent,
      maxHeaderSize: 32_768,
      signal: AbortSignal.any([gone, late]),
    });
    request.once("response", resolve);
    request.once("error", (error) =>
      reject(late.aborted ? timeout("Grafana", limitMs) : upstream("Grafana", error)),
    );
    request.end(body ?? undefined);
  });
}

/** Lets so many bytes through and then breaks off: an answer that was cut must not look whole. */
export function boundedBytes(maxBytes: number): Transform {
  let bytes = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (bytes > maxBytes) done(upstream("Grafana", new Error(`more than ${maxBytes} bytes`)));
      else done(null, chunk);
    },
  });
}
