import type { AuditObservation } from "../domain/audit/observation.ts";
import type { ProbeTarget } from "../domain/portal.ts";
import type { AuditThreadData, FromAuditThread, ToAuditThread } from "./audit-messages.ts";
import { LivingThread } from "./living-thread.ts";
import type { AuditsOptions, ProbingOptions } from "./options.ts";

/** What a new worker of the audit thread is told, and what the thread asks of its owner. */
interface AuditOwner {
  readonly probing: Omit<ProbingOptions, "limits">;
  readonly audits: AuditsOptions;
  /** What changes while the prober runs. */
  readonly known: () => Pick<AuditThreadData, "targets" | "vantage" | "lastQuestion">;
  /** A self-test is wanted that begins after the call and within this time, milliseconds. */
  readonly confirm: (id: number, withinMs: number) => void;
  readonly fault: (error: Error) => void;
}

/** The thread of audits; it remembers when each portal was last audited, also for the worker after a dead one. */
export class AuditThread extends LivingThread<
  AuditThreadData,
  ToAuditThread,
  FromAuditThread,
  AuditObservation
> {
  readonly #learnLast: () => Promise<void>;

  constructor({ probing, audits, known, confirm, fault }: AuditOwner) {
    const { lastAudits: before, onAudit, ...auditing } = audits;
    let lastAudits = new Map<number, number>();
    const entry = new URL("./audit-worker.ts", import.meta.url);
    super(
      { name: "The audit thread", entry },
      {
        born: (from) => ({ probing, auditing, lastAudits, from, ...known() }),
        heard: (message) => {
          if (message.type === "audited") {
            const { target, observation } = message.run;
            if (observation) lastAudits.set(target.portal, observation.startedAt);
            onAudit(message.run);
          } else if (message.type === "confirm") confirm(message.id, message.withinMs);
          else if (message.type === "fault") fault(message.error);
        },
        fault,
      },
    );
    this.#learnLast = async () => {
      lastAudits = new Map(await before);
    };
  }

  /** Starts the first worker once the last audits are known. */
  override async start(): Promise<void> {
    await this.#learnLast();
    await super.start();
  }

  /** One audit outside the schedule; rejects if the thread dies, has stopped or has too many others to do. */
  audit(target: ProbeTarget): Promise<AuditObservation> {
    return this.ask((id) => ({ type: "audit", id, target }));
  }
}
