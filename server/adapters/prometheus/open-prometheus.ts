import { AppError, isAppError } from "../../kernel/errors.ts";
import type { Outbound } from "../../ports/outbound.ts";
import type { Prometheus, PrometheusSeries } from "../../ports/prometheus.ts";
import { readAnswer } from "./read-answer.ts";

const timeoutMs = 8_000;
const maxAnswerBytes = 4 * 1024 * 1024;

/** Speaks HTTP API v1 to the server at `url`, which may carry a name and a password and end in a path. */
export function openPrometheus({ url, outbound }: { url: URL; outbound: Outbound }): Prometheus {
  const ask = async (path: string, parameters: Record<string, string>, cancel?: AbortSignal) => {
    const target = new URL(`${url.pathname.replace(/\/$/, "")}/api/v1/${path}`, url);
    target.username = "";
    target.password = "";
    const call = {
      method: "POST",
      url: target,
      headers: { "content-type": "application/x-www-form-urlencoded", ...credentialsOf(url) },
      // It stops by itself before we do: nobody waits for what it would still compute.
      body: new URLSearchParams({ ...parameters, timeout: `${timeoutMs - 1_000}ms` }).toString(),
      timeoutMs,
      maxAnswerBytes,
    } as const;
    try {
      return readAnswer(url.host, await outbound.call(call, cancel));
    } catch (error) {
      if (!isAppError(error)) throw error;
      // Every message begins with the host: people also want to know what stands there.
      throw new AppError(error.code, `Prometheus at ${error.message}`, error.details, error);
    }
  };
  return {
    host: url.host,
    query: ({ expression, at }, cancel): Promise<PrometheusSeries[]> =>
      ask("query", { query: expression, time: at.toISOString() }, cancel),
    queryRange: ({ expression, start, end, stepMs }, cancel): Promise<PrometheusSeries[]> =>
      ask(
        "query_range",
        {
          query: expression,
          start: start.toISOString(),
          end: end.toISOString(),
          step: String(stepMs / 1_000),
        },
        cancel,
      ),
  };
}

function credentialsOf({ username, password }: URL): Record<string, string> {
  if (username === "") return {};
  const pair = Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`);
  return { authorization: `Basic ${pair.toString("base64")}` };
}
