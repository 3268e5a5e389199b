import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** A program that runs beside the test; `stop` ends it with SIGTERM and waits for that. */
export interface Child {
  readonly stop: () => Promise<void>;
}

/** A service has up to a minute to fill an empty database; everything else is faster. */
const READY_WITHIN_MS = 60_000;
const POLL_MS = 100;

/** Starts a program and waits until `readyUrl` answers 200; throws with its output if it ends or never does. */
export async function startChild(
  program: string,
  args: readonly string[],
  readyUrl: string,
  env: Readonly<Record<string, string>> = {},
): Promise<Child> {
  // Where the test run is killed, the program goes with it.
  const child = spawn("setpriv", ["--pdeathsig=KILL", "--", program, ...args], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...env },
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => (output = (output + chunk.toString()).slice(-20_000)));
  }
  const ended = once(child, "close");
  const stop = async () => {
    child.kill("SIGTERM");
    await ended;
  };
  const isReady = () =>
    fetch(readyUrl).then(
      ({ ok }) => ok,
      () => false,
    );
  try {
    await until(`${program} is ready`, READY_WITHIN_MS, async () => {
      if (child.exitCode !== null) throw new Error(`${program} ended with ${child.exitCode}`);
      return (await isReady()) ? true : null;
    });
  } catch (error) {
    await stop();
    throw new Error(`${program} did not start:\n${output}`, { cause: error });
  }
  return { stop };
}

/** Starts something that needs a folder of its own, which goes with it, or at once if it does not start. */
export async function inFolder<T extends Child>(
  name: string,
  start: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), `hatangso-${name}-`));
  const remove = () => rm(folder, { recursive: true });
  try {
    const started = await start(folder);
    const stop = async () => {
      try {
        await started.stop();
      } finally {
        await remove();
      }
    };
    return { ...started, stop };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** The first value other than null that `look` gives, asked again and again; throws after the time given. */
export async function until<T>(
  what: string,
  withinMs: number,
  look: () => Promise<T | null>,
): Promise<T> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const seen = await look();
    if (seen !== null) return seen;
    if (performance.now() > deadline) throw new Error(`${what}: not within ${withinMs} ms`);
    await sleep(POLL_MS);
  }
}
