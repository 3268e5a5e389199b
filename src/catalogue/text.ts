import type { CheckId, Verdict } from "../domain/finding.ts";
import type { OwnReason, REASONS } from "../domain/reasons/index.ts";

/** Languages of the texts. */
export type Lang = "vi" | "en";

/** One text in both languages. */
export type Both = Readonly<Record<Lang, string>>;

/** What a reason says, and what to do about it where there is something to do. */
export interface Said {
  readonly says: Both;
  readonly mend: Both | null;
}

/** A reason that asks for a change: it must say which. */
export interface SaidWithMend extends Said {
  readonly mend: Both;
}

/** The text that a reason of this verdict needs. */
type TextFor<Told extends Verdict> = Told extends "warn" | "fail" ? SaidWithMend : Said;

/** All texts of one check; a reason without text is a type error, and so is a text without reason. */
export interface CheckTexts<Id extends CheckId> {
  readonly title: Both;
  /** What is tested, for somebody who has to answer for the result. */
  readonly about: Both;
  readonly reasons: {
    readonly [Reason in OwnReason<Id>]: TextFor<
      (typeof REASONS)[Id][Reason] extends Verdict ? (typeof REASONS)[Id][Reason] : never
    >;
  };
}

/** A text in both languages. */
export function both(vi: string, en: string): Both {
  return { vi, en };
}

/** A reason that asks nobody to do anything. */
export function says(vi: string, en: string): Said {
  return { says: { vi, en }, mend: null };
}

/** A reason with what to do about it. */
export function mend(said: Both, toDo: Both): SaidWithMend {
  return { says: said, mend: toDo };
}
