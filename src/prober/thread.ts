import type { Family } from "../domain/family.ts";
import type { ProbeResult } from "../domain/observation.ts";
import type { ProbeTarget } from "../domain/portal.ts";
import { LivingThread, type ThreadOwner } from "./living-thread.ts";
import type { FromThread, ThreadData, ToThread } from "./messages.ts";

/** One thread of light probes. */
export class ProbingThread extends LivingThread<ThreadData, ToThread, FromThread, ProbeResult> {
  constructor(index: number, owner: ThreadOwner<ThreadData, FromThread>) {
    const entry = new URL("./worker.ts", import.meta.url);
    super({ name: `Probing thread ${index}`, entry }, owner);
  }

  /** One probe outside the schedule; rejects if the thread dies or has stopped. */
  probe(target: ProbeTarget, family: Family): Promise<ProbeResult> {
    return this.ask((id) => ({ type: "probe", id, target, family }));
  }
}
