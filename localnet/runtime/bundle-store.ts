import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { pieceId, textOf } from "../content/content-id.ts";

const cidText = /^b[a-z2-7]{58}$/;

/** A bundle's code from the object store's folder, only when its bytes hash to the CID that was asked for. */
export async function fetchBundle(folder: string, bundleCid: string): Promise<string> {
  if (!cidText.test(bundleCid)) throw new Error(`${bundleCid} is no CID.`);
  const bytes = await readFile(join(folder, "objects", "pieces", bundleCid)).catch(() => null);
  if (!bytes) throw new Error(`The store has no bundle ${bundleCid}.`);
  const computed = textOf(pieceId(bytes));
  if (computed !== bundleCid) throw new Error(`The bundle hashes to ${computed}, not to ${bundleCid}.`);
  return bytes.toString("utf8");
}
