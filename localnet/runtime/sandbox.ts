import {
  newQuickJSWASMModule,
  newVariant,
  type QuickJSContext,
  type QuickJSHandle,
  type QuickJSRuntime,
  type QuickJSWASMModule,
  RELEASE_SYNC,
  Scope,
} from "quickjs-emscripten";

export type HandlerLimits = { timeoutMs: number; memoryBytes: number };
/** `outputChars`: what an output has beyond them is cut off. */
export type SandboxLimits = Pick<HandlerLimits, "memoryBytes"> & { outputChars?: number };
export type HandlerResult =
  | { kind: "finished"; output: string | null }
  | { kind: "failed"; error: string; stack: string | null };

export type SaidLine = { afterMs: number; level: "debug" | "info" | "warn" | "error"; text: string };

const usualOutputChars = 4_000;
const pageBytes = 65_536;
/** What the engine begins with, its own code and stack among it. */
const enginePages = 256;
const maxLines = 100;
const maxLineLength = 1_000;
const consoleLevels = { debug: "debug", log: "info", info: "info", warn: "warn", error: "error" } as const;
/** Of the engine, well below what the stack of the process around it bears. */
const maxStackBytes = 64 * 1_024;

/**
 * A bundle's code in a JavaScript engine of its own, compiled to WebAssembly: it has the language and nothing else, no
 * files, no network, no timers, no memory but its own, which goes when nobody holds it any more. What it may take in
 * time and memory is enforced from outside.
 */
export class Sandbox {
  private readonly runtime: QuickJSRuntime;
  private readonly context: QuickJSContext;
  private readonly exports: QuickJSHandle;
  private readonly outputChars: number;
  private deadline = 0;
  private startedAt = 0;
  private said: SaidLine[] = [];

  private constructor(engine: QuickJSWASMModule, code: string, limits: SandboxLimits) {
    const { memoryBytes, outputChars = usualOutputChars } = limits;
    this.outputChars = outputChars;
    this.runtime = engine.newRuntime({ memoryLimitBytes: memoryBytes, maxStackSizeBytes: maxStackBytes });
    this.runtime.setInterruptHandler(() => performance.now() > this.deadline);
    this.context = this.runtime.newContext();
    this.addConsole();
    this.deadline = performance.now() + 1_000;
    const loaded = this.context.evalCode(code, "bundle.js", { type: "module" });
    if (loaded.error) {
      const { error } = failureOf(this.context, loaded.error);
      throw new Error(`The bundle does not load: ${error}`);
    }
    this.exports = loaded.value;
  }

  static async load(code: string, limits: SandboxLimits): Promise<Sandbox> {
    // The engine counts allocations only, not their bytes: what holds it is a memory that cannot grow further.
    const wasmMemory = new WebAssembly.Memory({
      initial: enginePages,
      maximum: enginePages + Math.ceil(limits.memoryBytes / pageBytes),
    });
    const engine = await newQuickJSWASMModule(newVariant(RELEASE_SYNC, { wasmMemory }));
    return new Sandbox(engine, code, limits);
  }

  /** Runs an exported function to its end; what it throws, and running out of time or memory, is its failure. */
  run(name: string, argument: unknown, { timeoutMs }: Pick<HandlerLimits, "timeoutMs">): HandlerResult {
    const { context } = this;
    this.said = [];
    this.startedAt = performance.now();
    this.deadline = this.startedAt + timeoutMs;
    return Scope.withScope((scope) => {
      const handler = scope.manage(context.getProp(this.exports, name));
      if (context.typeof(handler) !== "function")
        return { kind: "failed", error: `The bundle exports no function ${name}.`, stack: null };
      const parameter = scope.manage(this.toHandle(argument));
      const called = context.callFunction(handler, context.undefined, parameter);
      if (called.error) return failureOf(context, called.error);
      const value = scope.manage(called.value);
      const pending = this.runtime.executePendingJobs();
      pending.dispose();
      return this.settled(value);
    });
  }

  /** What the code logged since the last run began; what is over the bounds is left out, and the last line says so. */
  log(): readonly SaidLine[] {
    return this.said;
  }

  /** Runs a text beside the bundle, in its global scope: faults are made by it, and what a replay holds. */
  disturb(code: string, { timeoutMs }: Pick<HandlerLimits, "timeoutMs">): HandlerResult {
    this.deadline = performance.now() + timeoutMs;
    const done = this.context.evalCode(code, "fault.js");
    if (done.error) return failureOf(this.context, done.error);
    return { kind: "finished", output: done.value.consume((value) => this.outputOf(value)) };
  }

  /** The one thing that is given to the code from outside. */
  private addConsole(): void {
    const { context } = this;
    Scope.withScope((scope) => {
      const object = scope.manage(context.newObject());
      for (const [name, level] of Object.entries(consoleLevels)) {
        const say = (...words: QuickJSHandle[]) => this.say(level, words);
        context.setProp(object, name, scope.manage(context.newFunction(name, say)));
      }
      context.setProp(context.global, "console", object);
    });
  }

  private say(level: SaidLine["level"], words: readonly QuickJSHandle[]): void {
    if (this.said.length > maxLines) return;
    const afterMs = Math.max(0, performance.now() - this.startedAt);
    if (this.said.length === maxLines) {
      this.said.push({ afterMs, level: "warn", text: `More than ${maxLines} lines: the rest is left out.` });
      return;
    }
    const text = words.map((word) => textOf(this.context.dump(word))).join(" ");
    this.said.push({ afterMs, level, text: text.slice(0, maxLineLength) });
  }

  private settled(value: QuickJSHandle): HandlerResult {
    const state = this.context.getPromiseState(value);
    if (state.type === "pending")
      return { kind: "failed", error: "It waits for something that does not come.", stack: null };
    if (state.type === "rejected") return failureOf(this.context, state.error);
    if (state.notAPromise) return { kind: "finished", output: this.outputOf(value) };
    return { kind: "finished", output: state.value.consume((settled) => this.outputOf(settled)) };
  }

  private outputOf(value: QuickJSHandle): string | null {
    const output = JSON.stringify(this.context.dump(value));
    return output === undefined ? null : output.slice(0, this.outputChars);
  }

  /** By JSON: nothing of ours is reachable from inside. */
  private toHandle(value: unknown): QuickJSHandle {
    const { context } = this;
    return Scope.withScope((scope) => {
      const text = scope.manage(context.newString(JSON.stringify(value)));
      const json = scope.manage(context.getProp(context.global, "JSON"));
      const parse = scope.manage(context.getProp(json, "parse"));
      return context.unwrapResult(context.callFunction(parse, json, text));
    });
  }
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : (JSON.stringify(value) ?? String(value));
}

function failureOf(
  context: QuickJSContext,
  error: QuickJSHandle,
): Extract<HandlerResult, { kind: "failed" }> {
  const dumped: unknown = context.dump(error);
  error.dispose();
  if (typeof dumped !== "object" || dumped === null)
    return { kind: "failed", error: String(dumped), stack: null };
  const name = Reflect.get(dumped, "name");
  const message = Reflect.get(dumped, "message");
  const stack = Reflect.get(dumped, "stack");
  return {
    kind: "failed",
    error: `${name ?? "Error"}: ${message ?? ""}`.slice(0, 2_000),
    stack: typeof stack === "string" ? stack.slice(0, 10_000) : null,
  };
}
