import { coverageContacts } from "./contacts.ts";
import { coverageRounds } from "./rounds.ts";
import { coverageTemplate } from "./template.ts";

/** Rounds in which provinces owe figures, who is reminded of them, and the spreadsheet that they fill in. */
export const COVERAGE_ROUNDS = [coverageRounds, coverageContacts, coverageTemplate];
