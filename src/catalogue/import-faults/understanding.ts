import type { FaultTexts } from "./fault-texts.ts";
import { CELL_FAULTS } from "./understanding-cells.ts";
import { HEADER_FAULTS } from "./understanding-headers.ts";

/** What is said while headers, numbers and rows are made sense of. */
export const UNDERSTANDING_FAULTS: FaultTexts = { ...HEADER_FAULTS, ...CELL_FAULTS };
