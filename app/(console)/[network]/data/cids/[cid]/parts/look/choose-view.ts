import { type Recognised, recognise } from "../../../../../../../../server/kernel/content/recognise.ts";
import { looksLikeCsv } from "./parse-csv.ts";

export type LookView = "text" | "json" | "csv" | "image" | "audio" | "video" | "hex";

/** How content is shown. Nothing that could run is ever more than text: markup, documents and archives included. */
export type Look = { recognised: Recognised; views: readonly LookView[]; note: string | null };

export function chooseLook(head: Uint8Array): Look {
  const recognised = recognise(head);
  return { recognised, ...viewsOf(recognised, head) };
}

function viewsOf(recognised: Recognised, head: Uint8Array): Omit<Look, "recognised"> {
  switch (recognised.kind) {
    case "image":
      return recognised.media === null
        ? onlyHex("This kind of image is not shown.")
        : { views: ["image", "hex"], note: null };
    case "audio":
      return { views: ["audio", "hex"], note: null };
    case "video":
      return { views: ["video", "hex"], note: null };
    case "markup":
      return {
        views: ["text", "hex"],
        note: `${recognised.name} is shown as text: nothing in it runs here.`,
      };
    case "document":
      return onlyHex(
        `${recognised.name} can hold scripts, so it is not opened here. Download it to read it.`,
      );
    case "archive":
      return onlyHex(`A ${recognised.name} archive; it is not unpacked here.`);
    case "opaque":
      return onlyHex("As even as random bytes, without a known signature: probably encrypted.");
    case "unknown":
      return onlyHex(null);
    case "text":
      return { views: textViews(recognised, head), note: null };
  }
}

function onlyHex(note: string | null): Omit<Look, "recognised"> {
  return { views: ["hex"], note };
}

function textViews({ name }: Recognised, head: Uint8Array): LookView[] {
  if (name === "JSON") return ["json", "text", "hex"];
  return looksLikeCsv(new TextDecoder().decode(head)) ? ["csv", "text", "hex"] : ["text", "hex"];
}
