import type { ImportFault } from "../../domain/coverage/import-fault.ts";
import type { Lang } from "../text.ts";
import type { FaultTexts } from "./fault-texts.ts";
import { IMPORTING_FAULTS } from "./importing.ts";
import { READING_FAULTS } from "./reading.ts";
import { RULE_FAULTS } from "./rules.ts";
import { UNDERSTANDING_FAULTS } from "./understanding.ts";

export type { FaultTexts } from "./fault-texts.ts";

const TEXTS: ReadonlyMap<string, FaultTexts[string]> = new Map(
  [READING_FAULTS, UNDERSTANDING_FAULTS, RULE_FAULTS, IMPORTING_FAULTS].flatMap((group) =>
    Object.entries(group),
  ),
);

/** The message of a fault in one language; throws for a (rule, code) that nobody has written a text for. */
export function importFaultText(fault: Pick<ImportFault, "rule" | "detail">, lang: Lang): string {
  const key = `${fault.rule}.${fault.detail.code}`;
  const text = TEXTS.get(key);
  if (!text) throw new Error(`no text for the import fault ${key}`);
  return text(fault.detail)[lang];
}

/** Whether a (rule, code) has a text. */
export function hasImportFaultText(fault: Pick<ImportFault, "rule" | "detail">): boolean {
  return TEXTS.has(`${fault.rule}.${fault.detail.code}`);
}
