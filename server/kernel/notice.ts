/** PostgreSQL channel on which writers tell web replicas what changed. Delivered only after commit. */
export const noticeChannel = "console_live";

/**
 * "These entities changed": no rows, no secrets. One notice a batch and topic, ids packed, far below pg_notify's
 * 8000 bytes; when there are too many ids the notice says "all" instead.
 */
export type Notice = { topic: string; network: number | null; ids: readonly string[] | "all"; at: number };

const maxPayloadBytes = 7_000;

export function encodeNotice(notice: Notice): string {
  const text = JSON.stringify(notice);
  return Buffer.byteLength(text) <= maxPayloadBytes ? text : JSON.stringify({ ...notice, ids: "all" });
}

/** Null for anything that is not a notice: other software may use the same channel. */
export function decodeNotice(payload: string): Notice | null {
  try {
    const value: unknown = JSON.parse(payload);
    return isNotice(value) ? value : null;
  } catch {
    return null;
  }
}

function isNotice(value: unknown): value is Notice {
  if (typeof value !== "object" || value === null) return false;
  const { topic, network, ids, at } = value as Record<string, unknown>;
  const idsFit = ids === "all" || (Array.isArray(ids) && ids.every((id) => typeof id === "string"));
  return (
    typeof topic === "string" &&
    (network === null || typeof network === "number") &&
    idsFit &&
    typeof at === "number"
  );
}
