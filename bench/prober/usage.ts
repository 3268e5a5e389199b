import type { Worker } from "node:worker_threads";

/** What the process and its probing threads have used. */
export interface Usage {
  /** CPU seconds of the whole process: threads, database and writer included. */
  readonly processSeconds: number;
  /** CPU seconds of the probing threads alone. */
  readonly threadSeconds: number;
}

/** Watches memory and CPU of this process. */
export interface UsageWatch {
  now(): Promise<Usage>;
  /** The largest resident set so far, octets. */
  maxRss(): number;
  stop(): void;
}

/** Threads are seen from this call on. */
export function watchUsage(): UsageWatch {
  const workers: Worker[] = [];
  const note = (worker: Worker) => workers.push(worker);
  process.on("worker", note);
  let most = 0;
  const look = () => (most = Math.max(most, process.memoryUsage.rss()));
  const timer = setInterval(look, 1000);
  return {
    now: async () => {
      const threads = await Promise.all(workers.map((worker) => worker.cpuUsage()));
      return {
        processSeconds: seconds(process.cpuUsage()),
        threadSeconds: threads.reduce((sum, usage) => sum + seconds(usage), 0),
      };
    },
    maxRss: () => {
      look();
      return most;
    },
    stop: () => {
      clearInterval(timer);
      process.off("worker", note);
    },
  };
}

function seconds({ user, system }: NodeJS.CpuUsage): number {
  return (user + system) / 1e6;
}
