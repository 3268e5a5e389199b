import { addDays, type Day } from "../../domain/calendar.ts";
import type { FaultDetail } from "../../domain/coverage/import-fault.ts";
import type { VintageFit } from "../../domain/units/unit.ts";
import { bestVintage, vintageFits } from "../../domain/units/vintage.ts";
import type { FileRule } from "./rule.ts";
import type { Scene } from "./scene.ts";
import type { VintageEvidence } from "./vintage-evidence.ts";

/**
 * One pair in ten: lists of today have none that fit another vintage only, the lists of before July 2025 have 69–98 % of
 * them, by province (60–76 % by codes alone). Below that they are slips, and refused one by one (V06, V07).
 */
const SHARE_THAT_TELLS = 0.1;

/** With rows that fit only the stated day beside them, so many different ones are no slip. */
const ROWS_THAT_TELL = 3;

/**
 * V08: codes and names of the file are those of the day whose units count. 3,316 of the 3,321 codes of today had another
 * commune before July 2025, so that rows of an old list would land on the wrong ground, one by one without a fault.
 */
export const v08: FileRule = {
  id: "V08",
  judge: ({ evidence }, scene) => {
    const { day } = evidence;
    if (day === null) return [];
    if (evidence.onlyCodes && !isOther(evidence)) {
      return [{ severity: "warn", detail: { code: "no_names", day } }];
    }
    return isOther(evidence)
      ? [{ severity: "reject_file", detail: diagnose(evidence, day, scene) }]
      : [];
  },
};

/** Whether the file is of another vintage, or of two. */
function isOther({ counts: { stated, other, both, neither } }: VintageEvidence): boolean {
  if (other === 0 || other < SHARE_THAT_TELLS * (stated + other + both + neither)) return false;
  return stated === 0 || other >= ROWS_THAT_TELL;
}

function diagnose(evidence: VintageEvidence, day: Day, scene: Scene): FaultDetail {
  const { level, pairs } = evidence.pairs;
  const { stated, other } = evidence.counts;
  const vintages = vintageFits(scene.register.units, level, pairs);
  const best = bestVintage(vintages);
  if (best === null) throw new Error("a file cannot fit another vintage where there is none");
  const here = vintages.find(({ from, to }) => from <= day && (to === null || day < to));
  const named = pairs.some(({ name }) => name !== null);
  const fitting = (each: VintageFit) => (named ? each.fits : each.known);
  return {
    code: stated >= SHARE_THAT_TELLS * (stated + other) ? "mixed" : "other_vintage",
    day,
    pairs: pairs.length,
    fits: here ? fitting(here) : 0,
    best_day: lastDayOf(best, day),
    best_fits: fitting(best),
    only_stated: stated,
    only_other: other,
    vintages: vintages
      // Neighbours that fit the same, a change of type between them, are told as one.
      .filter(
        (each, at) =>
          vintages[at + 1] === undefined || fitting(each) !== fitting(vintages[at + 1] ?? each),
      )
      .map((each) => `${lastDayOf(each, day)}: ${share(fitting(each), pairs.length)}`),
  };
}

/** The day to state for a vintage: its last one, or the day of the file where it has not ended. */
function lastDayOf({ from, to }: VintageFit, day: Day): Day {
  if (to !== null) return addDays(to, -1);
  return day > from ? day : from;
}

function share(part: number, all: number): string {
  return `${Math.floor((part / all) * 100)} %`;
}
