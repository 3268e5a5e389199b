import type { Lang } from "../lang.ts";
import { en } from "./words-en.ts";
import { type IncidentWords, vi } from "./words-vi.ts";

/** The words of the pages about incidents, in each language. */
export const INCIDENT_WORDS: Readonly<Record<Lang, IncidentWords>> = { vi, en };
