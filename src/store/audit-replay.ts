import {
  advanceTracks,
  type Judged,
  NO_TRACKS,
  readingOf,
  silentReading,
  type Tracks,
} from "../domain/audit-reading.ts";
import type { Blocker, Judgement } from "../domain/judgement.ts";
import { continueSpans, findingKey, type FindingSpan } from "../domain/finding-spans.ts";
import { sameJson } from "../domain/same-json.ts";
import { eventsAt, excuse, type VantageEvent } from "../domain/vantage-event.ts";
import {
  type AuditRow,
  type DerivedColumns,
  readAuditBefore,
  readAuditsFrom,
  writeDerived,
} from "./audit-rows.ts";
import type { AuditedPair } from "./audited-pair.ts";
import { breathe } from "./breathe.ts";
import type { Database } from "./database.ts";
import { readSpans, type StoredSpan, writeSpans } from "./finding-rows.ts";
import { type AddressedPart, judgementPart, writeParts } from "./observation-parts.ts";
import { PartReader } from "./part-reader.ts";
import { openSpansBefore } from "./spans-before.ts";
import { readStanding, type Standing, writeStanding } from "./standing-rows.ts";
import {
  type Believed,
  believedOf,
  rewriteStandingSpans,
  tracksFromSpans,
} from "./standing-spans.ts";
import { readEvents } from "./vantage-event-rows.ts";

/** The judgement that counts for an audit, or null for the one that is stored. */
export type JudgementOf = (audit: AuditRow) => Promise<Judgement | null> | Judgement | null;

/** What one audit comes to, as far as it is believed; without its findings, of which there may be thousands. */
interface Replayed {
  readonly row: AuditRow;
  readonly change: DerivedColumns;
  /** Whether an event of the vantage point explains it. */
  readonly excused: boolean;
  readonly levelBlockers: readonly Blocker[];
  readonly gradeBlockers: readonly Blocker[];
  /** Undefined where only a fresh judgement would know it. */
  readonly provisionalDays: number | null | undefined;
}

/**
 * Derives spans of findings, level and grade of a portal anew from the audits that began at an instant or later, as
 * if each had been saved when it was made; what was before stays. All that is derived follows from stored audits,
 * so it does not matter in which order they came. Call it inside a transaction that holds `lockAudits`.
 */
export async function replayAudits(
  trx: Database,
  pair: AuditedPair,
  from: Date,
  judgementOf: JudgementOf = () => null,
): Promise<ReplayCount> {
  const reader = new PartReader(trx);
  const rows = await readAuditsFrom(trx, pair, from);
  const previous = await readAuditBefore(trx, pair, from);
  const stored = await readSpans(trx, pair, from);
  const events = await readEvents(trx, pair.vantage, from);
  let open: readonly FindingSpan[] = await openSpansBefore({
    trx,
    pair,
    reader,
    stored,
    rows,
    previous,
    from: from.getTime(),
  });
  let tracks = previous?.tracks ?? (await tracksFromSpans(trx, pair, from)) ?? NO_TRACKS;
  const closed: FindingSpan[] = [];
  const replayed: Replayed[] = [];
  const parts = new Map<string, AddressedPart>();
  for (const row of rows) {
    const fresh = await judgementOf(row);
    const judged = fresh ?? withTimings(await storedJudgement(reader, row), row, stored);
    const part = fresh ? judgementPart(fresh) : null;
    const digest = part?.digest ?? hex(row.judgement);
    if (part && digest !== hex(row.judgement)) parts.set(digest, part);
    const next = step({ row, judged, fresh, digest }, { open, tracks, events });
    closed.push(...next.closed);
    ({ open } = next);
    ({ tracks } = next.replayed.change);
    replayed.push(next.replayed);
    await breathe();
  }
  const last = replayed.at(-1);
  if (!last) return { audits: 0, findings: 0 };
  const findings = await writeSpans(trx, pair, { stored, wanted: [...closed, ...open] });
  await writeDerived(trx, replayed);
  await writeParts(trx, [...parts.values()], last.row.startedAt);
  await rewriteStandingSpans(trx, pair, from, replayed.flatMap(believed));
  await writePresent(trx, pair, replayed, last);
  return { audits: rows.length, findings };
}

/** How many audits a replay went through, and how many spans of findings it added, changed or took away. */
export interface ReplayCount {
  readonly audits: number;
  readonly findings: number;
}

interface State {
  readonly open: readonly FindingSpan[];
  readonly tracks: Tracks;
  readonly events: readonly VantageEvent[];
}

interface Step {
  readonly row: AuditRow;
  readonly judged: Judged;
  readonly fresh: Judgement | null;
  /** Of what was judged, hex. */
  readonly digest: string;
}

function step({ row, judged, fresh, digest }: Step, state: State) {
  const at = row.startedAt.getTime();
  const { findings, excused } = excuse(judged.findings, state.open, eventsAt(state.events, at));
  const ruleset = fresh?.ruleset ?? row.ruleset;
  const spans = continueSpans(state.open, { audit: row.id, at, ruleset, findings });
  const { level, grade } = excused ? silentReading(at) : readingOf(judged, at);
  const replayed: Replayed = {
    row,
    change: {
      ruleset,
      level: level.proven,
      levelPossible: level.possible,
      grade: grade.proven,
      gradePossible: grade.possible,
      tracks: advanceTracks(state.tracks, { level, grade }),
      judgement: digest,
    },
    excused,
    levelBlockers: judged.level.blockers,
    gradeBlockers: judged.grade.blockers,
    provisionalDays: fresh?.level.provisionalDays,
  };
  return { ...spans, replayed };
}

async function storedJudgement(reader: PartReader, row: AuditRow): Promise<Judged> {
  return (await reader.read(row.judgement)) as Judged;
}

/** Durations are kept with a span alone, those of its last audit. */
function withTimings(judged: Judged, row: AuditRow, stored: readonly StoredSpan[]): Judged {
  const timings = new Map(
    stored.flatMap((span) =>
      span.lastAudit === row.id && span.timings ? [[findingKey(span), span.timings]] : [],
    ),
  );
  if (timings.size === 0) return judged;
  return {
    ...judged,
    findings: judged.findings.map((finding) => ({
      ...finding,
      timings: timings.get(findingKey(finding)),
    })),
  };
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}

function believed({ row, change }: Replayed): Believed[] {
  const value = believedOf(change.tracks, row.startedAt.getTime(), row.id);
  return value ? [value] : [];
}

/** What is believed now: of the last audit, and where an event explains that one, with the reasons of the last before. */
async function writePresent(
  trx: Database,
  pair: AuditedPair,
  replayed: readonly Replayed[],
  last: Replayed,
): Promise<void> {
  const known = await readStanding(trx, pair);
  const told = replayed.findLast(({ excused }) => !excused) ?? known;
  const standing: Omit<Standing, "flapping"> = {
    tracks: last.change.tracks,
    provisionalDays: provisionalDays(last, known),
    levelBlockers: told?.levelBlockers ?? [],
    gradeBlockers: told?.gradeBlockers ?? [],
    lastAudit: last.row.id,
    lastAuditAt: last.row.startedAt.getTime(),
  };
  if (known && sameJson({ ...standing, flapping: known.flapping }, known)) return;
  await writeStanding(trx, pair, standing);
}

function provisionalDays(last: Replayed, known: Standing | null): number | null {
  const before = known?.provisionalDays ?? null;
  if (last.excused) return before;
  if (last.provisionalDays !== undefined) return last.provisionalDays;
  return known?.lastAudit === last.row.id ? before : null;
}
