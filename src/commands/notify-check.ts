import type { Config } from "../config.ts";
import { UsageError } from "../domain/usage-error.ts";
import { configuredNotify } from "../notify-options.ts";
import { configWords } from "../notify/route-words.ts";
import type { ExitCode } from "./command.ts";

/** Reads NOTIFY_FILE with all that it refers to and says what it does. Throws UsageError where it can't be used. */
export function notifyCheckCommand(config: Config): ExitCode {
  const notify = configuredNotify(config);
  if (notify === null) {
    throw new UsageError(
      "NOTIFY_FILE is not set: nobody is told of incidents. See docs/notifications.md.",
    );
  }
  for (const line of configWords(notify)) process.stdout.write(`${line}\n`);
  return 0;
}
