import type { Lang } from "../lang.ts";
import type { ComplianceWords } from "./word-list.ts";
import { en } from "./words-en.ts";
import { vi } from "./words-vi.ts";

/** The words of each language. */
export const COMPLIANCE_WORDS: Readonly<Record<Lang, ComplianceWords>> = { vi, en };
