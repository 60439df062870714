import { createLoader, parseAsStringLiteral } from "nuqs/server";
import { networkNames } from "../../../../server/kernel/networks.ts";

/** Which network's limits are shown; in the address, because settings stand below no network. */
export const thresholdParsers = { network: parseAsStringLiteral(networkNames).withDefault("mainnet") };

export const loadThresholdParams = createLoader(thresholdParsers);
