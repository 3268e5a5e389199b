import { sql } from "kysely";
import type { AuditFacts } from "../domain/audit/observation.ts";
import type { Database } from "./database.ts";

type Certificates = AuditFacts["certificates"];

/** Bodies that are kept in memory at a time: most audits of a portal share theirs, which are some kilobytes each. */
const CACHED_PARTS = 200;

/** Reads parts by digest and remembers the last ones. */
export class PartReader {
  readonly #db: Database;
  readonly #bodies = new Map<string, object>();
  /** Those that were read last: they hardly change, and their DER forms are the largest thing of all. */
  #certificates: { readonly key: string; readonly value: Certificates } | null = null;

  constructor(db: Database) {
    this.#db = db;
  }

  async read(digest: Uint8Array): Promise<object> {
    const [body] = await this.readAll([digest]);
    return body as object;
  }

  /** Bodies in the order of the digests. Throws if one is missing: parts of an audit stay as long as it does. */
  async readAll(digests: readonly Uint8Array[]): Promise<object[]> {
    const keys = digests.map((digest) => Buffer.from(digest).toString("hex"));
    const missing = [...new Set(keys)].filter((key) => !this.#bodies.has(key));
    if (missing.length > 0) {
      const { rows } = await sql<{ key: string; body: object }>`
        select encode(digest, 'hex') as key, body from observation_part
        where digest = any(select decode(key, 'hex') from unnest(${missing}::text[]) as key)`.execute(
        this.#db,
      );
      for (const { key, body } of rows) this.#bodies.set(key, body);
    }
    const bodies = keys.map((key) => this.#recall(key));
    for (const key of this.#bodies.keys()) {
      if (this.#bodies.size <= CACHED_PARTS) break;
      this.#bodies.delete(key);
    }
    return bodies;
  }

  /** Certificates of a part with their DER forms, null where none was kept. */
  async readCertificates(digest: Uint8Array): Promise<Certificates> {
    const key = Buffer.from(digest).toString("hex");
    if (this.#certificates?.key === key) return this.#certificates.value;
    const value = await this.#withDerForms((await this.read(digest)) as Certificates);
    this.#certificates = { key, value };
    return value;
  }

  async #withDerForms(certificates: Certificates): Promise<Certificates> {
    const { rows } = await sql<{ fingerprint: string; der: string }>`
      select fingerprint, translate(encode(der, 'base64'), E'\\n', '') as der from certificate_der
      where fingerprint = any(${Object.keys(certificates)}::text[])`.execute(this.#db);
    const forms = new Map(rows.map(({ fingerprint, der }) => [fingerprint, der]));
    const entries = Object.entries(certificates).map(([fingerprint, certificate]) => {
      const der = forms.get(fingerprint) ?? null;
      return [fingerprint, { ...certificate, der }] as const;
    });
    return Object.fromEntries(entries);
  }

  /** The body, as the one that was used last. */
  #recall(key: string): object {
    const body = this.#bodies.get(key);
    if (!body) throw new Error(`The part ${key} of an audit is missing`);
    this.#bodies.delete(key);
    this.#bodies.set(key, body);
    return body;
  }
}
