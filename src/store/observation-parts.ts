import { sql } from "kysely";
import type { AuditFacts, AuditObservation } from "../domain/audit/observation.ts";
import type { Judged } from "../domain/audit-reading.ts";
import type { PartName } from "./audit-schema.ts";
import type { Database } from "./database.ts";
import { PartReader } from "./part-reader.ts";
import { contentAddress } from "./storable-json.ts";

/** The parts of an observation, in the order of the table's columns. */
export const FACT_PARTS = [
  "gate",
  "hosts",
  "chains",
  "zone",
  "page",
  "mail",
  "certificates",
] as const satisfies readonly (keyof AuditFacts & PartName)[];

/** Digest of every part of one audit. */
export type PartDigests = Readonly<Record<PartName, Uint8Array>>;

/** A part of an audit with its text and digest. */
export interface AddressedPart {
  readonly part: PartName;
  readonly text: string;
  /** SHA-256 of the text, hex. */
  readonly digest: string;
}

/** The parts of an observation with what was concluded from it; DER forms are kept beside them. */
export function partsOf(facts: AuditFacts, judged: Judged): AddressedPart[] {
  const certificates = Object.entries(facts.certificates).map(([fingerprint, certificate]) => [
    fingerprint,
    { ...certificate, der: null },
  ]);
  const known = { ...facts, certificates: Object.fromEntries(certificates) };
  return [
    ...FACT_PARTS.map((part) => ({ part, ...contentAddress(known[part]) })),
    judgementPart(judged),
  ];
}

/** What rules concluded, as a part: without durations and day counts, so that it is equal while nothing changes. */
export function judgementPart({ findings, level, grade }: Judged): AddressedPart {
  const lasting = findings.map((finding) => ({ ...finding, timings: undefined }));
  const { level: value, possible, blockers } = level;
  const body = { findings: lasting, level: { level: value, possible, blockers }, grade };
  return { part: "judgement", ...contentAddress(body) };
}

/** Keeps parts that are not there yet and notes of the others, at most once a day, that they are still met. */
export async function writeParts(
  trx: Database,
  parts: readonly AddressedPart[],
  at: Date,
): Promise<void> {
  if (parts.length === 0) return;
  await sql`
    insert into observation_part (digest, part, body, first_seen, last_seen)
    select distinct on (digest) decode(digest, 'hex'), part, body::jsonb, ${at}::timestamptz, ${at}::timestamptz
    from unnest(${parts.map(({ digest }) => digest)}::text[], ${parts.map(({ part }) => part)}::text[],
      ${parts.map(({ text }) => text)}::text[]) as given(digest, part, body)
    order by digest
    on conflict (digest) do update set last_seen = excluded.last_seen
    where observation_part.last_seen < excluded.last_seen - interval '1 day'`.execute(trx);
}

/** Keeps the DER form of certificates by fingerprint. */
export async function writeDerForms(
  trx: Database,
  certificates: AuditFacts["certificates"],
  at: Date,
): Promise<void> {
  const forms = Object.entries(certificates).filter(([, { der }]) => der !== null);
  if (forms.length === 0) return;
  await sql`
    insert into certificate_der (fingerprint, der, first_seen, last_seen)
    select fingerprint, decode(der, 'base64'), ${at}::timestamptz, ${at}::timestamptz
    from unnest(${forms.map(([fingerprint]) => fingerprint)}::text[],
      ${forms.map(([, { der }]) => der)}::text[]) as given(fingerprint, der)
    order by fingerprint
    on conflict (fingerprint) do update set last_seen = excluded.last_seen
    where certificate_der.last_seen < excluded.last_seen - interval '1 day'`.execute(trx);
}

/** Digests as the columns of the table want them. */
export function digestsOf(parts: readonly AddressedPart[]): PartDigests {
  const entries = parts.map(({ part, digest }) => [part, Buffer.from(digest, "hex")]);
  return Object.fromEntries(entries) as PartDigests;
}

/** The whole observation of an audit as it was seen, or null if there is no such audit (any more). */
export async function readObservation(
  db: Database,
  auditId: number,
): Promise<AuditObservation | null> {
  const audit = await db
    .selectFrom("audit")
    .innerJoin("vantage", "vantage.id", "audit.vantage_id")
    .select([...FACT_PARTS, "url", "started_at", "ended_at", "timings", "vantage.name as vantage"])
    .where("audit.id", "=", auditId)
    .executeTakeFirst();
  if (!audit) return null;
  return {
    url: audit.url,
    vantage: audit.vantage,
    startedAt: audit.started_at.getTime(),
    endedAt: audit.ended_at.getTime(),
    facts: await readFacts(new PartReader(db), audit),
    timings: audit.timings,
  };
}

/** What the rules concluded from an audit's facts alone when it was judged last; null if there is no such audit. */
export async function readJudged(db: Database, auditId: number): Promise<Judged | null> {
  const audit = await db
    .selectFrom("audit")
    .select("judgement")
    .where("id", "=", auditId)
    .executeTakeFirst();
  return audit ? ((await new PartReader(db).read(audit.judgement)) as Judged) : null;
}

/** Puts facts together again from their parts. */
export async function readFacts(
  reader: PartReader,
  digests: Pick<PartDigests, (typeof FACT_PARTS)[number]>,
): Promise<AuditFacts> {
  const bodies = await reader.readAll(FACT_PARTS.map((part) => digests[part]));
  const facts = Object.fromEntries(FACT_PARTS.map((part, at) => [part, bodies[at]]));
  facts["certificates"] = await reader.readCertificates(digests.certificates);
  return facts as unknown as AuditFacts;
}
