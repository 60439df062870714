import type { UploadOutcome, UploadProgress } from "../../../server/features/agents/schema.ts";
import type { DroppedFile } from "./read-bundle.ts";

export type Sending = {
  agentService: string;
  files: readonly DroppedFile[];
  /** What this browser hashed them to. */
  cid: string;
  note: string;
  asDraft: boolean;
};

export type SendOptions = { signal: AbortSignal; onSent(bytes: number): void };

/**
 * Sends what was dropped in parts and lets the server register it. What an earlier attempt left at the server is taken
 * up: only parts that are missing are sent again. Rejects with what the server says.
 */
export async function sendBundle(sending: Sending, { signal, onSent }: SendOptions): Promise<UploadOutcome> {
  const upload = (await findLeft(sending, signal)) ?? (await begin(sending, signal));
  let sent = 0;
  for (const [index, file] of upload.files.entries()) {
    const blob = sending.files[index]?.blob;
    if (!blob) throw new Error(`${file.name} is not here any more.`);
    for (let part = 1; part <= file.parts; part++) {
      const bytes = blob.slice((part - 1) * upload.partBytes, part * upload.partBytes);
      if (!file.stored.includes(part)) {
        const before = sent;
        const address = `/api/agents/uploads/${upload.id}/files/${index}/parts/${part}`;
        await putPart(address, bytes, { signal, onSent: (now) => onSent(before + now) });
      }
      sent += bytes.size;
      onSent(sent);
    }
  }
  const { cid, note, asDraft } = sending;
  const outcome = await ask<UploadOutcome>(`/api/agents/uploads/${upload.id}/complete`, {
    method: "POST",
    body: JSON.stringify({ expectedCid: cid, note, asDraft }),
    signal,
  });
  forget(sending);
  return outcome;
}

/** Nothing of it is to be left at the server either. */
export async function discardLeft(sending: Pick<Sending, "agentService" | "cid">): Promise<void> {
  const id = localStorage.getItem(keyOf(sending));
  forget(sending);
  if (id !== null) await fetch(`/api/agents/uploads/${id}`, { method: "DELETE" }).catch(() => undefined);
}

async function begin(sending: Sending, signal: AbortSignal): Promise<UploadProgress> {
  const files = sending.files.map(({ name, blob }) => ({ name, bytes: blob.size }));
  const upload = await ask<UploadProgress>("/api/agents/uploads", {
    method: "POST",
    body: JSON.stringify({ agentService: sending.agentService, files }),
    signal,
  });
  localStorage.setItem(keyOf(sending), upload.id);
  return upload;
}

/** An upload of the same files that broke off, here or in a tab that is closed now. */
async function findLeft(sending: Sending, signal: AbortSignal): Promise<UploadProgress | null> {
  const id = localStorage.getItem(keyOf(sending));
  if (id === null) return null;
  const upload = await ask<UploadProgress>(`/api/agents/uploads/${id}`, { signal }).catch(() => null);
  const isSame =
    upload?.isOpen === true &&
    upload.files.length === sending.files.length &&
    upload.files.every(({ name, bytes }, index) => {
      const file = sending.files[index];
      return file?.name === name && file.blob.size === bytes;
    });
  if (!isSame) forget(sending);
  return isSame ? upload : null;
}

function keyOf({ agentService, cid }: Pick<Sending, "agentService" | "cid">): string {
  return `upload:${agentService}:${cid}`;
}

function forget(sending: Pick<Sending, "agentService" | "cid">): void {
  localStorage.removeItem(keyOf(sending));
}

async function ask<Result>(address: string, init: RequestInit): Promise<Result> {
  const answer = await fetch(address, {
    ...init,
    ...(init.body !== undefined && { headers: { "content-type": "application/json" } }),
  });
  if (answer.ok) return answer.json();
  throw new Error(await reasonOf(answer.status, await answer.text()));
}

/** By XMLHttpRequest: fetch does not tell how much of a body is on its way. */
function putPart(address: string, bytes: Blob, { signal, onSent }: SendOptions): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const request = new XMLHttpRequest();
  request.open("PUT", address);
  request.upload.onprogress = ({ loaded }) => onSent(Math.min(loaded, bytes.size));
  request.onload = () => {
    if (request.status < 300) resolve();
    else void reasonOf(request.status, request.responseText).then((why) => reject(new Error(why)));
  };
  request.onerror = () => reject(new Error("The connection was lost. What was sent is kept for a day."));
  request.onabort = () => reject(new Error("Sending was stopped. What was sent is kept for a day."));
  signal.addEventListener("abort", () => request.abort(), { once: true });
  if (signal.aborted) request.abort();
  else request.send(bytes);
  return promise;
}

/** Problem details (RFC 9457), as far as the answer has them. */
async function reasonOf(status: number, text: string): Promise<string> {
  try {
    const { detail, title } = JSON.parse(text) as { detail?: string; title?: string };
    return detail ?? title ?? `The server answered ${status}.`;
  } catch {
    return `The server answered ${status}.`;
  }
}
