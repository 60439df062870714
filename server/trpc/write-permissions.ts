import { writeFile } from "node:fs/promises";
import { permissionsDocument, permissionsFile } from "./permissions-document.ts";

/** `npm run docs:permissions` */
await writeFile(permissionsFile, permissionsDocument());
