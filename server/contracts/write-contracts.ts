import { writeFile } from "node:fs/promises";
import { contractFiles } from "./contract-files.ts";

/** `npm run docs:contracts` */
for (const [path, text] of contractFiles()) await writeFile(path, text);
