import { type Random, randomFrom } from "../../network/random.ts";

const words =
  "agent answer archive batch bucket call capsule chapter city client cloud comment contract customer data delivery detail device draft era event field folder forest game harbor image index invoice island letter market memory message model month morning name node note number order page paper part path person piece place plan player point price question record region report request result review river room sample scene score season sensor series session signal song source stage station story stream street table task team test thread ticket title token town trace train value version video view visit voice water week window winter word work year".split(
    " ",
  );

/** Everything is put together from these: drawing words is what would cost. */
const poolSize = 1_024;
const random = randomFrom("sentences of the local network");
const sentences = Array.from({ length: poolSize }, () => {
  const text = Array.from({ length: 4 + random.integer(9) }, () => word(random)).join(" ");
  return `${text[0]?.toUpperCase()}${text.slice(1)}.`;
});
const start = Date.UTC(2026, 10, 1);
const logLines = sentences.map((_, index) => {
  const level = random.pick(["info", "info", "info", "debug", "warn", "error"]);
  const at = new Date(start + index * 1_731).toISOString();
  return `${at} ${level.padEnd(5)} ${word(random)}.${word(random)} took ${random.integer(900)} ms`;
});
/** With quotes, commas and line breaks inside fields, as real ones have. */
const csvLines = sentences.map((_, index) => {
  const note =
    index % 11 === 3 ? `"${word(random)}, ""${word(random)}""\nand ${word(random)}"` : word(random);
  return `${index},2026-11-${10 + (index % 18)},${word(random)},${(random.next() * 1_000).toFixed(2)},${note}`;
});
const markdownLines = sentences.map((sentence, index) => {
  if (index % 9 === 0) return `\n## ${sentence}\n`;
  return index % 9 === 5 ? `- ${sentence}` : sentence;
});
const jsonItems = sentences.map((text, index) => {
  const item = {
    text,
    score: Number(random.next().toFixed(4)),
    tags: [word(random), word(random)],
    isPublic: random.chance(0.5),
    replyTo: index % 5 === 0 ? null : random.integer(10_000),
  };
  return JSON.stringify(item);
});

export function word(from: Random): string {
  return words[from.integer(words.length)] ?? "word";
}

export function sentence(from: Random): string {
  return sentences[from.integer(poolSize)] ?? "";
}

export function textFile(from: Random, size: number): string {
  return run(sentences, from, { size, between: "\n" });
}

export function markdownFile(from: Random, size: number): string {
  return `# ${sentence(from)}\n\n${run(markdownLines, from, { size, between: "\n" })}`;
}

export function logFile(from: Random, size: number): string {
  return run(logLines, from, { size, between: "\n" });
}

export function jsonFile(from: Random, size: number): string {
  const head = `{\n "batch": "2026-11-${10 + from.integer(18)}",\n "session": "${from.integer(2 ** 32)}${from.integer(2 ** 30)}",\n`;
  return `${head} "model": "whisper-large-v3",\n "items": [\n  ${run(jsonItems, from, { size, between: ",\n  " }).trimEnd()}\n ]\n}\n`;
}

export function csvFile(from: Random, size: number): string {
  return `id,day,name,value,note\n${run(csvLines, from, { size, between: "\n" })}`;
}

export function paragraphs(from: Random, size: number): string {
  return `<p>${run(sentences, from, { size, between: "</p>\n<p>" }).trimEnd()}</p>`;
}

/** Lines of a pool from some place on, until there are about so many characters; it begins anew where it ends. */
function run(
  pool: readonly string[],
  from: Random,
  { size, between }: { size: number; between: string },
): string {
  const first = from.integer(poolSize);
  const step = 1 + 2 * from.integer(64);
  const lines: string[] = [];
  for (let characters = 0; characters < size || lines.length === 0; ) {
    const line = pool[(first + lines.length * step) % poolSize] ?? "";
    lines.push(line);
    characters += line.length + between.length;
  }
  return `${lines.join(between)}\n`;
}
