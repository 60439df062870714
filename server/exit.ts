import { ConfigError } from "./config.ts";
import { configExitCode } from "./supervision.ts";

/** Prints what is wrong for a person, without a stack, and ends the process. */
export function exitOnWrongConfig<T>(load: () => T): T {
  try {
    return load();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(configExitCode);
  }
}
