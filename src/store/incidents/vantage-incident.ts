import { subjectText } from "../../domain/incident/subject.ts";
import type { VantagePart } from "../incident-schema.ts";
import { applyChanges } from "./apply-changes.ts";
import type { Round } from "./round.ts";

/** Whose incident it is. */
interface Place {
  readonly id: number;
  readonly network: string;
}

/** What opens an incident of a vantage point. */
interface VantageFacts {
  readonly part: VantagePart;
  readonly cause: string;
  readonly evidence: Readonly<Record<string, unknown>>;
}

/** What an incident about a part of a vantage point is called. */
export function vantageSubject(vantage: number, part: VantagePart): string {
  return subjectText({ type: "vantage", name: `${vantage}/${part}` });
}

/** How incidents of vantage points begin and end; instants in milliseconds since the epoch. */
export const vantageIncident = {
  async open(round: Round, { id, network }: Place, facts: VantageFacts, openedAt: number) {
    const { trx, now, severityOf } = round;
    const incident = {
      kind: "vantage_degraded",
      subject: vantageSubject(id, facts.part),
      network,
      portal: null,
      family: facts.part === "ip4" || facts.part === "ip6" ? facts.part : null,
      scope: "whole",
      severity: severityOf("vantage_degraded", "whole", null),
      cause: facts.cause,
      openedAt,
      confirmedAt: now,
      lastBadAt: now,
      confirmation: { vantages: [id], observations: 1, confirmations: 0, singleVantage: true },
      evidence: facts.evidence,
      flapping: false,
    } as const;
    const ended = await endedLately(round, incident.subject, network);
    const change =
      ended === null
        ? ({ type: "open", at: now, incident } as const)
        : ({ type: "reopen", at: now, id: ended, incident } as const);
    round.note(await applyChanges(trx, [change], now));
  },

  async close(round: Round, { id, network }: Place, part: VantagePart, resolvedAt: number) {
    const { trx, now } = round;
    const open = await trx
      .selectFrom("incident")
      .select("id")
      .where("kind", "=", "vantage_degraded")
      .where("subject", "=", vantageSubject(id, part))
      .where("network", "=", network)
      .where("resolved_at", "is", null)
      .executeTakeFirst();
    if (!open) return;
    const change = {
      type: "resolve",
      at: now,
      id: open.id,
      resolvedAt,
      closedBy: "well_again",
    } as const;
    round.note(await applyChanges(trx, [change], now));
  },
};

/** The incident about the same that ended so short a while ago that it goes on, or null. */
async function endedLately({ trx, now, policy }: Round, subject: string, network: string) {
  const ended = await trx
    .selectFrom("incident")
    .select("id")
    .where("kind", "=", "vantage_degraded")
    .where("subject", "=", subject)
    .where("network", "=", network)
    .where("resolved_at", ">", new Date(now - policy.reopenWithinMs))
    .orderBy("resolved_at", "desc")
    .limit(1)
    .executeTakeFirst();
  return ended?.id ?? null;
}
