import type { Random } from "../../network/random.ts";
import { noise } from "../stored.ts";
import {
  htmlFile,
  pageAndDocument,
  pdfFile,
  pictureAndPage,
  pictureAndProgram,
  wavFile,
} from "./document-files.ts";
import { jpegFile, pngFile, svgFile } from "./picture-files.ts";
import { csvFile, jsonFile, logFile, markdownFile, textFile } from "./text-files.ts";

export type FileKind = { ending: string; make(random: Random, size: number): Uint8Array | string };

/** What people store, the usual before the odd. */
export const fileKinds = [
  { ending: "json", make: jsonFile },
  { ending: "txt", make: textFile },
  { ending: "csv", make: csvFile },
  { ending: "png", make: pngFile },
  { ending: "jpg", make: jpegFile },
  { ending: "log", make: logFile },
  { ending: "md", make: markdownFile },
  { ending: "wav", make: wavFile },
  { ending: "pdf", make: pdfFile },
  { ending: "bin", make: (random, size) => noise(random.integer(2 ** 30), size).read(0, size) },
  { ending: "html", make: htmlFile },
  { ending: "svg", make: svgFile },
  { ending: "page.png", make: pictureAndPage },
  { ending: "program.gif", make: pictureAndProgram },
  { ending: "page.pdf", make: pageAndDocument },
] as const satisfies readonly FileKind[];

export function makeFile(kind: FileKind, random: Random, size: number): Uint8Array {
  const made = kind.make(random, size);
  return typeof made === "string" ? Buffer.from(made) : made;
}
