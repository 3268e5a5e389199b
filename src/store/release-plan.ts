import { createHash } from "node:crypto";
import { sql } from "kysely";
import type { Day } from "../domain/calendar.ts";
import { isQuarterEnd } from "../domain/coverage/quarter.ts";
import {
  type Edition,
  RELEASE_HEAD,
  releaseCode,
  releaseLine,
} from "../domain/coverage/release.ts";
import { lastFigureId } from "./coverage-figures.ts";
import type { Database } from "./database.ts";
import { editionFigures } from "./release-content.ts";

/** A release as it is asked for. */
export interface ReleaseRequest {
  /** The last day of its quarter. */
  readonly asOf: Day;
  readonly noteVi: string | null;
  readonly noteEn: string | null;
  /** Indicators whose figures do not compare with those of the release before, and why. */
  readonly breaks: readonly {
    readonly indicator: string;
    readonly noteVi: string;
    readonly noteEn: string;
  }[];
  /** Under which its figures may be used, usually a URL. */
  readonly licence: string;
  /** Publish although rows of the quarter wait for review; then a note has to say so. */
  readonly despiteHeld: boolean;
}

/** When it is asked for. */
export interface ReleaseMoment {
  readonly now: Date;
  /** The calendar day in the reporting time zone. */
  readonly today: Day;
}

/** Why a release would be refused. */
export type ReleaseProblem =
  | { readonly kind: "not_a_quarter_end" | "in_the_future" | "nothing_to_publish" }
  | { readonly kind: "held_rows"; readonly held: number }
  | { readonly kind: "held_without_note"; readonly held: number }
  | { readonly kind: "nothing_new"; readonly code: string }
  | { readonly kind: "unknown_indicators"; readonly codes: readonly string[] };

/** What a release would be, were it published now. */
export interface ReleasePlan extends Edition {
  readonly code: string;
  /** Of the edition's file. */
  readonly sha256: string;
  readonly figures: number;
  /** Whether any figure is made up. */
  readonly madeUp: boolean;
  /** Rows of the quarter that wait for review, and are not in it. */
  readonly held: number;
  /** The release before this one, of the same quarter or an earlier one. */
  readonly previous: string | null;
  /** Everything that stands against it; empty: it can be published. */
  readonly problems: readonly ReleaseProblem[];
}

/** Works out what a release would be and what stands against it; writes nothing. */
export async function planRelease(
  db: Database,
  request: ReleaseRequest,
  { today }: ReleaseMoment,
): Promise<ReleasePlan> {
  const { asOf } = request;
  const edition: Edition = { asOf, cut: await lastFigureId(db) };
  const [content, editions, previous, held, unknown] = [
    await contentOf(db, edition),
    await editionsOf(db, asOf),
    await previousRelease(db, asOf),
    await heldRows(db, asOf),
    await unknownIndicators(db, request),
  ];
  const same = editions.find(({ sha256 }) => sha256 === content.sha256);
  return {
    ...edition,
    code: releaseCode(asOf, editions.length + 1),
    sha256: content.sha256,
    figures: content.figures,
    madeUp: content.madeUp,
    held,
    previous,
    problems: [
      ...(isQuarterEnd(asOf) ? [] : [{ kind: "not_a_quarter_end" } as const]),
      ...(asOf > today ? [{ kind: "in_the_future" } as const] : []),
      ...(content.ofTheDay > 0 ? [] : [{ kind: "nothing_to_publish" } as const]),
      ...(same ? [{ kind: "nothing_new", code: same.code } as const] : []),
      ...heldProblems(request, held),
      ...(unknown.length > 0 ? [{ kind: "unknown_indicators", codes: unknown } as const] : []),
    ],
  };
}

/**
 * The SHA-256 of what a release holds, worked out again from the register. Null where there is no such release.
 */
export async function verifyRelease(
  db: Database,
  code: string,
): Promise<{
  readonly recorded: string;
  readonly computed: string;
  readonly figures: number;
} | null> {
  const release = await db
    .selectFrom("coverage_release")
    .select(["as_of", "cut_figure_id", "sha256"])
    .where("code", "=", code)
    .executeTakeFirst();
  if (!release) return null;
  const edition = { asOf: release.as_of, cut: release.cut_figure_id };
  const { sha256, figures } = await contentOf(db, edition);
  return { recorded: release.sha256, computed: sha256, figures };
}

async function contentOf(db: Database, edition: Edition) {
  const hash = createHash("sha256").update(RELEASE_HEAD);
  let figures = 0;
  let ofTheDay = 0;
  let madeUp = false;
  for await (const chunk of editionFigures(db, edition)) {
    for (const figure of chunk) {
      hash.update(releaseLine(figure));
      figures += 1;
      if (figure.as_of === edition.asOf) ofTheDay += 1;
      madeUp ||= figure.made_up;
    }
  }
  return { sha256: hash.digest("hex"), figures, ofTheDay, madeUp };
}

/** Every edition of the quarter so far. */
function editionsOf(db: Database, asOf: Day) {
  return db
    .selectFrom("coverage_release")
    .select(["code", "sha256"])
    .where("as_of", "=", asOf)
    .orderBy("id", "desc")
    .execute();
}

async function previousRelease(db: Database, asOf: Day): Promise<string | null> {
  const row = await db
    .selectFrom("coverage_release")
    .select("code")
    .where("as_of", "<=", asOf)
    .orderBy("as_of", "desc")
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst();
  return row?.code ?? null;
}

async function heldRows(db: Database, asOf: Day): Promise<number> {
  const { rows } = await sql<{ held: number }>`select count(*) as held from held_row
    where state in ('pending', 'proposed')
      and figures @> jsonb_build_array(jsonb_build_object('asOf', ${asOf}::text))`.execute(db);
  return rows[0]?.held ?? 0;
}

function heldProblems(
  { despiteHeld, noteVi, noteEn }: ReleaseRequest,
  held: number,
): ReleaseProblem[] {
  if (held === 0) return [];
  if (!despiteHeld) return [{ kind: "held_rows", held }];
  return noteVi === null && noteEn === null ? [{ kind: "held_without_note", held }] : [];
}

async function unknownIndicators(db: Database, { breaks }: ReleaseRequest): Promise<string[]> {
  const named = breaks.map(({ indicator }) => indicator);
  if (named.length === 0) return [];
  const known = await db
    .selectFrom("indicator")
    .select("code")
    .where("code", "in", named)
    .execute();
  const codes = new Set(known.map(({ code }) => code));
  return named.filter((code) => !codes.has(code));
}
