export type OutboundAnswer = {
  status: number;
  /** The first bytes of the body, as text. */
  body: string;
  /** What the other side asks for before the next attempt. */
  retryAfterMs: number | null;
};

export type OutboundCall = {
  method: "GET" | "POST" | "DELETE";
  url: URL;
  headers: Readonly<Record<string, string>>;
  body: string | null;
  timeoutMs: number;
  maxAnswerBytes: number;
};

/**
 * HTTP to addresses that people typed. An address that is not public is refused unless it is on the allow-list, whatever its
 * name leads to; redirects are not followed. Rejects with an `AppError` in words for the person who typed it.
 */
export type Outbound = { call(call: OutboundCall, signal?: AbortSignal): Promise<OutboundAnswer> };
