import { createLoader, parseAsString, parseAsStringLiteral } from "nuqs/server";

export const environments = ["dev", "staging", "prod"] as const;

/** Which environment a view is about, as it stands in the address. */
export const environmentParsers = { env: parseAsStringLiteral(environments).withDefault("dev") };
export const loadEnvironment = createLoader(environmentParsers);

/** A version on its way: which one, and where it comes from. */
export const promotionParsers = { version: parseAsString, from: parseAsStringLiteral(environments) };
