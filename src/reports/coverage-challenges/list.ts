import { sql } from "kysely";
import type { Day } from "../../domain/calendar.ts";
import {
  type ChallengeOutcome,
  type ChallengeReason,
  type ChallengeState,
  isOverdue,
} from "../../domain/coverage/challenge.ts";
import type { Database } from "../../store/database.ts";
import { unitsOfProvinceSql } from "../../store/present-province.ts";
import { type FigureRow, figuresQuery, toFigureRow } from "../coverage/figures.ts";
import { type Page, type PageRequest, toPage } from "../page.ts";

/** A challenge as lists show it, with the figure as it was when it was challenged. */
export interface ChallengeRow {
  readonly id: number;
  readonly state: ChallengeState;
  /** The source let the time to answer pass. */
  readonly overdue: boolean;
  readonly figure: Omit<FigureRow, "recorded_at">;
  /** Code of the release that shows it; null: the register itself. */
  readonly release: string | null;
  readonly reason_code: ChallengeReason;
  readonly statement: string;
  readonly evidence_url: string | null;
  readonly filed_by: string | null;
  /** ISO 8601 UTC, as the other instants. */
  readonly filed_at: string;
  readonly due_on: Day;
  readonly answer: string | null;
  readonly answered_by: string | null;
  readonly answered_at: string | null;
  readonly outcome_code: ChallengeOutcome | null;
  readonly decision: string | null;
  readonly decided_by: string | null;
  readonly decided_at: string | null;
  /** The revision that it brought. */
  readonly result_figure: number | null;
}

/** Which challenges; `province`: that the unit is in today. */
export interface ChallengeFilter {
  readonly state?: ChallengeState | undefined;
  readonly overdue?: boolean | undefined;
  readonly province?: string | undefined;
  readonly indicator?: string | undefined;
  readonly figure?: number | undefined;
}

/** Challenges, newest first; `today` decides which are overdue. */
export async function listChallenges(
  db: Database,
  filter: ChallengeFilter,
  today: Day,
  page: PageRequest<readonly [number]>,
): Promise<Page<ChallengeRow, readonly [number]>> {
  let query = challenges(db)
    .orderBy("c.id", "desc")
    .limit(page.limit + 1);
  if (filter.state !== undefined) query = query.where("c.state", "=", filter.state);
  if (filter.overdue !== undefined) {
    const overdue = sql<boolean>`(c.state = 'open' and c.due_on < ${today}::date)`;
    query = query.where(overdue, "=", filter.overdue);
  }
  if (filter.indicator !== undefined) {
    query = query.where("f.indicator_code", "=", filter.indicator);
  }
  if (filter.province !== undefined) {
    query = query.where(sql<boolean>`f.unit_id in ${unitsOfProvinceSql(filter.province)}`);
  }
  if (filter.figure !== undefined) query = query.where("c.figure_id", "=", filter.figure);
  if (page.after) query = query.where("c.id", "<", page.after[0]);
  const rows = await toRows(db, await query.execute(), today);
  return toPage(rows, page.limit, ({ id }): readonly [number] => [id]);
}

/** One challenge, or null. */
export async function findChallenge(
  db: Database,
  id: number,
  today: Day,
): Promise<ChallengeRow | null> {
  const rows = await challenges(db).where("c.id", "=", id).execute();
  return (await toRows(db, rows, today))[0] ?? null;
}

function challenges(db: Database) {
  return db
    .selectFrom("coverage_challenge as c")
    .innerJoin("coverage_figure as f", "f.id", "c.figure_id")
    .leftJoin("coverage_release as r", "r.id", "c.release_id")
    .selectAll("c")
    .select("r.code as release");
}

type Found = Awaited<ReturnType<ReturnType<typeof challenges>["execute"]>>[number];

async function toRows(db: Database, found: readonly Found[], today: Day): Promise<ChallengeRow[]> {
  if (found.length === 0) return [];
  const ids = [...new Set(found.map(({ figure_id }) => figure_id))];
  const figures = (await figuresQuery(db).where("f.id", "in", ids).execute()).map(toFigureRow);
  const figureOf = new Map(figures.map(({ recorded_at: _at, ...figure }) => [figure.id, figure]));
  return found.map((row) => {
    const figure = figureOf.get(row.figure_id);
    if (!figure) throw new Error(`The figure of challenge ${row.id} vanished`);
    return {
      id: row.id,
      state: row.state,
      overdue: isOverdue({ state: row.state, dueOn: row.due_on }, today),
      figure,
      release: row.release,
      reason_code: row.reason_code,
      statement: row.statement,
      evidence_url: row.evidence_url,
      filed_by: row.filed_by,
      filed_at: row.filed_at.toISOString(),
      due_on: row.due_on,
      answer: row.answer,
      answered_by: row.answered_by,
      answered_at: row.answered_at?.toISOString() ?? null,
      outcome_code: row.outcome_code,
      decision: row.decision,
      decided_by: row.decided_by,
      decided_at: row.decided_at?.toISOString() ?? null,
      result_figure: row.result_figure_id,
    };
  });
}
