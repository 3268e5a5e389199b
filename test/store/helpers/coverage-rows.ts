import { sql } from "kysely";
import type { Database } from "../../../src/store/database.ts";

/** A row of every table of the coverage register, with values that are easily bent; there are units 1 and 2. */
export async function fillCoverage(db: Database): Promise<void> {
  for (const statement of ROWS) await sql.raw(statement).execute(db);
}

const ROWS = [
  `insert into admin_unit_event (effective_date, kind, from_unit_id, to_unit_id, part, share, share_source)
    values ('2025-07-01', 'split', 2, 2, 'split', 0.12345678, 'công văn "1"')`,
  `insert into reference_mark (name, sha256, loaded_at) values ('units', 'aa', '2026-11-22T08:00:00.123Z')`,
  `insert into region (code, kind, name_vi, name_en, legal_document, certainty, valid_from)
    values ('v', 'economic', 'Vùng', 'Region', '1/NQ', 'unverified', '2022-01-01')`,
  `insert into region_member (region_code, unit_id) values ('v', 1)`,
  `insert into denominator_kind (code, name_vi, name_en, aliases)
    values ('households', 'Hộ', 'Households', array['tổng số hộ', 'a"b,c', 'NULL', ''])`,
  `insert into indicator (code, version, name_vi, name_en, definition_vi, definition_en, numerator_vi, numerator_en,
    unit_counted, sense, denominator_kind, technology, at_least, place, multi_operator, cumulative, lowest_level,
    aliases, valid_from)
    values ('fibre', 1, 'Hộ có cáp', 'Fibre', 'a', 'b', 'c', 'd', 'household', 'reaches', 'households', 'fibre', false,
      'any', 'union', true, 'commune', array['%tỷ lệ', '{}'], '2020-01-01')`,
  `insert into coverage_target (code, indicator_code, level, comparison, threshold, threshold_kind, due_on,
    legal_document, text_vi, text_en, certainty)
    values ('t', 'fibre', 'country', 'at_least', 0.8, 'ratio', '2025-12-31', '749/QĐ-TTg', 'a', 'b', 'secondary')`,
  `insert into coverage_source (code, kind, name_vi, name_en, province_id, rank)
    values ('so-khcn', 'province', 'Sở KH&CN', 'Department', 1, 10)`,
  `insert into submission (id, file_name, sha256, bytes, format, encoding, source_code, settings, understood,
    via, actor, received_at, outcome, accepted, held, refused, unchanged, faults)
    values (1, 'tháng "9".csv', 'bb', 5, 'csv', 'utf-8', 'so-khcn', '{"asOf": null}', null, 'api', 'test',
      '2026-10-01T00:00:00.001Z', 'held', 1, 1, 1, 0, 1)`,
  `insert into submission_piece (submission_id, number, deflated) values (1, 0, '\\x00ff5c0a')`,
  `insert into submission_fault (submission_id, number, row_number, column_name, value, rule, severity, detail)
    values (1, 1, 3, 'Số hộ', E'1\\t2\\n', 'V02', 'reject_row', '{"code": "not_whole", "big": 9007199254740991}')`,
  `insert into held_row (submission_id, row_number, unit_id, figures, rules, state)
    values (1, 2, 2, '[{"numerator": 1e-7}]', '{V21}', 'pending')`,
  `insert into coverage_figure (id, unit_id, indicator_code, indicator_version, as_of, basis, source_code, status,
    numerator, denominator, denominator_source, revision, supersedes, reason, note, submission_id, recorded_at)
    values (1, 2, 'fibre', 1, '2026-09-30', 'reported', 'so-khcn', 'present', 9, 10, 'report', 1, null, null, null, 1,
        '2026-10-01Z'),
      (2, 2, 'fibre', 1, '2026-09-30', 'reported', 'so-khcn', 'present', 8, 10, 'report', 2, 1, 'sửa', '{a,NULL}', 1,
        '2026-10-02Z')`,
  `insert into coverage_denominator (unit_id, kind, as_of, value, source, revision, recorded_by, recorded_at)
    values (2, 'households', '2026-09-30', 10, 'thống kê', 1, 'test', '2026-10-01Z')`,
  `insert into coverage_round (id, as_of, opens_on, due_on, created_at)
    values (1, '2026-09-30', '2026-10-01', '2026-10-15', '2026-09-01Z')`,
  `insert into coverage_round_duty (round_id, province_id) values (1, 1)`,
  `insert into coverage_contact (id, province_id, address, lang) values (1, 1, 'a@example.gov.vn', 'vi')`,
  `insert into coverage_reminder (round_id, province_id, contact_id, day, state, attempts, message_id, error, at)
    values (1, 1, 1, '2026-10-16', 'failed', 1, '<1@x>', '550 no', '2026-10-16Z')`,
  `insert into coverage_release (id, code, as_of, published_at, published_by, cut_figure_id, licence, sha256, figures,
    made_up)
    values (1, '2026-Q3', '2026-09-30', '2026-10-20Z', 'test', 2, 'CC BY 4.0', 'cc', 1, false)`,
  `insert into coverage_release_break (release_id, indicator_code, note_vi, note_en) values (1, 'fibre', 'a', 'b')`,
  `insert into coverage_release_sum (release_id, indicator_code, indicator_version, basis, unit_id, content)
    values (1, 'fibre', 1, 'reported', 2, '{"ratio": 0.8}')`,
  `insert into coverage_challenge (figure_id, release_id, reason_code, statement, filed_by, filed_at, due_on, state)
    values (2, 1, 'overstated', E'hai dòng\\n"lạ"', 'test', '2026-10-21Z', '2026-12-20', 'open')`,
];
