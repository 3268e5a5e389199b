import type { Generated, JSONColumnType } from "kysely";
import type { Certainty } from "../domain/certainty.ts";
import type { CheckId } from "../domain/finding.ts";
import type { RequirementEvidence } from "../domain/requirement.ts";
import type { FindingFamily } from "./audit-schema.ts";
import type { Day, Instant, InstantByDefault } from "./column-types.ts";

interface RequirementTable {
  id: string;
  programme: string;
  document_number: string;
  title_vi: string;
  title_en: string;
  article: string | null;
  text_vi: string;
  text_en: string;
  issued_on: Day | null;
  valid_from: Day | null;
  valid_to: Day | null;
  certainty: Certainty;
  source_url: string | null;
  duty: "mandatory" | "advisory";
  subject: "portal" | "agency";
  /** Portal kinds that it speaks of; empty: all. */
  kinds: string[];
  /** What evidences it, see domain/requirement.ts. */
  evidence: JSONColumnType<RequirementEvidence>;
  position: Generated<number>;
}

interface ConversionPlanTable {
  id: Generated<number>;
  agency_id: number;
  number: string;
  title: string;
  issued_on: Day;
  lead_unit: string;
  cooperating_units: string[];
  due_on: Day | null;
  fulfilled_on: Day | null;
  outcome: string | null;
  source: string | null;
  note: string | null;
  created_at: InstantByDefault;
  updated_at: InstantByDefault;
}

interface PlanPhaseTable {
  id: Generated<number>;
  plan_id: number;
  position: number;
  title: string;
  due_on: Day;
  done_on: Day | null;
  outcome: string | null;
}

export type FollowUpKind = "note" | "responsible" | "promise" | "exemption" | "reply" | "recheck";

interface FollowUpTable {
  id: Generated<number>;
  portal_id: number;
  check_id: CheckId;
  family: FindingFamily;
  kind: FollowUpKind;
  text: string;
  responsible_unit: string | null;
  promised_on: Day | null;
  exempt_until: Day | null;
  evidence_url: string | null;
  audit_before_id: number | null;
  audit_after_id: number | null;
  key_id: number | null;
  actor: string;
  created_at: InstantByDefault;
  withdrawn_at: Instant | null;
}

interface PortalConfirmationTable {
  id: Generated<number>;
  portal_id: number;
  confirmed_by: string;
  confirmed_at: InstantByDefault;
  source: string | null;
  key_id: number | null;
}

interface SeenNameTable {
  host: string;
  how: "redirect" | "certificate" | "page" | "import";
  portal_id: number | null;
  detail: string | null;
  first_seen: Instant;
  last_seen: Instant;
  decision: "listed" | "declined" | null;
  decided_by: string | null;
  decided_at: Instant | null;
  reason: string | null;
}

interface DigestRecipientTable {
  id: Generated<number>;
  agency_id: number;
  address: string;
  lang: Generated<"vi" | "en">;
  created_at: InstantByDefault;
}

interface DigestDeliveryTable {
  recipient_id: number;
  month: Day;
  state: "sending" | "sent" | "failed";
  attempts: Generated<number>;
  at: Instant;
  message_id: string | null;
  error: string | null;
  /** When it may be tried again: a failed one, or one whose sender died. Null once it is sent, or refused for good. */
  retry_at: Instant | null;
}

/** Tables of requirements, plans, follow-up and the list of portals itself. */
export interface ComplianceSchema {
  requirement: RequirementTable;
  conversion_plan: ConversionPlanTable;
  plan_phase: PlanPhaseTable;
  follow_up: FollowUpTable;
  portal_confirmation: PortalConfirmationTable;
  seen_name: SeenNameTable;
  digest_recipient: DigestRecipientTable;
  digest_delivery: DigestDeliveryTable;
}
