import type { FaultDetail } from "../../domain/coverage/import-fault.ts";
import type { Both } from "../text.ts";

/**
 * Messages of import faults, keyed by rule and code (`V05.unknown_code`): what was understood, what is wrong and what
 * to do, in both languages, from the facts of the detail.
 */
export type FaultTexts = Readonly<Record<string, (detail: FaultDetail) => Both>>;
