import { setImmediate as yieldToEventLoop } from "node:timers/promises";
import type { Day } from "../../domain/calendar.ts";
import type { CoverageSum } from "../../domain/coverage/sum.ts";
import type { Database } from "../../store/database.ts";
import { addUp } from "./add-up.ts";
import { choosePieces, type Piece } from "./choose-piece.ts";
import { type CurrentFigure, currentFigures, type FigureScope } from "./current-figures.ts";
import { gather, type Material } from "./gather.ts";
import { groupsOf, type UnitGroup } from "./groups.ts";
import { type SumIndicator, versionFor, versionsOf } from "./indicators.ts";
import { lineageOf, type Step, steps } from "./lineage.ts";
import { type KnownSizes, missingSizes, type WantedSize } from "./missing-sizes.ts";
import type { SumQuestion } from "./question.ts";
import type { Tally } from "./tally.ts";
import { type UnitsOnDay, unitsOn } from "./units-on.ts";

/**
 * One indicator on one day for every unit of a level, by code: sums of numerators over sums of denominators of what
 * was reported, with bounds for what was not. Empty where the indicator has no such version.
 */
export async function coverageSums(db: Database, question: SumQuestion): Promise<CoverageSum[]> {
  const { indicator: code, version, asOf: day } = question;
  const indicator = versionFor(await versionsOf(db, code), code, { version, day });
  return indicator === null ? [] : sumsOn(db, indicator, question, [day]);
}

/** The same of one version on several days, day by day. */
export async function sumsOn(
  db: Database,
  indicator: SumIndicator,
  question: Omit<SumQuestion, "asOf" | "indicator" | "version">,
  days: readonly Day[],
): Promise<CoverageSum[]> {
  const { basis = "reported", known = null } = question;
  const whole: FigureScope = {
    indicator: indicator.code,
    version: indicator.version,
    basis,
    days,
    known,
    units: null,
  };
  const narrow = narrowed(question);
  // Both at once, unless the figures are those of some units only.
  const [units, all] = await Promise.all([
    unitsOn(db, question.units),
    narrow ? [] : currentFigures(db, whole),
  ]);
  const groups = groupsOf(units, indicator.lowest_level, question);
  const figures = narrow ? await currentFigures(db, { ...whole, units: idsOf(groups) }) : all;
  const foreign = figures.some(({ unit_id }) => !units.byId.has(unit_id));
  const history = foreign ? await steps(db, question.units) : [];
  const byDay = Map.groupBy(figures, ({ as_of }) => as_of);
  const drafts: Draft[] = [];
  for (const day of days) {
    const frame = { indicator, day, units, history, question: { ...question, basis } };
    drafts.push(...draftsOf(groups, byDay.get(day) ?? [], frame));
    // The embedded database answers without a turn of the event loop: whoever asks for many sums would hold it up.
    await yieldToEventLoop();
  }
  const denominatorKind = indicator.denominator_kind;
  const wanted = denominatorKind === null ? [] : drafts.flatMap(wantedSizes(indicator));
  const sizes = await missingSizes(db, { ...whole, denominatorKind }, wanted);
  return drafts.map(({ group, day, tally, stated }) =>
    addUp(
      { unit: group.unit, indicator, asOf: day, basis, stated },
      tally,
      sizeOf(tally, day, { indicator, sizes }),
    ),
  );
}

/** A sum whose bounds are not known yet. */
interface Draft {
  readonly group: UnitGroup;
  readonly day: Day;
  readonly tally: Tally;
  readonly stated: CurrentFigure | null;
}

interface DayFrame {
  readonly indicator: SumIndicator;
  readonly day: Day;
  readonly units: UnitsOnDay;
  readonly history: readonly Step[];
  readonly question: Pick<SumQuestion, "operator" | "basis">;
}

function draftsOf(
  groups: readonly UnitGroup[],
  figures: readonly CurrentFigure[],
  frame: DayFrame,
): Draft[] {
  const { indicator, question, day } = frame;
  const pieces = choosePieces(figures, {
    share: indicator.denominator_kind !== null,
    greatestOperator: indicator.multi_operator !== "named",
    operator: question.operator,
  });
  const projected = question.basis === "projected";
  const material: Material = {
    // What is only projected is told beside a sum, and is never part of one.
    pieces: projected ? new Map<number, Piece>() : pieces,
    lineage: projected ? null : lineageFor(pieces, frame),
    addable: indicator.denominator_kind !== "communes",
  };
  return groups.map((group) => ({
    group,
    day,
    tally: gather(group.members, material),
    stated: statedOf(pieces.get(group.unit.id), group, projected),
  }));
}

function lineageFor(pieces: ReadonlyMap<number, Piece>, { units, history, indicator }: DayFrame) {
  const foreign = pieces.keys().some((unit) => !units.byId.has(unit));
  if (!foreign || history.length === 0) return null;
  const present = units.all.filter(({ level }) => level === indicator.lowest_level);
  const counts = (unit: number) => {
    const piece = pieces.get(unit);
    return piece !== undefined && piece.status !== "withdrawn";
  };
  return lineageOf(
    history,
    present.map(({ id }) => id),
    counts,
  );
}

/** What was said of the unit itself beside the sum of its parts, or of a unit without parts as a mere percentage. */
function statedOf(piece: Piece | undefined, group: UnitGroup, projected: boolean) {
  if (piece === undefined || piece.figure.status !== "present") return null;
  const summed = group.members.includes(group.unit.id) && !projected;
  return summed && piece.status !== "percent_only" ? null : piece.figure;
}

/** Whether only some units are asked about: then only their figures are read. */
function narrowed({ level, province, unit }: Omit<SumQuestion, "asOf" | "indicator">): boolean {
  return level !== "country" && (province !== undefined || unit !== undefined);
}

function idsOf(groups: readonly UnitGroup[]): number[] {
  return [...new Set(groups.flatMap(({ unit, members }) => [unit.id, ...members]))];
}

function wantedSizes({ denominator_kind }: SumIndicator) {
  return ({ tally, day }: Draft): WantedSize[] => {
    if (denominator_kind === "communes" || !isSized(tally)) return [];
    return tally.gaps.map(({ unit }) => ({ unit, origin: tally.origin, day }));
  };
}

/** Sizes are only added to others of the same origin; one thing alone that is missing may have any. */
function isSized({ origin, gaps }: Tally): boolean {
  return origin !== null || gaps.length === 1;
}

/** What everything that is missing comes to; null where the size of one thing is not known. */
function sizeOf(
  tally: Tally,
  day: Day,
  { indicator, sizes }: { readonly indicator: SumIndicator; readonly sizes: KnownSizes },
): number | null {
  let sum = 0;
  for (const { unit, share } of tally.gaps) {
    const size =
      indicator.denominator_kind === "communes" ? 1 : sizes({ unit, origin: tally.origin, day });
    if (size === undefined) return null;
    sum += Math.round(size * share);
  }
  return sum;
}
