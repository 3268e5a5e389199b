import { destination, pino } from "pino";

export type Logger = pino.Logger;

/** A logger of JSON lines on stderr; stdout is for what a command was asked for. */
export function createLogger(level: string): Logger {
  return pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime, redact: REDACTED },
    destination({ fd: 2, sync: true }),
  );
}

/** Paths of fields that must never reach a log, whoever logs the object around them. */
const REDACTED = ["*.authorization", "*.cookie", "*.databaseUrl", "*.metricsToken", "*.key"];
