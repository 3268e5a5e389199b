import { provinceTemplate } from "../coverage/write/template.ts";
import type { Day } from "../domain/calendar.ts";
import { type Indicator, indicatorOn } from "../domain/coverage/indicator.ts";
import { done, refused, type Result } from "../domain/result.ts";
import type { Database } from "../store/database.ts";
import { loadDenominatorKinds, loadIndicators } from "../store/coverage-register.ts";
import { knownCounts } from "../store/known-denominators.ts";
import { provinceCommunes } from "../store/province-communes.ts";

/** Which template: a province (its code on the day), the day of the figures, what is asked for (empty: everything). */
export interface TemplateRequest {
  readonly province: string;
  readonly asOf: Day;
  readonly indicators: readonly string[];
}

/** Why there is no template; `indicators` are those that communes can be asked for on that day. */
export type TemplateProblem =
  | { readonly kind: "no_province" }
  | {
      readonly kind: "unknown_indicator";
      readonly codes: readonly string[];
      readonly indicators: readonly string[];
    };

/** A spreadsheet with the name that it goes by. */
export interface TemplateFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** The template of a province from what the register has: its communes, definitions and known denominators. */
export async function makeTemplate(
  db: Database,
  { province: code, asOf, indicators: codes }: TemplateRequest,
): Promise<Result<TemplateFile, TemplateProblem>> {
  const found = await provinceCommunes(db, code, asOf);
  if (found === null) return refused({ kind: "no_province" });
  const { province, communes } = found;
  const possible = ofCommunes(await loadIndicators(db), asOf);
  const known = new Set(possible.map((each) => each.code));
  const unknown = codes.filter((each) => !known.has(each));
  if (unknown.length > 0) {
    return refused({ kind: "unknown_indicator", codes: unknown, indicators: [...known] });
  }
  const counts = await knownCounts(
    db,
    communes.map(({ id }) => id),
    asOf,
  );
  const bytes = await provinceTemplate({
    province,
    communes,
    indicators: possible.filter((each) => codes.length === 0 || codes.includes(each.code)),
    denominatorKinds: await loadDenominatorKinds(db),
    denominators: counts.map(({ code: communeCode, ...count }) => ({ communeCode, ...count })),
    asOf,
  });
  return done({ name: templateName(code, asOf), bytes });
}

/** What the template of a province for a day is called. */
function templateName(province: string, asOf: Day): string {
  return `coverage-${province}-${asOf}.xlsx`;
}

function ofCommunes(all: readonly Indicator[], day: Day): Indicator[] {
  const codes = new Set(all.map(({ code }) => code));
  return [...codes].flatMap((code) => {
    const found = indicatorOn(all, code, day);
    return found?.lowestLevel === "commune" ? [found] : [];
  });
}
