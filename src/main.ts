import type { Config } from "./config.ts";
import { createLogger, type Logger } from "./log.ts";
import { createService, type Service } from "./service.ts";
import { startText } from "./start-text.ts";

/** SIGTERM to the end of the process, at most; the supervisor's own patience is usually 30 s or more. */
const STOP_WITHIN_MS = 15_000;

/** Runs the service until SIGTERM or SIGINT, then stops it in good order; a second signal ends it at once. */
export async function serve(config: Config): Promise<void> {
  const log = createLogger(config.logLevel);
  await runService(createService(config, { log }), log);
}

/** Starts a service, says what it is unless a signal came first, and ties it to the signals of this process. */
export async function runService(service: Service, log: Logger): Promise<void> {
  const stopped = stopOnSignal(service, log);
  const facts = await service.start();
  if (facts !== null) process.stderr.write(`${startText(facts).join("\n")}\n`);
  await stopped;
}

function stopOnSignal(service: Service, log: Logger): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  let stopping = false;
  const onSignal = (signal: NodeJS.Signals) => {
    if (stopping) {
      // oxlint-disable-next-line unicorn/no-process-exit -- the second signal asks for just this
      process.exit(signal === "SIGINT" ? 130 : 143);
    }
    stopping = true;
    log.info({ signal }, "stopping");
    setTimeout(() => {
      log.error("stopping took too long; results that were not written yet are lost");
      // oxlint-disable-next-line unicorn/no-process-exit -- something hangs, nothing else ends it
      process.exit(1);
    }, STOP_WITHIN_MS).unref();
    service.stop().then(resolve, reject);
  };
  process.on("SIGTERM", onSignal);
  process.on("SIGINT", onSignal);
  return promise.finally(() => {
    process.off("SIGTERM", onSignal);
    process.off("SIGINT", onSignal);
  });
}
