import type { AuditObservation } from "../domain/audit/observation.ts";
import type { ProbeTarget } from "../domain/portal.ts";
import { createAudit } from "../probes/audit/index.ts";
import { watchLoopLag } from "../probes/index.ts";
import type { AuditThreadData, FromAuditThread, ToAuditThread } from "./audit-messages.ts";
import { AuditRuns } from "./audit-runs.ts";
import { AuditSchedule } from "./audit-schedule.ts";
import { createAuditTurns } from "./audit-turns.ts";
import { gatePace } from "./gate-pace.ts";
import { GateQuestions } from "./gate-questions.ts";
import { LiveVantage } from "./live-vantage.ts";

const BEAT_MS = 1000;

/**
 * What audits get of a stop's grace: one takes minutes, so that waiting helps only those that are about to end, and
 * who is cut is due again after the next start.
 */
const CUT_AFTER_MS = 1000;

/** The work of the audit thread: every portal, in depth, on its schedule. */
export class AuditShare {
  readonly #post: (message: FromAuditThread) => void;
  readonly #gate: LiveVantage;
  readonly #questions: GateQuestions;
  readonly #schedule: AuditSchedule;
  readonly #runs: AuditRuns;
  readonly #loopLag = watchLoopLag();

  constructor(data: AuditThreadData, post: (message: FromAuditThread) => void) {
    const { auditing } = data;
    this.#post = post;
    this.#gate = new LiveVantage(data.vantage);
    const pace = gatePace(auditing.timeoutMs);
    this.#questions = new GateQuestions(data.lastQuestion, data.vantage, pace, (id, withinMs) =>
      post({ type: "confirm", id, withinMs }),
    );
    this.#schedule = new AuditSchedule(auditing, data.lastAudits, (slot) => this.#runs.due(slot));
    this.#runs = new AuditRuns({
      audit: auditOf(data, (error) => post({ type: "fault", error })),
      inFlight: auditing.inFlight,
      intervalMs: auditing.intervalMs,
      gate: this.#gate,
      beginGate: () => this.#questions.begin(),
      onBegan: (portal) => this.#schedule.began(portal, Date.now()),
      record: (run) => {
        const { skipped, target } = run;
        if (skipped !== null && skipped !== "previous_running") {
          this.#schedule.missed(target.portal);
        }
        post({ type: "audited", run });
      },
      onFault: (error) => post({ type: "fault", error }),
    });
    this.#schedule.change(data.targets, [], Date.now());
    if (data.vantage.checkedAt > 0) this.#begin(data.from ?? Date.now());
    this.#beat();
  }

  /** Does what the service says. */
  handle(message: ToAuditThread): void {
    if (message.type === "targets") {
      this.#schedule.change(message.upserts, message.removed, Date.now());
    } else if (message.type === "vantage") {
      this.#gate.update(message.state);
      this.#questions.answer(message.state, message.confirmed);
      this.#begin(Date.now());
    } else if (message.type === "audit") void this.#audit(message.id, message.target);
    else void this.#stop(message.graceMs);
  }

  #begin(from: number): void {
    this.#schedule.begin(from, Date.now());
  }

  async #audit(id: number, target: ProbeTarget): Promise<void> {
    try {
      const answer: AuditObservation = await this.#runs.now(target);
      this.#post({ type: "answered", id, answer });
    } catch (error) {
      this.#post({ type: "refused", id, error: error as Error });
    }
  }

  async #stop(graceMs: number): Promise<void> {
    this.#schedule.stop();
    const cutAfterMs = Math.min(CUT_AFTER_MS, graceMs / 2);
    const stopped = this.#runs.stop(cutAfterMs);
    // After the cut, so that nothing is kept that only lacked a self-test.
    const close = setTimeout(() => this.#questions.close(), cutAfterMs);
    await stopped;
    clearTimeout(close);
    this.#post({ type: "stopped" });
  }

  /** Says how this thread is, now and every second from now on. */
  #beat(loopLagMs = 0): void {
    const beat = { inFlight: this.#runs.inFlight, targets: this.#schedule.size, loopLagMs };
    this.#post({ type: "beat", beat });
    const lag = this.#loopLag.open();
    setTimeout(() => this.#beat(lag.close()), BEAT_MS);
  }
}

function auditOf({ probing, auditing }: AuditThreadData, onFault: (error: Error) => void) {
  return createAudit({
    vantage: probing.vantage.name,
    dnsServers: probing.dnsServers,
    allowedNetworks: probing.allowedNetworks,
    extraRoots: probing.extraRoots,
    contact: probing.contact,
    rootHints: auditing.rootHints,
    authorityPort: auditing.authorityPort,
    httpPort: auditing.httpPort,
    timeoutMs: auditing.timeoutMs,
    tryGapMs: auditing.tryGapMs,
    turns: createAuditTurns(auditing.perAddress),
    // The self-test is another thread's, which shares one among many.
    limits: { gateMs: gatePace(auditing.timeoutMs).patienceMs },
    onFault,
  });
}
