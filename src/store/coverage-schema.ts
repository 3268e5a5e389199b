import type { Generated, JSONColumnType } from "kysely";
import type { Certainty } from "../domain/certainty.ts";
import type {
  ChallengeOutcome,
  ChallengeReason,
  ChallengeState,
} from "../domain/coverage/challenge.ts";
import type { Basis, FigureStatus, NewFigure, SourceKind } from "../domain/coverage/figure.ts";
import type { FaultDetail, RuleId, Severity } from "../domain/coverage/import-fault.ts";
import type { Sense, UnitLevel } from "../domain/coverage/indicator.ts";
import type { CoverageSum } from "../domain/coverage/sum.ts";
import type { Day, Instant } from "./column-types.ts";

interface ReferenceMarkTable {
  /** Which reference data. */
  name: string;
  /** Of the files that it was loaded from. */
  sha256: string;
  loaded_at: Instant;
}

interface RegionTable {
  code: string;
  kind: string;
  name_vi: string;
  name_en: string;
  legal_document: string;
  certainty: Certainty;
  source_url: string | null;
  valid_from: Day;
  valid_to: Day | null;
  position: Generated<number>;
}

interface RegionMemberTable {
  region_code: string;
  unit_id: number;
}

interface DenominatorKindTable {
  code: string;
  name_vi: string;
  name_en: string;
  aliases: string[];
  position: Generated<number>;
}

interface IndicatorTable {
  code: string;
  version: number;
  name_vi: string;
  name_en: string;
  definition_vi: string;
  definition_en: string;
  numerator_vi: string;
  numerator_en: string;
  denominator_vi: string | null;
  denominator_en: string | null;
  unit_counted: string;
  sense: Sense;
  denominator_kind: string | null;
  technology: string;
  at_least: boolean;
  place: "any" | "indoor" | "outdoor" | "not_stated";
  multi_operator: "union" | "max" | "named";
  cumulative: boolean;
  lowest_level: UnitLevel;
  exists_from: Day | null;
  part_of: string | null;
  shown_by: string | null;
  partition: string | null;
  aliases: string[];
  source_url: string | null;
  valid_from: Day;
  valid_to: Day | null;
  position: Generated<number>;
}

interface CoverageTargetTable {
  code: string;
  indicator_code: string;
  level: UnitLevel;
  comparison: "at_least" | "at_most";
  threshold: number;
  threshold_kind: "ratio" | "count" | "rank";
  due_on: Day;
  legal_document: string;
  article: string | null;
  text_vi: string;
  text_en: string;
  certainty: Certainty;
  source_url: string | null;
  valid_from: Day | null;
  valid_to: Day | null;
  note_vi: string | null;
  note_en: string | null;
  position: Generated<number>;
}

interface CoverageSourceTable {
  code: string;
  kind: SourceKind;
  name_vi: string;
  name_en: string;
  province_id: number | null;
  /** Where two sources have a figure for one unit, the one with the lower rank is taken. */
  rank: number;
  made_up: Generated<boolean>;
}

interface SubmissionTable {
  id: Generated<number>;
  file_name: string;
  sha256: string;
  bytes: number;
  format: "csv" | "xlsx" | "ods" | "unknown";
  encoding: string | null;
  source_code: string | null;
  settings: JSONColumnType<object>;
  understood: JSONColumnType<object> | null;
  via: "command" | "api" | "page" | "inbox" | "seed";
  actor: string;
  key_id: number | null;
  received_at: Instant;
  outcome: "accepted" | "held" | "refused";
  /** Rows. */
  accepted: number;
  held: number;
  refused: number;
  /** Figures that were recorded already. */
  unchanged: number;
  faults: number;
}

/** The file as it came; none where it was refused as hostile, or came from the seeds. */
interface SubmissionPieceTable {
  submission_id: number;
  number: number;
  /** In order of their numbers one stream of raw deflate. */
  deflated: Uint8Array;
}

interface SubmissionFaultTable {
  submission_id: number;
  number: number;
  sheet: string | null;
  row_number: number | null;
  column_name: string | null;
  value: string | null;
  rule: RuleId;
  severity: Severity;
  detail: JSONColumnType<FaultDetail>;
}

