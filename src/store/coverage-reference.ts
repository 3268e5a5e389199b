import { type RawBuilder, sql } from "kysely";
import type { Certainty } from "../domain/certainty.ts";
import type { DenominatorKind, Indicator, UnitLevel } from "../domain/coverage/indicator.ts";
import type { Day } from "./column-types.ts";
import type { Database } from "./database.ts";

/** An indicator as reference data has it, at its place in the list. */
export interface IndicatorInput extends Indicator {
  readonly sourceUrl: string | null;
  readonly position: number;
}

/** A threshold with its legal source; it speaks of one indicator and is compared with no other. */
export interface TargetInput {
  readonly code: string;
  readonly indicator: string;
  readonly level: UnitLevel;
  readonly comparison: "at_least" | "at_most";
  /** A ratio 0–1, a count or a rank, as `thresholdKind` says. */
  readonly threshold: number;
  readonly thresholdKind: "ratio" | "count" | "rank";
  readonly dueOn: Day;
  readonly legalDocument: string;
  readonly article: string | null;
  readonly textVi: string;
  readonly textEn: string;
  readonly certainty: Certainty;
  readonly sourceUrl: string | null;
  readonly validFrom: Day | null;
  readonly validTo: Day | null;
  readonly noteVi: string | null;
  readonly noteEn: string | null;
  readonly position: number;
}

/** How many rows of reference data were added or changed. */
export interface PutIndicators {
  readonly put: number;
  /** `code version` of versions that have figures and would have come to mean something else: left as they were. */
  readonly kept: readonly string[];
}

/** Adds what numerators may be parts of, and changes what is said of those that are there; returns how many. */
export function putDenominatorKinds(
  db: Database,
  kinds: readonly (DenominatorKind & { readonly position: number })[],
): Promise<number> {
  return put(db, DENOMINATOR_KIND, kinds);
}

/**
 * Adds indicators and changes those that are there. A version that has figures keeps its meaning for ever: where a row
 * would change it, the whole version is left as it was and named in the answer; a new version has to be given.
 */
export async function putIndicators(
  db: Database,
  indicators: readonly IndicatorInput[],
): Promise<PutIndicators> {
  const given = sql`json_to_recordset(${JSON.stringify(indicators)}::json) as g(${INDICATOR.given})`;
  const { rows } = await sql<{ name: string }>`
    select i.code || ' ' || i.version as name from indicator i
    join ${given} on g.code = i.code and g.version = i.version
    where (${columns(MEANING, "i")}) is distinct from (${values(MEANING)})
      and exists (select from coverage_figure f
        where f.indicator_code = i.code and f.indicator_version = i.version)
    order by i.position`.execute(db);
  const kept = rows.map(({ name }) => name);
  const others = indicators.filter(({ code, version }) => !kept.includes(`${code} ${version}`));
  return { put: await put(db, INDICATOR, others), kept };
}

/** Makes the targets these: adds, changes, and takes away the ones that are not among them; returns how many. */
export async function putTargets(db: Database, targets: readonly TargetInput[]): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from coverage_target where code not in
      (select code from json_to_recordset(${JSON.stringify(targets)}::json) as g(code text))`.execute(
    db,
  );
  return Number(numAffectedRows ?? 0) + (await put(db, TARGET, targets));
}

interface Table {
  readonly name: string;
  readonly key: readonly string[];
  /** Every other column. */
  readonly facts: readonly string[];
  /** The record that JSON is read as, columns named as in TypeScript. */
  readonly given: RawBuilder<unknown>;
}

/** What a figure stands for; the other facts of an indicator only help to find, read and check it. */
const MEANING = [
  "definition_vi",
  "definition_en",
  "numerator_vi",
  "numerator_en",
  "denominator_vi",
  "denominator_en",
  "unit_counted",
  "sense",
  "denominator_kind",
  "technology",
  "at_least",
  "place",
  "multi_operator",
  "lowest_level",
  "valid_from",
] as const;

const DENOMINATOR_KIND: Table = {
  name: "denominator_kind",
  key: ["code"],
  facts: ["name_vi", "name_en", "aliases", "position"],
  given: sql`code text, "nameVi" text, "nameEn" text, aliases json, position int`,
};

const INDICATOR: Table = {
  name: "indicator",
  key: ["code", "version"],
  facts: [
    "name_vi",
    "name_en",
    ...MEANING,
    "cumulative",
    "exists_from",
    "part_of",
    "shown_by",
    "partition",
    "aliases",
    "source_url",
    "valid_to",
    "position",
  ],
  given: sql`code text, version int, "nameVi" text, "nameEn" text, "definitionVi" text, "definitionEn" text,
    "numeratorVi" text, "numeratorEn" text, "denominatorVi" text, "denominatorEn" text, "unitCounted" text,
    sense text, "denominatorKind" text, technology text, "atLeast" boolean, place text, "multiOperator" text,
    cumulative boolean, "lowestLevel" text, "existsFrom" date, "partOf" text, "shownBy" text, partition text,
    aliases json, "sourceUrl" text, "validFrom" date, "validTo" date, position int`,
};

const TARGET: Table = {
  name: "coverage_target",
  key: ["code"],
  facts: [
    "indicator_code",
    "level",
    "comparison",
    "threshold",
    "threshold_kind",
    "due_on",
    "legal_document",
    "article",
    "text_vi",
    "text_en",
    "certainty",
    "source_url",
    "valid_from",
    "valid_to",
    "note_vi",
    "note_en",
    "position",
  ],
  given: sql`code text, indicator text, level text, comparison text, threshold numeric, "thresholdKind" text,
    "dueOn" date, "legalDocument" text, article text, "textVi" text, "textEn" text, certainty text,
    "sourceUrl" text, "validFrom" date, "validTo" date, "noteVi" text, "noteEn" text, position int`,
};

/** Adds rows and changes those that say something else now; one statement, however many. */
async function put(db: Database, table: Table, rows: readonly object[]): Promise<number> {
  const all = [...table.key, ...table.facts];
  const set = table.facts.map((each) => sql`${sql.ref(each)} = ${sql.ref(`excluded.${each}`)}`);
  const { numAffectedRows } = await sql`
    insert into ${sql.table(table.name)} as t (${columns(all)})
    select ${values(all)} from json_to_recordset(${JSON.stringify(rows)}::json) as g(${table.given})
    on conflict (${columns(table.key)}) do update set ${sql.join(set)}
    where (${columns(table.facts, "t")}) is distinct from (${columns(table.facts, "excluded")})`.execute(
    db,
  );
  return Number(numAffectedRows ?? 0);
}

function columns(names: readonly string[], of?: string): RawBuilder<unknown> {
  return sql.join(names.map((each) => sql.ref(of === undefined ? each : `${of}.${each}`)));
}

/** What a column is given as: `name_vi` is `nameVi` in TypeScript, lists are JSON there. */
function values(names: readonly string[]): RawBuilder<unknown> {
  return sql.join(names.map(value));
}

function value(column: string): RawBuilder<unknown> {
  if (column === "aliases") return sql`array(select json_array_elements_text(g.aliases))`;
  if (column === "indicator_code") return sql`g.indicator`;
  return sql.ref(`g.${column.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase())}`);
}
