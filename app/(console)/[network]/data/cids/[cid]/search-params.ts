import { parseAsString } from "nuqs/server";

/** The bucket that the CID is looked at in. A token never stands in the address. */
export const cidParsers = { bucket: parseAsString };
