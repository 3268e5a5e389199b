import type { FaultTexts } from "./fault-texts.ts";

export const IMPORTING_FAULTS: FaultTexts = {};