interface HeldRowTable {
  id: Generated<number>;
  submission_id: number;
  sheet: string | null;
  row_number: number;
  unit_id: number;
  figures: JSONColumnType<readonly NewFigure[]>;
  rules: string[];
  /** The last figure of the register when the row was judged: a later one of the same key makes it out of date. */
  after_figure_id: Generated<number>;
  /** `proposed`: one person would accept it, a second one has to agree. */
  state: "pending" | "proposed" | "accepted" | "refused" | "superseded";
  proposed_by: string | null;
  proposed_key_id: number | null;
  proposed_at: Instant | null;
  decided_by: string | null;
  decided_key_id: number | null;
  decided_at: Instant | null;
  reason: string | null;
}

/** Append-only: a trigger refuses changes. */
interface CoverageFigureTable {
  id: Generated<number>;
  unit_id: number;
  indicator_code: string;
  indicator_version: number;
  operator: Generated<string>;
  as_of: Day;
  basis: Basis;
  source_code: string;
  status: FigureStatus;
  numerator: number | null;
  denominator: number | null;
  denominator_source: string | null;
  stated_ratio: number | null;
  revision: number;
  supersedes: number | null;
  reason: string | null;
  note: string | null;
  submission_id: number;
  sheet: string | null;
  row_number: number | null;
  recorded_at: Instant;
}

interface CoverageDenominatorTable {
  id: Generated<number>;
  unit_id: number;
  kind: string;
  as_of: Day;
  value: number;
  source: string;
  source_url: string | null;
  revision: number;
  reason: string | null;
  recorded_by: string;
  recorded_at: Instant;
}

interface CoverageRoundTable {
  id: Generated<number>;
  as_of: Day;
  opens_on: Day;
  due_on: Day;
  /** Codes of the indicators that provinces owe; empty: any of a commune will do. */
  indicators: string[];
  note: string | null;
  created_at: Instant;
}

interface CoverageRoundDutyTable {
  round_id: number;
  province_id: number;
  excused_reason: string | null;
}

interface CoverageContactTable {
  id: Generated<number>;
  province_id: number;
  address: string;
  lang: "vi" | "en";
}

interface CoverageReminderTable {
  round_id: number;
  province_id: number;
  contact_id: number;
  day: Day;
  state: "sending" | "sent" | "failed";
  attempts: number;
  message_id: string;
  error: string | null;
  at: Instant;
  /** When the next try may be made; null: none. */
  retry_at: Instant | null;
}

/** Frozen: a trigger refuses changes. Its content is the register up to `cut_figure_id`. */
interface CoverageReleaseTable {
  id: Generated<number>;
  code: string;
  as_of: Day;
  published_at: Instant;
  published_by: string;
  cut_figure_id: number;
  note_vi: string | null;
  note_en: string | null;
  licence: string;
  sha256: string;
  figures: number;
  made_up: boolean;
}

interface CoverageReleaseBreakTable {
  release_id: number;
  indicator_code: string;
  note_vi: string;
  note_en: string;
}

interface CoverageReleaseSumTable {
  release_id: number;
  indicator_code: string;
  indicator_version: number;
  basis: Basis;
  unit_id: number;
  content: JSONColumnType<CoverageSum>;
}

interface CoverageChallengeTable {
  id: Generated<number>;
  figure_id: number;
  release_id: number | null;
  reason_code: ChallengeReason;
  statement: string;
  evidence_url: string | null;
  filed_by: string;
  filed_at: Instant;
  due_on: Day;
  state: ChallengeState;
  answer: string | null;
  answered_by: string | null;
  answered_at: Instant | null;
  outcome_code: ChallengeOutcome | null;
  decision: string | null;
  decided_by: string | null;
  decided_at: Instant | null;
  result_figure_id: number | null;
}

/** Tables of the coverage register. */
export interface CoverageSchema {
  reference_mark: ReferenceMarkTable;
  region: RegionTable;
  region_member: RegionMemberTable;
  denominator_kind: DenominatorKindTable;
  indicator: IndicatorTable;
  coverage_target: CoverageTargetTable;
  coverage_source: CoverageSourceTable;
  submission: SubmissionTable;
  submission_piece: SubmissionPieceTable;
  submission_fault: SubmissionFaultTable;
  held_row: HeldRowTable;
  coverage_figure: CoverageFigureTable;
  coverage_denominator: CoverageDenominatorTable;
  coverage_round: CoverageRoundTable;
  coverage_round_duty: CoverageRoundDutyTable;
  coverage_contact: CoverageContactTable;
  coverage_reminder: CoverageReminderTable;
  coverage_release: CoverageReleaseTable;
  coverage_release_break: CoverageReleaseBreakTable;
  coverage_release_sum: CoverageReleaseSumTable;
  coverage_challenge: CoverageChallengeTable;
}
