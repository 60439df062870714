import { z } from "zod";
import { environmentNames } from "./features/identity/schema.ts";

const pair = z.templateLiteral(
  [z.enum(environmentNames), ":", z.string().regex(/^[\w-]{43}$/)],
  "must be environment:key pairs, each key an X25519 public key of 32 bytes in base64url",
);

/** "dev:<key>,prod:<key>" as environment → public key of its runtimes. */
export const agentSecretsKeysSchema = z
  .string()
  .transform((text) => text.split(",").flatMap((part) => (part.trim() === "" ? [] : [part.trim()])))
  .pipe(z.array(pair))
  .transform(
    (pairs): ReadonlyMap<string, string> =>
      new Map(pairs.map((text) => [text.slice(0, text.indexOf(":")), text.slice(text.indexOf(":") + 1)])),
  );
