/** An answer of /api/auth in words for a person. */
export type AuthAnswer = { kind: "done"; body: AuthBody } | ({ kind: "refused" } & Refusal);
/** What the endpoints say beside yes: which fields there are depends on the endpoint. */
export type AuthBody = Readonly<Partial<Record<"challenge" | "message" | "expiresAt" | "address", string>>>;
export type AuthEndpoint =
  | "sign-in"
  | "second-factor"
  | "password"
  | "reset"
  | "wallet/message"
  | "wallet/proof"
  | "oidc/start";
export type Refusal = {
  title: string;
  detail: string | null;
  retryAfterSeconds: number | null;
  requestId: string | null;
};

const timeoutMs = 15_000;

/** Asks /api/auth/<endpoint>; the session itself travels in a cookie that scripts cannot read. */
export async function postAuth(endpoint: AuthEndpoint, body: object): Promise<AuthAnswer> {
  try {
    const response = await fetch(`/api/auth/${endpoint}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(timeoutMs),
    });
    const answer: AuthBody = await response.json();
    return response.ok
      ? { kind: "done", body: answer }
      : { kind: "refused", ...toRefusal(answer, response.status) };
  } catch {
    return { kind: "refused", ...unreachable };
  }
}

const unreachable: Refusal = {
  title: "The console's server cannot be reached.",
  detail: "Nothing was checked. Try again in a moment.",
  retryAfterSeconds: null,
  requestId: null,
};

/** Sign-in names its finding in `title`; any other problem has a status phrase there and the finding in `detail`. */
export function toRefusal(problem: unknown, status: number): Refusal {
  const fields = new Map<string, unknown>(Object.entries(Object(problem)));
  const text = (name: string) => {
    const value = fields.get(name);
    return typeof value === "string" && value !== "" ? value : null;
  };
  const wait = fields.get("retryAfterSeconds");
  const [title, detail] = [text("title"), text("detail")];
  const isOwn = status === 401 || typeof wait === "number";
  return {
    title: (isOwn ? title : detail) ?? "The console could not answer.",
    detail: isOwn ? detail : null,
    retryAfterSeconds: typeof wait === "number" && wait > 0 ? wait : null,
    requestId: text("requestId"),
  };
}
