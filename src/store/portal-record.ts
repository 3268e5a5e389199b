import type { Expectation, Lifecycle, PortalKind } from "../domain/portal.ts";
import type { Database } from "./database.ts";
import type { ExpectationInput } from "./portal-input.ts";

/** One portal with the names, not the numbers, of what it belongs to. */
export interface Portal {
  readonly number: number;
  /** The stable id. */
  readonly id: string;
  readonly url: string;
  readonly host: string;
  readonly nameVi: string;
  readonly nameEn: string | null;
  readonly kind: PortalKind;
  /** The agency's slug. */
  readonly agency: string;
  /** The province's code, or null. */
  readonly province: string | null;
  readonly lifecycle: Lifecycle;
  /** The slug of the portal that took over, or null. */
  readonly mergedInto: string | null;
  readonly expectation: Expectation;
  readonly source: string | null;
  readonly evidenceClass: string | null;
  readonly note: string | null;
  readonly madeUp: boolean;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  /** Since when it is not probed any more, or null. */
  readonly retiredAt: Date | null;
}

/** The portal of this id, or null. */
export async function portalById(db: Database, id: string): Promise<Portal | null> {
  const row = await select(db).where("portal.slug", "=", id).executeTakeFirst();
  return row ? toPortal(row) : null;
}

/** The portal that is registered under this URL in its normal form, or null. */
export async function portalByUrl(db: Database, url: string): Promise<Portal | null> {
  const row = await select(db).where("portal.url", "=", url).executeTakeFirst();
  return row ? toPortal(row) : null;
}

/** An expectation from the words of the API and of files. */
export function fromExpectationInput(input: ExpectationInput): Expectation {
  const { body_text, body_regex, json_path, max_response_ms, status } = input;
  return {
    ...(status && { status }),
    ...(body_text !== undefined && { bodyText: body_text }),
    ...(body_regex !== undefined && { bodyRegex: body_regex }),
    ...(json_path && { jsonPath: json_path }),
    ...(max_response_ms !== undefined && { maxResponseMs: max_response_ms }),
  };
}

/** An expectation in the words of the API and of files. */
export function toExpectationInput(expectation: Expectation): ExpectationInput {
  const { status, bodyText, bodyRegex, jsonPath, maxResponseMs } = expectation;
  return {
    ...(status && { status: [...status] }),
    ...(bodyText !== undefined && { body_text: bodyText }),
    ...(bodyRegex !== undefined && { body_regex: bodyRegex }),
    ...(jsonPath && { json_path: jsonPath as ExpectationInput["json_path"] }),
    ...(maxResponseMs !== undefined && { max_response_ms: maxResponseMs }),
  };
}

function select(db: Database) {
  return db
    .selectFrom("portal")
    .innerJoin("agency", "agency.id", "portal.agency_id")
    .leftJoin("admin_unit as province", "province.id", "portal.province_id")
    .leftJoin("portal as successor", "successor.id", "portal.merged_into_id")
    .selectAll("portal")
    .select([
      "agency.slug as agency",
      "province.code as province",
      "successor.slug as merged_into",
    ]);
}

type PortalRow = Awaited<ReturnType<ReturnType<typeof select>["executeTakeFirstOrThrow"]>>;

function toPortal(row: PortalRow): Portal {
  return {
    number: row.id,
    id: row.slug,
    url: row.url,
    host: row.host,
    nameVi: row.name_vi,
    nameEn: row.name_en,
    kind: row.kind,
    agency: row.agency,
    province: row.province,
    lifecycle: row.lifecycle,
    mergedInto: row.merged_into,
    expectation: row.expectation,
    source: row.source,
    evidenceClass: row.evidence_class,
    note: row.note,
    madeUp: row.made_up,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    retiredAt: row.retired_at,
  };
}
