import { request as httpRequest, type IncomingMessage } from "node:http";
import { request as httpsRequest, type RequestOptions } from "node:https";
import { isIP } from "node:net";
import type { ContentAsk, ContentEnd, ContentFailure, OpenContent } from "../../ports/content-store.ts";
import type { CheckedAddress } from "./checked-address.ts";
import { nameOf } from "./checked-address.ts";
import { contentFailed, explainBreak } from "./content-failure.ts";

export type HttpWay = {
  address: Extract<CheckedAddress, { kind: "reachable" }>;
  idleMs: number;
  tls?: { port: number; ca?: string } | undefined;
};

/** `GET /<bucket>/<cid>` in CDN form (cere-ddc-sdk-js README and examples), the token as a query value. */
export async function openHttp(
  ask: ContentAsk,
  way: HttpWay,
  signal: AbortSignal,
): Promise<OpenContent | ContentFailure> {
  const started = performance.now();
  const response = await send(ask, way, signal);
  const firstByteMs = performance.now() - started;
  const refusal = refusalOf(response, ask);
  if (refusal) {
    response.destroy();
    return refusal;
  }
  const length = lengthOf(response);
  if (length !== null && length > ask.maxBytes) {
    response.destroy();
    return contentFailed("too_large", `It announces ${length} bytes; ${ask.maxBytes} are read at most.`);
  }
  return {
    kind: "open",
    firstByteMs,
    length,
    size: sizeOf(response, length),
    body: bodyOf(response, ask, length),
  };
}

function send(ask: ContentAsk, way: HttpWay, signal: AbortSignal): Promise<IncomingMessage> {
  const request = ask.target.ssl ? httpsRequest : httpRequest;
  return new Promise((settle, reject) => {
    const sent = request({ ...requestTo(ask, way), signal }, settle);
    sent.setTimeout(way.idleMs, () => sent.destroy(Object.assign(new Error("idle"), { code: "ETIMEDOUT" })));
    sent.on("error", reject);
    sent.end();
  });
}

function requestTo({ target, bucket, cid, range, token }: ContentAsk, way: HttpWay): RequestOptions {
  const { host, address } = way.address;
  const port = target.ssl ? (way.tls?.port ?? 443) : target.httpPort;
  const query = token === null ? "" : `?token=${encodeURIComponent(token)}`;
  return {
    host: address,
    port,
    path: `/${bucket}/${cid.text}${query}`,
    agent: false,
    headers: {
      host: `${nameOf(host)}:${port}`,
      "user-agent": "cere-console",
      // Bytes as they are: what was compressed on the way could not be hashed as it came.
      "accept-encoding": "identity",
      ...(range ? { range: `bytes=${range.from}-${range.to - 1}` } : {}),
    },
    servername: isIP(host) === 0 ? host : "",
    ...(way.tls?.ca === undefined ? {} : { ca: way.tls.ca }),
  };
}

function refusalOf(response: IncomingMessage, { range }: ContentAsk): ContentFailure | null {
  const status = response.statusCode ?? 0;
  if (status >= 300 && status < 400)
    return contentFailed("protocol", `It answered with a redirect (HTTP ${status}), which is not followed.`);
  if (status === 404 || status === 410) return contentFailed("not_found", "It does not have it.");
  if (status === 401) return contentFailed("forbidden", "The bucket is private; it asks for a token.");
  if (status === 403) return contentFailed("forbidden", "It does not take this token.");
  if (status === 416) return contentFailed("protocol", "It has no such range.");
  if (status < 200 || status > 299) return contentFailed("unavailable", `It answered HTTP ${status}.`);
  if (range && status !== 206) return contentFailed("protocol", "It ignores ranges.");
  const encoding = response.headers["content-encoding"];
  if (encoding && encoding !== "identity") return contentFailed("protocol", `It sent ${encoding} unasked.`);
  return null;
}

function lengthOf(response: IncomingMessage): number | null {
  const text = response.headers["content-length"];
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : null;
}

function sizeOf(response: IncomingMessage, length: number | null): number | null {
  if (response.statusCode !== 206) return length;
  const [, whole] = /\/(\d{1,15})$/.exec(response.headers["content-range"] ?? "") ?? [];
  return whole === undefined ? null : Number(whole);
}

async function* bodyOf(
  response: IncomingMessage,
  { maxBytes }: ContentAsk,
  length: number | null,
): AsyncGenerator<Uint8Array, ContentEnd> {
  let bytes = 0;
  try {
    for await (const chunk of response as AsyncIterable<Uint8Array>) {
      bytes += chunk.length;
      if (bytes > maxBytes)
        return contentFailed("too_large", `It sends more than ${maxBytes} bytes, the most that is read.`);
      yield chunk;
    }
  } catch (error) {
    const failure = explainBreak(error);
    return failure.why === "timeout"
      ? contentFailed("timeout", `It went silent after ${bytes} bytes.`)
      : contentFailed(
          "broken_off",
          `It broke off after ${bytes}${length === null ? "" : ` of ${length}`} bytes.`,
        );
  } finally {
    response.destroy();
  }
  if (length !== null && bytes !== length)
    return contentFailed("broken_off", `It broke off after ${bytes} of ${length} bytes.`);
  return { kind: "complete", bytes };
}
