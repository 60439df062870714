import { createTarDecoder } from "modern-tar";
import type { ArchiveLimits } from "./archive-limits.ts";
import type { UnpackedCounter } from "./count-unpacked.ts";
import type { ArchiveEntry, ArchiveSource } from "./read-archive.ts";

/** A header and padding for each member, and long names. */
const overheadOfMember = 4_096;

export async function* readTgzEntries(
  source: ArchiveSource,
  counter: UnpackedCounter,
  { maxFiles }: ArchiveLimits,
): AsyncGenerator<ArchiveEntry> {
  const entries = source
    .gunzipped()
    .pipeThrough(counter.count(maxFiles * 2 * overheadOfMember))
    .pipeThrough(createTarDecoder({ strict: true }))
    .getReader();
  try {
    for (let next = await entries.read(); !next.done; next = await entries.read()) {
      const { header, body } = next.value;
      let isOpen = false;
      yield {
        name: header.name,
        kind: kindOf(header.type),
        open: () => {
          isOpen = true;
          return body;
        },
      };
      // The decoder stands still until the body of each member was taken.
      if (!isOpen) await body.cancel();
    }
  } finally {
    await entries.cancel().catch(() => {});
  }
}

function kindOf(type: string | undefined): ArchiveEntry["kind"] {
  switch (type) {
    case undefined:
    case "file":
      return "file";
    case "directory":
      return "folder";
    case "link":
    case "symlink":
      return "link";
    default:
      return "other";
  }
}
