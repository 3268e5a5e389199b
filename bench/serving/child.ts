import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { type ProcessCost, processCost } from "../kit/process-cost.ts";

/** What a server's process says of itself since it was last asked. */
export interface ServerState {
  /** The longest time that its event loop was held, milliseconds. */
  readonly heldMs: number;
}

/** A server in a process of its own, so that what it costs is the kernel's figure of that process. */
export interface ServerProcess {
  readonly url: string;
  readonly pid: number;
  /** What it said beside its URL. */
  readonly facts: Readonly<Record<string, number>>;
  /** How long its event loop was held since the last question. */
  state(): Promise<ServerState>;
  /** Asks it to do something, and waits until it says that it is done. */
  ask(what: string): Promise<void>;
  /** What the kernel has accounted so far; the peak of memory is that since the last question. */
  cost(): Promise<ProcessCost>;
  stop(): Promise<void>;
}

/** Starts a program that ends its own start with `serveParent`. */
export async function startServer(program: URL, args: readonly string[]): Promise<ServerProcess> {
  const child = fork(program, args, {
    execArgv: ["--expose-gc"],
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const end = () => child.kill("SIGKILL");
  process.once("exit", end);
  const pid = child.pid ?? 0;
  const { url, ...facts } = await answerOf<{ url: string } & Record<string, number>>(child);
  const ask = async <Answer>(what: string): Promise<Answer> => {
    const answer = answerOf<Answer>(child);
    child.send(what);
    return answer;
  };
  return {
    url,
    pid,
    facts,
    state: () => ask<ServerState>("state"),
    ask: async (what) => void (await ask(what)),
    async cost() {
      const cost = await processCost(pid);
      // proc_pid_clear_refs(5): 5 sets the peak to what is resident now.
      await writeFile(`/proc/${pid}/clear_refs`, "5");
      return cost;
    },
    async stop() {
      process.off("exit", end);
      const exited = once(child, "exit");
      child.kill("SIGKILL");
      await exited;
    },
  };
}

/** The next thing that it says; throws where it ends instead. */
async function answerOf<Answer>(child: ChildProcess): Promise<Answer> {
  const stop = new AbortController();
  const ended = once(child, "exit", { signal: stop.signal }).then(([code]) => {
    throw new Error(`A server of the benchmark ended by itself (${String(code)})`);
  });
  ended.catch(() => undefined);
  const [answer] = await Promise.race([once(child, "message"), ended]);
  stop.abort();
  return answer as Answer;
}
