import { sql } from "kysely";

/** What identifies a row of `probe_latest`. */
const KEY = "portal_id, family, vantage_id";

/** What a later run puts in its place. */
const REPLACED = [
  "scheduled_at",
  "outcome",
  "failure",
  "failure_source",
  "since",
  "status",
  "resolve_ms",
  "connect_ms",
  "tls_ms",
  "processing_ms",
  "transfer_ms",
  "total_ms",
  "address_id",
  "certificate_id",
  "evidence_id",
];

/** Into which columns of `probe_latest` a run is put, as `insert into` names them. */
export const LATEST_COLUMNS = sql.raw([KEY, ...REPLACED].join(", "));

/** `on conflict` clause that puts a run in the place of the one before; what follows may say `where`. */
export const REPLACE_LATEST = sql.raw(
  `on conflict (${KEY}) do update set ${REPLACED.map((column) => `${column} = excluded.${column}`).join(", ")}`,
);
