/** An answer of /api/auth in words for a person. */
export type AuthAnswer = { kind: "done" } | ({ kind: "refused" } & Refusal);
export type Refusal = {
  title: string;
  detail: string | null;
  retryAfterSeconds: number | null;
  requestId: string | null;
};

const timeoutMs = 15_000;

/** Asks /api/auth/<endpoint>; the session itself travels in a cookie that scripts cannot read. */
export async function postAuth(endpoint: "sign-in" | "password", body: object): Promise<AuthAnswer> {
  try {
    const response = await fetch(`/api/auth/${endpoint}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(timeoutMs),
    });
    return response.ok
      ? { kind: "done" }
      : { kind: "refused", ...toRefusal(await response.json(), response.status) };
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
