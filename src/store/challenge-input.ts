import type { ChallengeOutcome, ChallengeReason } from "../domain/coverage/challenge.ts";

/** A challenge as somebody brings it. */
export interface NewChallenge {
  readonly figureId: number;
  /** Code of the release that shows the figure; null: the register itself. */
  readonly release: string | null;
  readonly reason: ChallengeReason;
  readonly statement: string;
  readonly evidenceUrl: string | null;
  /** Who says so; whose key filed it stands in the audit log. */
  readonly filedBy: string;
}

/** What the figure should say instead: other counts, or nothing any more. */
export type FigureCorrection =
  | {
      readonly kind: "counts";
      readonly numerator: number;
      /** Null: as it is. */
      readonly denominator: number | null;
      /** Null: as it is. */
      readonly denominatorSource: string | null;
    }
  | { readonly kind: "withdrawal" };

/** What a challenge does to the register, where it does something. */
export interface ChallengeEffect {
  readonly correction: FigureCorrection;
  /** The revision that is replaced; null: the challenged one. Any other than the present one is refused. */
  readonly replaces: number | null;
}

/** What the source says. */
export type AnswerInput =
  | { readonly answer: "rebutted"; readonly text: string }
  | {
      readonly answer: "conceded";
      readonly text: string;
      readonly outcome: ChallengeOutcome | null;
      readonly effect: ChallengeEffect | null;
    };

/** What is decided. */
export type DecisionInput =
  | {
      readonly decision: "upheld";
      readonly outcome: ChallengeOutcome;
      readonly text: string;
      readonly effect: ChallengeEffect | null;
    }
  | { readonly decision: "rejected"; readonly outcome: ChallengeOutcome; readonly text: string };

/** One field of a correction that can't be, and why. */
export interface CorrectionFault {
  readonly field: "numerator" | "denominator" | "denominator_source";
  readonly detail: string;
}

/** When a step is taken: the instant, and the day that it is in the reporting time zone. */
export interface ChallengeMoment {
  readonly now: Date;
  readonly today: string;
}
