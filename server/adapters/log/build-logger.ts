import { type DestinationStream, type Logger as PinoLogger, pino } from "pino";
import type { Logger } from "../../ports/logger.ts";
import { redact } from "./redact.ts";

export type LoggerOptions = {
  level: "debug" | "info" | "warn" | "error";
  /** Fields of every line, such as the roles of the process. */
  base: Record<string, string>;
  /** Hears every error line that carries `err`; for error tracking. */
  onError?: (error: unknown, fields: object) => void;
  destination?: DestinationStream;
};

/** One JSON object a line on stdout, RFC 3339 times, secrets hidden. */
export function buildLogger(options: LoggerOptions): Logger {
  const settings = {
    level: options.level,
    base: options.base,
    timestamp: () => `,"at":"${new Date().toISOString()}"`,
    messageKey: "message",
    serializers: { err: (error: unknown) => error },
    formatters: { level: (label: string) => ({ level: label }) },
  };
  const root = options.destination ? pino(settings, options.destination) : pino(settings);
  return over(root, options.onError ?? (() => {}));
}

function over(root: PinoLogger, onError: (error: unknown, fields: object) => void): Logger {
  return {
    debug: (fields, message) => root.isLevelEnabled("debug") && root.debug(redacted(fields), message),
    info: (fields, message) => root.isLevelEnabled("info") && root.info(redacted(fields), message),
    warn: (fields, message) => root.warn(redacted(fields), message),
    error: (fields, message) => {
      root.error(redacted(fields), message);
      if ("err" in fields) onError(fields.err, { ...redacted(fields), message });
    },
    child: (fields) => over(root.child(redacted(fields)), onError),
  };
}

function redacted(fields: object): object {
  const copy = redact(fields);
  return typeof copy === "object" && copy !== null ? copy : {};
}
