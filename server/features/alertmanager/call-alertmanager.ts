import { z } from "zod";
import { AppError } from "../../kernel/errors.ts";
import type { Outbound } from "../../ports/outbound.ts";

export type AlertmanagerSource = { network: "devnet" | "testnet" | "mainnet"; url: URL };
export type AlertmanagerCall = { method: "GET" | "POST" | "DELETE"; path: string; body?: object };

const timeoutMs = 5_000;
const maxAnswerBytes = 32 * 1024 * 1024;

/** One call of API v2, its answer checked. Errors come as bare strings, as {code, message} or without a body. */
export async function callAlertmanager<T>(
  { outbound, url }: { outbound: Outbound; url: URL },
  { method, path, body }: AlertmanagerCall,
  answer: z.ZodType<T>,
): Promise<T> {
  const target = new URL(`${url.pathname.replace(/\/$/, "")}/api/v2/${path}`, url);
  const { username, password } = url;
  target.username = "";
  target.password = "";
  const credentials = Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`);
  const { status, body: text } = await outbound.call({
    method,
    url: target,
    headers: {
      ...(body && { "content-type": "application/json" }),
      ...(username && { authorization: `Basic ${credentials.toString("base64")}` }),
    },
    body: body ? JSON.stringify(body) : null,
    timeoutMs,
    maxAnswerBytes,
  });
  if (status >= 300) throw refusal(target, status, text);
  const parsed = answer.safeParse(text.trim() === "" ? null : JSON.parse(text));
  if (parsed.success) return parsed.data;
  throw new AppError(
    "upstream",
    `${target.host} answered ${path} in a form that Alertmanager's API v2 has not.`,
  );
}

const refusalSchema = z.union([
  z.string(),
  z.object({ message: z.string() }).transform(({ message }) => message),
]);

function refusal({ host }: URL, status: number, text: string): AppError {
  let why: string = text;
  try {
    why = refusalSchema.parse(JSON.parse(text));
  } catch {
    // It was no JSON, or none: its first words will do.
  }
  return new AppError("upstream", `${host} answered ${status}: ${why.slice(0, 200) || "nothing"}`, {
    status: String(status),
  });
}
