import { tokenPrefix } from "../tokens/rules.ts";

/** A secret by its public form, wherever in the text it stands; the first that fits names it. */
const forms: readonly { what: string; form: RegExp }[] = [
  { what: "an API token of this console", form: new RegExp(`(?<![\\w-])${tokenPrefix}[A-Za-z0-9]{8,}`) },
  { what: "a private key", form: /-----BEGIN [A-Z ]*PRIVATE KEY/ },
  {
    what: "an access token",
    form: /(?<![\w-])(?:gh[pousr]_|github_pat_|glpat-|npm_|xox[abprs]-|glsa_|sk-|hvs\.)[\w-]{16,}/,
  },
  { what: "an access key", form: /(?<![\w-])(?:AKIA|ASIA)[A-Z0-9]{16}(?![A-Z0-9])/ },
  { what: "a JSON web token", form: /(?<![\w-])eyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]*/ },
  {
    what: "a header with credentials",
    form: /\b(?:authorization|cookie)["']?\s*[:=]|\bbearer\s+[\w.~+/-]{16,}/i,
  },
  {
    what: "a password or key with its name before it",
    form: /\b(?:password|passwd|pwd|secret|api[_-]?key|private[_-]?key|seed|mnemonic|suri)["']?\s*[:=]\s*["']?\S{6,}/i,
  },
  {
    what: "a private key of 64 bytes, or a signature",
    form: /(?<![0-9a-z])(?:0x)?[0-9a-f]{128}(?![0-9a-z])/i,
  },
  { what: "an access token or a key", form: /(?<![\w+=-])[\w+=-]{110,}/ },
];

/** Phrases of BIP-39 have 12 to 24 words of three to eight letters; prose has a shorter one long before the twelfth. */
const phrase = /(?<![a-z])(?:[a-z]{3,8}[\s,]+){11,}[a-z]{3,8}(?![a-z])/;

/**
 * What secret a pasted text holds; null for none. Pure, and the same in the browser, which asks before it sends anything,
 * and on the server. A key of 32 bytes in hex looks like the id of a node or an account and passes.
 */
export function findSecret(text: string): string | null {
  if (phrase.test(text)) return "a recovery phrase";
  return forms.find(({ form }) => form.test(text))?.what ?? null;
}

const credentials =
  /([?&#](?:token|access_token|id_token|sig|x-amz-signature|api_?key|secret|password)=)[^&#\s]*/gi;

/** Addresses of content carry access tokens and user names: what they name is read without them. */
export function withoutCredentials(text: string): string {
  return text.replace(credentials, "$1").replace(/^(https?:\/\/)[^/\s@]+@/i, "$1");
}
