import type { Random } from "../../network/random.ts";
import { pngFile } from "./picture-files.ts";
import { paragraphs, sentence, word } from "./text-files.ts";

/** A page that tries what a hostile page would try. */
export function htmlFile(random: Random, size: number): string {
  return `<!doctype html>
<html><head><title>${sentence(random)}</title>
<script>document.title = 'html ran'; try { top.document.title = 'html ran' } catch {}</script>
</head><body onload="document.title='html ran'">
<h1>${sentence(random)}</h1>
${paragraphs(random, size)}
<img src="x" onerror="document.title='html ran'">
<form action="/api/auth/sign-out" method="post"><button>Continue</button></form>
</body></html>
`;
}

/** One page of text, with a script of its own in it. */
export function pdfFile(random: Random): string {
  const text = Array.from({ length: 12 }, () => `(${sentence(random)}) Tj T*`).join("\n");
  const stream = `BT /F1 12 Tf 14 TL 56 760 Td\n${text}\nET`;
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /JavaScript /JS (app.alert\\('pdf ran'\\)) >> >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
    `<< /Length ${stream.length} >>\nstream\n${stream}\nendstream`,
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
  ];
  let body = "%PDF-1.4\n";
  const offsets = objects.map((object, index) => {
    const at = body.length;
    body += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return `${String(at).padStart(10, "0")} 00000 n \n`;
  });
  const count = objects.length + 1;
  const table = `xref\n0 ${count}\n0000000000 65535 f \n${offsets.join("")}`;
  return `${body}${table}trailer\n<< /Size ${count} /Root 1 0 R >>\nstartxref\n${body.length}\n%%EOF\n`;
}

const toneCount = 24;
const tones = new Map<number, Buffer>();
const toneSamples = 8_000;

/** A second of one tone, 8 kHz, 8 bits, mono, and a title. */
export function wavFile(random: Random): Uint8Array {
  const tone = random.integer(toneCount);
  const samples = tones.get(tone) ?? sampleTone(180 + tone * 30);
  tones.set(tone, samples);
  const title = Buffer.from(
    `INFOINAM${"\0".repeat(4)}${sentence(random)} ${random.integer(1e9)}`.padEnd(120, "\0"),
  );
  title.writeUInt32LE(title.length - 12, 8);
  const format = Buffer.from("1000000001000100401f0000401f000001000800", "hex");
  const parts = [riff("fmt ", format.subarray(4)), riff("LIST", title), riff("data", samples)];
  return riff("RIFF", Buffer.concat([Buffer.from("WAVE"), ...parts]));
}

function riff(name: string, body: Uint8Array): Buffer {
  const head = Buffer.alloc(8);
  head.write(name, 0, "latin1");
  head.writeUInt32LE(body.length, 4);
  return Buffer.concat([head, body]);
}

function sampleTone(hertz: number): Buffer {
  return Buffer.from(
    Array.from(
      { length: toneSamples },
      (_, at) => 128 + Math.round(90 * Math.sin((at * hertz * 2 * Math.PI) / 8_000)),
    ),
  );
}

/** A PNG to those who look at its beginning, a page to those who look for one. */
export function pictureAndPage(random: Random): Uint8Array {
  return Buffer.concat([pngFile(random), Buffer.from(`\n${htmlFile(random, 200)}`)]);
}

/** A GIF by its first bytes, and a program by its grammar. */
export function pictureAndProgram(random: Random): string {
  return `GIF89a/*${word(random)}*/=1;document.title='polyglot ran';fetch('/api/trpc/identity.me');\n`;
}

/** A page and a document at once: the PDF begins within the first kilobyte. */
export function pageAndDocument(random: Random): string {
  return `<!-- ${word(random)} --><script>document.title='polyglot ran'</script><!--\n${pdfFile(random)}\n-->`;
}
