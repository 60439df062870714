import {
  type ASTNode,
  Environment,
  EvaluationError,
  ParseError,
  TypeError as TypingError,
} from "@marcbachmann/cel-js";

/** What a SET may look at: the vault an event is about, and the event's type (CEF-AI/cef-plugins, roc-deploy). */
export type TargetingFacts = { vault: { id: string; scope: string }; event: { type: string } };

/** `at` is where the fault stands in the text, from 0; null = as a whole. */
export type TargetingFault = { message: string; at: number | null };
export type Targeting = (facts: TargetingFacts) => boolean;

export const maxTargetingLength = 1_000;

/** Of the language, what cannot take more than a moment: no comprehensions, no regular expressions. */
const allowedFunctions = new Set(["startsWith", "endsWith", "contains", "size"]);

const environment = new Environment({
  unlistedVariablesAreDyn: false,
  limits: { maxAstNodes: 128, maxDepth: 16, maxListElements: 64, maxMapEntries: 0, maxCallArguments: 2 },
})
  .registerVariable({ name: "vault", schema: { id: "string", scope: "string" } })
  .registerVariable({ name: "event", schema: { type: "string" } });

/**
 * A CEL expression as a decision, or what is wrong with it. The empty one is the default: it fits everything. Bounded in
 * length, size, depth and functions before it ever runs, so that running it takes microseconds.
 */
export function compileTargeting(text: string): Targeting | TargetingFault {
  if (text === "") return () => true;
  if (text.length > maxTargetingLength)
    return { message: `Longer than ${maxTargetingLength} characters.`, at: maxTargetingLength };
  try {
    const program = environment.parse(text);
    const strange = findForbidden(program.ast);
    if (strange) return strange;
    const { valid, type, error } = program.check();
    if (!valid) return faultOf(error);
    if (type !== "bool") return { message: `Gives ${type ?? "nothing"}, not true or false.`, at: 0 };
    return (facts) => isTrue(() => program(facts));
  } catch (error) {
    return faultOf(error);
  }
}

export function isTargetingFault(result: Targeting | TargetingFault): result is TargetingFault {
  return typeof result !== "function";
}

/** What cannot be told about an event (no such thing is known to pass the check) does not fit it. */
function isTrue(run: () => unknown): boolean {
  try {
    return run() === true;
  } catch {
    return false;
  }
}

function findForbidden(node: ASTNode): TargetingFault | null {
  const called = node.op === "call" || node.op === "rcall" ? node.args[0] : null;
  if (called !== null && !allowedFunctions.has(called)) {
    const known = [...allowedFunctions].join(", ");
    return { message: `${called} is not offered here. There are ${known}.`, at: node.range.start };
  }
  for (const part of childrenOf(node)) {
    const found = findForbidden(part);
    if (found) return found;
  }
  return null;
}

function childrenOf({ args }: ASTNode): ASTNode[] {
  const flat: unknown[] = Array.isArray(args) ? args.flat(2) : [args];
  return flat.filter(isNode);
}

function isNode(value: unknown): value is ASTNode {
  return typeof value === "object" && value !== null && "op" in value && "range" in value;
}

function faultOf(error: unknown): TargetingFault {
  const isOurs = [ParseError, TypingError, EvaluationError].some((kind) => error instanceof kind);
  if (!isOurs) return { message: "Cannot be read.", at: null };
  const { summary, range, code } = error as ParseError;
  return { message: wordingOf(code, summary), at: range?.start ?? null };
}

function wordingOf(code: string, summary: string): string {
  if (code === "no_such_key")
    return `${summary.replace("No such key: ", "No field ")}. There are vault.id, vault.scope and event.type.`;
  if (code === "unknown_variable") return `${summary}. There are vault and event.`;
  return summary.endsWith(".") ? summary : `${summary}.`;
}
