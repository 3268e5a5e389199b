import { sql } from "kysely";
import { saveAudit } from "../../../src/store/audits.ts";
import type { Database } from "../../../src/store/database.ts";
import { audit, AUDIT_INTERVAL, certificate, finding, observation } from "./audits.ts";
import { START } from "./results.ts";

/** Audits of portal 1 and a row of everything that compliance keeps, with values that are easily bent. */
export async function fillCompliance(db: Database): Promise<void> {
  const der = Buffer.from([0, 255, 92, 10, 120]).toString("base64");
  const evidence = { text: '\\x00 "{a,NULL}" 😀', big: 9_007_199_254_740_991, tiny: 1e-7 };
  const findings = [
    finding("W3", "fail", {
      family: "ip6",
      evidence,
      timings: { tls: 0.1 + 0.2 },
      causes: [{ kind: "certificate", name: "a".repeat(64) }],
    }),
  ];
  const seen = observation(START, { certificates: { ["a".repeat(64)]: certificate({ der }) } });
  const ctx = { db, auditIntervalMs: AUDIT_INTERVAL };
  await saveAudit(ctx, audit(0, { findings }, { observation: seen }));
  await saveAudit(ctx, audit(1, { findings: [finding("W3", "unknown", { family: "ip6" })] }));
  for (const statement of ROWS) await sql.raw(statement).execute(db);
}

const ROWS = [
  `insert into vantage_event (vantage_id, family, check_id, reason, began_at, good_before, failed)
    values (1, 'ip6', 'W1', 'none_open', '2026-11-22T08:00:00.123Z', 12, 7)`,
  `insert into requirement (id, programme, document_number, title_vi, title_en, text_vi, text_en, valid_from,
    certainty, duty, subject, kinds, evidence)
    values ('aaaa', 'ipv6', '38/QĐ-BTTTT', 'Có "AAAA"', 'Has AAAA', 'a', 'b', '2021-01-14', 'press', 'mandatory',
      'portal', array['portal', 'a"b,c', 'NULL', ''], '{"by": "level", "atLeast": "L1"}')`,
  `insert into conversion_plan (agency_id, number, title, issued_on, lead_unit, cooperating_units)
    values (1, '12/KH', 'Kế hoạch', '2026-01-02', 'Sở KH&CN', '{"đơn vị, một","{}"}')`,
  `insert into plan_phase (plan_id, position, title, due_on) values (1, 1, 'Giai đoạn 1', '2026-12-31')`,
  `insert into follow_up (portal_id, check_id, family, kind, text, promised_on, actor)
    values (1, 'W3', 'ip6', 'promise', E'hai dòng\\nvà tab\\t', '2026-12-01', 'test')`,
  `insert into portal_confirmation (portal_id, confirmed_by, source) values (1, 'Sở', 'CV 1')`,
  `insert into seen_name (host, how, portal_id, first_seen, last_seen, decision, decided_by, decided_at, reason)
    values ('x.gov.vn', 'redirect', 1, '2026-11-22Z', '2026-11-23Z', 'declined', 'test', '2026-11-23Z', 'không')`,
  `insert into digest_recipient (agency_id, address, lang) values (1, 'a@example.gov.vn', 'en')`,
  `insert into digest_delivery (recipient_id, month, state, at, error)
    values (1, '2026-11-01', 'failed', '2026-12-01T01:00:00Z', '550 no')`,
];
