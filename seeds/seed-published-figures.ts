import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { type NewFigure, REPORTED_DENOMINATOR, sameValue } from "../src/domain/coverage/figure.ts";
import { addDenominators } from "../src/store/coverage-denominators.ts";
import { addFigures, recordedFigures } from "../src/store/coverage-figures.ts";
import { lockCoverage } from "../src/store/coverage-lock.ts";
import type { Database } from "../src/store/database.ts";
import { addSubmission, type NewSubmission } from "../src/store/submissions.ts";
import { type PublishedFigure, readPublishedFigures } from "./read-published-figures.ts";
import { seedFile } from "./seed-rows.ts";

const FILE = "published_coverage_figures.csv";
const ACTOR = { keyId: null, name: "seed" };
const CORRECTED =
  "Đính chính trong dữ liệu kèm theo phần mềm / Corrected in the data that come with the program";

/**
 * Records the published figures that are not there yet, under one submission for each publisher, and household counts among
 * them as denominators; what differs from what was loaded before is a new revision. Returns how many there were of
 * both. `trx` is a transaction, and sources and indicators are loaded.
 */
export async function seedPublishedFigures(trx: Database, now: Date): Promise<number> {
  const { figures } = await readPublishedFigures();
  await lockCoverage(trx);
  const unitIds = await unitIdsOf(trx, figures);
  const all = figures.flatMap((each) => asFigure(each, unitIds) ?? []);
  const recorded = await recordedFigures(trx, all);
  const fresh = all.filter((each) => {
    const current = recorded.current(each);
    return current === null || !sameValue(current, each);
  });
  for (const [source, its] of Map.groupBy(fresh, (each) => each.source)) {
    const submissionId = await addSubmission(trx, await submission(source, its.length, now));
    await addFigures(trx, its, { submissionId, reason: CORRECTED, recordedAt: now });
  }
  const counts = figures.flatMap((each) => asDenominator(each, unitIds) ?? []);
  const given = { reason: CORRECTED, by: ACTOR.name, now };
  return fresh.length + (await addDenominators(trx, counts, given));
}

function asFigure(given: PublishedFigure, unitIds: readonly UnitOnDay[]): NewFigure | null {
  if (given.indicator === null) return null;
  return {
    unitId: unitIdOf(given, unitIds),
    indicator: given.indicator,
    indicatorVersion: 1,
    operator: given.operator,
    asOf: given.asOf,
    basis: given.basis,
    source: given.source,
    status: "present",
    numerator: given.numerator,
    denominator: given.denominatorValue,
    denominatorSource: given.denominatorValue === null ? null : REPORTED_DENOMINATOR,
    statedRatio: given.statedRatio,
    sheet: null,
    row: given.line,
    note: given.note,
  };
}

function asDenominator(given: PublishedFigure, unitIds: readonly UnitOnDay[]) {
  if (given.denominator === null || given.numerator === null) return null;
  return {
    unitId: unitIdOf(given, unitIds),
    kind: given.denominator.kind,
    asOf: given.asOf,
    value: given.numerator,
    source: given.denominator.source,
    sourceUrl: given.url,
  };
}

async function submission(source: string, accepted: number, now: Date): Promise<NewSubmission> {
  const bytes = await readFile(seedFile(FILE));
  return {
    fileName: FILE,
    sha256: createHash("sha256").update(bytes).digest("hex"),
    bytes: bytes.length,
    content: null,
    format: "csv",
    encoding: "utf-8",
    source,
    settings: { source },
    understood: null,
    via: "seed",
    actor: ACTOR,
    receivedAt: now,
    outcome: "accepted",
    accepted,
    held: 0,
    refused: 0,
    unchanged: 0,
    faultCount: 0,
    faults: [],
  };
}

interface UnitOnDay {
  readonly id: number;
  readonly level: string;
  readonly code: string;
  readonly valid_from: string;
  readonly valid_to: string | null;
}

function unitIdsOf(trx: Database, figures: readonly PublishedFigure[]): Promise<UnitOnDay[]> {
  return trx
    .selectFrom("admin_unit")
    .select(["id", "level", "code", "valid_from", "valid_to"])
    .where("level", "in", ["country", "province"])
    .where("code", "in", [...new Set(figures.map(({ code }) => code))])
    .execute();
}

function unitIdOf({ level, code, unitsOn, line }: PublishedFigure, units: readonly UnitOnDay[]) {
  const found = units.find(
    (unit) =>
      unit.level === level &&
      unit.code === code &&
      unit.valid_from <= unitsOn &&
      (unit.valid_to === null || unitsOn < unit.valid_to),
  );
  if (!found) throw new Error(`seeds/${FILE}, line ${line}: there was no ${level} ${code}`);
  return found.id;
}
