export type ArchiveLimits = {
  /** Of all files together, unpacked. */
  maxBytes: number;
  maxFiles: number;
  /** Folders above a file. */
  maxDepth: number;
  maxNameBytes: number;
  /** Unpacked bytes for one packed byte, beyond the first MiB. */
  maxRatio: number;
};

/** What systems put into archives on their own. */
const junk = /(?:^|\/)(?:__MACOSX(?:\/|$)|\.DS_Store$|Thumbs\.db$|\._[^/]*$)/;

export function isJunk(name: string): boolean {
  return junk.test(name);
}

/** What is wrong with the name of a file in an upload, as a sentence; null = nothing. A folder separator is `/`. */
export function nameFault(name: string, limits: ArchiveLimits): string | null {
  const shown = JSON.stringify(name.length > 80 ? `${name.slice(0, 80)}…` : name);
  if (name === "") return "A file has no name.";
  if (new TextEncoder().encode(name).length > limits.maxNameBytes)
    return `The name ${shown} has more than ${limits.maxNameBytes} bytes.`;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what it refuses
  if (/[\u0000-\u001f\u007f\ud800-\udfff\u202a-\u202e\u2066-\u2069]/u.test(name))
    return `The name ${shown} has characters that cannot be seen.`;
  if (name.includes("\\")) return `The name ${shown} has a backslash. Folders are separated by /.`;
  if (name.startsWith("/") || /^[A-Za-z]:/.test(name))
    return `The path ${shown} does not begin in the upload.`;
  const parts = name.split("/");
  if (parts.includes("..")) return `The path ${shown} leaves the upload.`;
  if (parts.includes("") || parts.includes(".")) return `The path ${shown} has an empty part.`;
  if (parts.length - 1 > limits.maxDepth)
    return `The path ${shown} is deeper than ${limits.maxDepth} folders.`;
  return null;
}

/** Names that would be one file where upper and lower case or accents are not told apart. */
export function nameKey(name: string): string {
  return name.normalize("NFC").toLowerCase();
}

/**
 * Names as they are below the folder that holds `marker` at the top, or what is wrong: nothing holds it, or there are
 * files beside that folder.
 */
export function rootNames(names: readonly string[], marker: string): ReadonlyMap<string, string> | string {
  const holders = names.filter((name) => name === marker || name.endsWith(`/${marker}`));
  const nearest = holders.toSorted((one, other) => depthOf(one) - depthOf(other))[0];
  if (nearest === undefined) return `There is no ${marker}.`;
  const root = nearest.slice(0, nearest.length - marker.length);
  const outside = names.find((name) => !name.startsWith(root));
  if (outside !== undefined) return `${outside} lies outside the folder of ${nearest}.`;
  return new Map(names.map((name) => [name, name.slice(root.length)]));
}

function depthOf(name: string): number {
  return name.split("/").length;
}
