import type { TellingView } from "../../domain/incident/telling.ts";
import { isMuted } from "../muted.ts";
import { doubtOf } from "./doubt.ts";
import { readFailures } from "./failing-now.ts";
import { readMembers } from "./members.ts";
import type { OpenRow } from "./open-rows.ts";
import { readUnseen } from "./other-family.ts";
import type { Round } from "./round.ts";
import type { ShareBook } from "./shares.ts";
import type { KnownVantage } from "./vantage-tracks.ts";

/** What is known beside the incidents themselves. */
export interface Surroundings {
  readonly vantages: readonly KnownVantage[];
  readonly book: ShareBook;
}

/** The view of an incident that nothing speaks against telling. */
export function calmView(row: OpenRow, now: number): TellingView {
  const acknowledged =
    row.ack_by !== null && (row.ack_until === null || row.ack_until.getTime() > now);
  return {
    severity: row.severity,
    scope: row.scope,
    step: (row.evidence as { step?: number }).step ?? 0,
    flapping: row.flapping,
    openedAt: row.opened_at.getTime(),
    confirmedAt: row.confirmed_at.getTime(),
    resolvedAt: row.resolved_at?.getTime() ?? null,
    toldAt: row.told_at?.getTime() ?? null,
    toldResolvedAt: row.told_resolved_at?.getTime() ?? null,
    told: row.told,
    acknowledged,
    failedAt: "not_probed",
    hasParent: false,
    muted: false,
    doubt: null,
    mayBeGrouped: false,
    otherFamilyUnseen: false,
  };
}

/** The views of incidents with all that speaks against telling them; `all` are the incidents that are open. */
export async function readViews(
  round: Round,
  rows: readonly OpenRow[],
  all: readonly OpenRow[],
  { vantages, book }: Surroundings,
): Promise<Map<number, TellingView>> {
  const open = new Set(all.filter(({ resolved_at }) => resolved_at === null).map(({ id }) => id));
  const asked = rows.filter(({ resolved_at }) => resolved_at === null);
  const members = await readMembers(round, asked);
  const muted = await isMuted(round.trx, [...members.values()].flat(), round.now);
  const failures = await readFailures(round, asked);
  const unseen = await readUnseen(round, asked);
  const shared = await readShared(round, asked, book);
  const parts = new Map(vantages.map((vantage) => [vantage.id, vantage.parts]));
  return new Map(
    rows.map((row) => {
      const portals = members.get(row.id) ?? [];
      return [
        row.id,
        {
          ...calmView(row, round.now),
          failedAt: failures.get(row.id) ?? "not_probed",
          hasParent:
            (row.parent_id !== null && open.has(row.parent_id)) ||
            isToldByOtherPart(row, all, round),
          muted: portals.length > 0 && portals.every((portal) => muted.has(portal)),
          doubt: doubtOf(row, parts, round),
          mayBeGrouped: shared.has(row.id),
          otherFamilyUnseen: unseen.has(row.id),
        },
      ];
    }),
  );
}

/**
 * Whether another part of the same place fell ill at about the same time and speaks for this one: of an uplink that dies
 * with both families and the resolver people hear once.
 */
function isToldByOtherPart(row: OpenRow, all: readonly OpenRow[], { policy }: Round): boolean {
  if (row.kind !== "vantage_degraded" || row.told_at !== null) return false;
  return all.some(
    (other) =>
      other.kind === "vantage_degraded" &&
      other.vantage_id === row.vantage_id &&
      other.id < row.id &&
      other.resolved_at === null &&
      row.opened_at.getTime() - other.opened_at.getTime() <= policy.group.withinMs,
  );
}

/** Incidents that wait for company: so many other portals have something in common with theirs. */
async function readShared(
  { policy, now }: Round,
  rows: readonly OpenRow[],
  book: ShareBook,
): Promise<Set<number>> {
  const waiting = rows.filter(
    ({ portal_id, kind, told_at, confirmed_at, parent_id }) =>
      portal_id !== null &&
      (kind === "down" || kind === "unresolvable") &&
      told_at === null &&
      parent_id === null &&
      now < confirmed_at.getTime() + policy.group.waitMs,
  );
  if (waiting.length === 0) return new Set();
  await book.load(waiting.flatMap(({ portal_id }) => portal_id ?? []));
  const shares = waiting.map((row) => ({
    id: row.id,
    shares: book.sharesOf(row),
  }));
  await book.loadTotals(shares.map((each) => each.shares));
  const isShared = ({ shares: own }: (typeof shares)[number]) =>
    (Object.keys(own) as (keyof typeof own)[]).some((type) =>
      own[type].some((value) => book.portalsWith(type, value) > policy.group.minChildren),
    );
  return new Set(shares.filter(isShared).map(({ id }) => id));
}
