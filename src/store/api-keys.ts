import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { done, refused, type Result } from "../domain/result.ts";
import { provinceNumber } from "./admin-units.ts";
import { writeAudit } from "./audit-log.ts";
import type { Database } from "./database.ts";
import type { KeyRole } from "./schema.ts";
import type { WriteContext } from "./write-context.ts";

/** What is known of a key; never the key itself. */
export interface ApiKey {
  readonly id: number;
  readonly label: string;
  /** The first characters of the key, enough to recognise it. */
  readonly prefix: string;
  readonly role: KeyRole;
  /** The slug of the only agency that the key is for, or null. */
  readonly agency: string | null;
  /** The code of the only province that the key is for, or null. */
  readonly province: string | null;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
  readonly revokedAt: Date | null;
}

/** A key to be made; limited to one agency, or one province, or neither. */
export interface ApiKeyInput {
  readonly label: string;
  readonly role: KeyRole;
  readonly agency?: string | null;
  readonly province?: string | null;
}

export type ApiKeyProblem =
  | { readonly kind: "not_found" }
  | { readonly kind: "unknown_agency" }
  | { readonly kind: "unknown_province" }
  | { readonly kind: "two_limits" };

/** Lets people and secret scanners recognise a key of this product. */
const KEY_MARK = "htg_";

/** Random bytes of a key: 256 bits cannot be guessed, so a fast hash without salt is enough. */
const KEY_BYTES = 32;

/** Characters of a key that stay readable in lists: the mark and 36 of its 256 bits. */
const PREFIX_LENGTH = KEY_MARK.length + 6;

/** The last use is told to the minute; not every request writes. */
const TOUCH_MS = 60_000;

/** Makes a key of 256 random bits; `key` is shown now and never again. */
export async function createKey(
  { db, actor }: WriteContext,
  input: ApiKeyInput,
): Promise<Result<{ key: string; record: ApiKey }, ApiKeyProblem>> {
  const limits = await findLimits(db, input);
  if (!limits.ok) return limits;
  const key = KEY_MARK + randomBytes(KEY_BYTES).toString("base64url");
  const record = await db.transaction().execute(async (trx) => {
    const { id } = await trx
      .insertInto("api_key")
      .values({
        label: input.label,
        prefix: key.slice(0, PREFIX_LENGTH),
        hash: hashOf(key),
        role: input.role,
        ...limits.value,
      })
      .returning("id")
      .executeTakeFirstOrThrow();
    const made = await keyById(trx, id);
    if (!made) throw new Error(`API key ${id} vanished while it was made`);
    await writeAudit(trx, actor, [
      { action: "create", objectType: "api_key", objectId: String(id), before: null, after: made },
    ]);
    return made;
  });
  return done({ key, record });
}

/** The key that this text is, if it exists and is not revoked; the comparison takes the same time for every text. */
export async function findKey(db: Database, key: string): Promise<ApiKey | null> {
  const hash = hashOf(key);
  const row = await select(db).select("hash").where("hash", "=", hash).executeTakeFirst();
  if (!row || !timingSafeEqual(row.hash, hash) || row.revoked_at !== null) return null;
  return toKey(row);
}

/** The key with this number, if it is not revoked. */
export async function keyInForce(db: Database, id: number): Promise<ApiKey | null> {
  const key = await keyById(db, id);
  return key === null || key.revokedAt !== null ? null : key;
}

/** Notes that a key was used, at most once a minute. */
export async function touchKey(db: Database, id: number, now: Date): Promise<void> {
  const before = new Date(now.getTime() - TOUCH_MS);
  await db
    .updateTable("api_key")
    .set({ last_used_at: now })
    .where("id", "=", id)
    .where((where) =>
      where.or([where("last_used_at", "is", null), where("last_used_at", "<=", before)]),
    )
    .execute();
}

/** Ends a key's life at once; revoking it again changes nothing. */
export async function revokeKey(
  { db, actor }: WriteContext,
  id: number,
  now = new Date(),
): Promise<Result<ApiKey, ApiKeyProblem>> {
  return db.transaction().execute(async (trx) => {
    const before = await keyById(trx, id);
    if (!before) return refused({ kind: "not_found" });
    if (before.revokedAt !== null) return done(before);
    await trx.updateTable("api_key").set({ revoked_at: now }).where("id", "=", id).execute();
    const after = { ...before, revokedAt: now };
    await writeAudit(trx, actor, [
      { action: "revoke", objectType: "api_key", objectId: String(id), before, after },
    ]);
    return done(after);
  });
}

/** All keys, oldest first. */
export async function listKeys(db: Database): Promise<ApiKey[]> {
  return (await select(db).orderBy("api_key.id").execute()).map(toKey);
}

/** Whether any key that is not revoked exists. */
export async function anyKey(db: Database): Promise<boolean> {
  const row = await db
    .selectFrom("api_key")
    .select("id")
    .where("revoked_at", "is", null)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

async function findLimits(db: Database, { agency, province }: ApiKeyInput) {
  if (agency && province) return refused({ kind: "two_limits" as const });
  const agencyRow = agency
    ? await db.selectFrom("agency").select("id").where("slug", "=", agency).executeTakeFirst()
    : null;
  if (agencyRow === undefined) return refused({ kind: "unknown_agency" as const });
  const provinceId = province ? await provinceNumber(db, province) : null;
  if (province && provinceId === null) return refused({ kind: "unknown_province" as const });
  return done({ agency_id: agencyRow?.id ?? null, province_id: provinceId });
}

async function keyById(db: Database, id: number): Promise<ApiKey | null> {
  const row = await select(db).where("api_key.id", "=", id).executeTakeFirst();
  return row ? toKey(row) : null;
}

function select(db: Database) {
  return db
    .selectFrom("api_key")
    .leftJoin("agency", "agency.id", "api_key.agency_id")
    .leftJoin("admin_unit", "admin_unit.id", "api_key.province_id")
    .select([
      "api_key.id",
      "api_key.label",
      "api_key.prefix",
      "api_key.role",
      "agency.slug as agency",
      "admin_unit.code as province",
      "api_key.created_at",
      "api_key.last_used_at",
      "api_key.revoked_at",
    ]);
}

type KeyRow = Awaited<ReturnType<ReturnType<typeof select>["executeTakeFirstOrThrow"]>>;

function toKey(row: KeyRow): ApiKey {
  return {
    id: row.id,
    label: row.label,
    prefix: row.prefix,
    role: row.role,
    agency: row.agency,
    province: row.province,
    createdAt: row.created_at,
    lastUsedAt: row.last_used_at,
    revokedAt: row.revoked_at,
  };
}

function hashOf(key: string): Buffer {
  return createHash("sha256").update(key).digest();
}
