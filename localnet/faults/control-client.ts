import { readFileSync } from "node:fs";

/** Sends a command to the local network that wrote `file`. `ok` = it was carried out. */
export async function sendCommand(
  file: string,
  words: readonly string[],
): Promise<{ ok: boolean; lines: readonly string[] }> {
  const address = readAddress(file);
  if (!address) return { ok: false, lines: [notRunning] };
  try {
    const response = await fetch(address.url, {
      method: "POST",
      headers: { authorization: `Bearer ${address.token}` },
      body: JSON.stringify(words),
      signal: AbortSignal.timeout(30_000),
    });
    const { lines } = (await response.json()) as { lines: string[] };
    return { ok: response.ok, lines };
  } catch {
    return { ok: false, lines: [notRunning] };
  }
}

const notRunning = "No local network runs here. Start one with npm run demo, or npm run localnet.";

function readAddress(file: string): { url: string; token: string } | null {
  try {
    const { url, token } = JSON.parse(readFileSync(file, "utf8")) as Record<string, unknown>;
    return typeof url === "string" && typeof token === "string" ? { url, token } : null;
  } catch {
    return null;
  }
}
