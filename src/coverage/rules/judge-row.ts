import type { NewFigure } from "../../domain/coverage/figure.ts";
import { sameValue } from "../../domain/coverage/figure.ts";
import { type ImportFault, RULE_IDS } from "../../domain/coverage/import-fault.ts";
import type { JudgedRow, RowVerdict } from "../contract.ts";
import { ROW_RULES } from "./all.ts";
import { asFault } from "./finding.ts";
import type { RowContext } from "./rule.ts";
import type { RowView } from "./row-view.ts";
import { isRepeated } from "./v11-duplicate.ts";

/** A row with everything that is wrong with it, and what it brings if it is not refused. */
export function judgeRow(view: RowView, context: RowContext): JudgedRow {
  const { row, place } = view;
  const at = { sheet: row.sheet, row: row.number };
  const found: ImportFault[] = [];
  for (const { id, needsPlace, judge } of ROW_RULES) {
    if (needsPlace && !place.certain) continue;
    for (const finding of judge(view, context)) {
      found.push(asFault(id, { ...finding, ...at }, context.scene));
    }
  }
  // Each way in which a place can be in doubt has its rule; this is the net under them.
  if (!place.certain && verdictOf([...row.faults, ...found]) !== "refused") {
    found.push(
      asFault(
        "V05",
        { severity: "reject_row", detail: { code: "no_place" }, ...at },
        context.scene,
      ),
    );
  }
  const told = { sheet: row.sheet, number: row.number, unit: place.unit };
  if (verdictOf([...row.faults, ...found]) === "refused") {
    const faults = inOrder([...row.faults, ...found]);
    return { ...told, verdict: "refused", figures: [], unchanged: 0, faults };
  }
  const { figures, unchanged } = broughtBy(view, context);
  // Nobody is asked about a row that brings nothing: what it says was accepted before.
  const doubts = figures.length > 0 ? found : found.filter(({ severity }) => severity !== "hold");
  const faults = inOrder([...row.faults, ...doubts]);
  return { ...told, verdict: verdictOf(faults), figures, unchanged, faults };
}

function verdictOf(faults: readonly ImportFault[]): RowVerdict {
  if (faults.some(({ severity }) => severity === "reject_row" || severity === "reject_file")) {
    return "refused";
  }
  return faults.some(({ severity }) => severity === "hold") ? "held" : "accepted";
}

function broughtBy(view: RowView, context: RowContext) {
  const figures: NewFigure[] = [];
  let unchanged = 0;
  for (const keyed of view.keyed) {
    const { key, value } = keyed;
    const current = context.recorded.current(key);
    if ((current !== null && sameValue(current, value)) || isRepeated(view, keyed, context)) {
      unchanged += 1;
      continue;
    }
    figures.push({ ...key, ...value, sheet: view.row.sheet, row: view.row.number, note: null });
  }
  return { figures, unchanged };
}

/** By rule; of one rule as they were found. */
function inOrder(faults: readonly ImportFault[]): readonly ImportFault[] {
  if (faults.length < 2) return faults;
  const place = (fault: ImportFault) => RULE_IDS.indexOf(fault.rule);
  return faults.toSorted((a, b) => place(a) - place(b));
}
