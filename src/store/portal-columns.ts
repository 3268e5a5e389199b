import type { Expectation, Lifecycle, PortalKind } from "../domain/portal.ts";
import { parsePortalUrl } from "../domain/portal-url.ts";
import { done, refused, type Result } from "../domain/result.ts";
import { provinceNumber } from "./admin-units.ts";
import type { Database } from "./database.ts";
import type { PortalChange, PortalInput } from "./portal-input.ts";
import { fromExpectationInput, type Portal, portalById, portalByUrl } from "./portal-record.ts";
import type { NotCovered } from "./write-context.ts";

/** Why a portal was not written; `field` is the one of PortalInput that is wrong. */
export type PortalProblem =
  | { readonly kind: "not_found" }
  | NotCovered
  | { readonly kind: "duplicate_url"; readonly field: "url"; readonly portal: string }
  | { readonly kind: "duplicate_id"; readonly field: "id" }
  | { readonly kind: "unknown_agency"; readonly field: "agency" }
  | { readonly kind: "unknown_province"; readonly field: "province" }
  | { readonly kind: "unknown_merged_into"; readonly field: "merged_into" }
  /** `merged_into` goes with the lifecycle of that name, and only with it; nothing merges into itself. */
  | { readonly kind: "merged_into_mismatch"; readonly field: "merged_into" };

/** What people decide about a portal, all of it. */
export interface WantedPortal {
  readonly url: string;
  readonly host: string;
  readonly nameVi: string;
  readonly nameEn: string | null;
  readonly kind: PortalKind;
  readonly agency: string;
  readonly province: string | null;
  readonly lifecycle: Lifecycle;
  readonly mergedInto: string | null;
  readonly expectation: Expectation;
  readonly note: string | null;
  readonly source: string | null;
}

/** What a new portal is to be. */
export function wantedOf(input: PortalInput): WantedPortal {
  return {
    ...normalUrl(input.url),
    nameVi: input.name_vi,
    nameEn: input.name_en ?? null,
    kind: input.kind,
    agency: input.agency,
    province: input.province ?? null,
    lifecycle: input.lifecycle ?? "active",
    mergedInto: input.merged_into ?? null,
    expectation: fromExpectationInput(input.expectation ?? {}),
    note: input.note ?? null,
    source: input.source ?? null,
  };
}

/** What a portal is to be after a change; one that leaves `merged_into` leaves its successor as well. */
export function wantedAfter(portal: Portal, change: PortalChange): WantedPortal {
  const lifecycle = change.lifecycle ?? portal.lifecycle;
  const successor = lifecycle === "merged_into" ? portal.mergedInto : null;
  return {
    ...(change.url === undefined ? { url: portal.url, host: portal.host } : normalUrl(change.url)),
    nameVi: change.name_vi ?? portal.nameVi,
    nameEn: given(change.name_en, portal.nameEn),
    kind: change.kind ?? portal.kind,
    agency: change.agency ?? portal.agency,
    province: given(change.province, portal.province),
    lifecycle,
    mergedInto: given(change.merged_into, successor),
    expectation: change.expectation ? fromExpectationInput(change.expectation) : portal.expectation,
    note: given(change.note, portal.note),
    source: given(change.source, portal.source),
  };
}

/** The columns of a wanted portal, or what it refers to and is not there, or which portal has its URL already. */
export async function columnsOf(trx: Database, wanted: WantedPortal, id: string) {
  const holder = await portalByUrl(trx, wanted.url);
  if (holder && holder.id !== id) {
    return refusal({ kind: "duplicate_url", field: "url", portal: holder.id });
  }
  const agency = await trx
    .selectFrom("agency")
    .select(["id", "made_up"])
    .where("slug", "=", wanted.agency)
    .executeTakeFirst();
  if (!agency) return refusal({ kind: "unknown_agency", field: "agency" });
  const province = wanted.province === null ? null : await provinceNumber(trx, wanted.province);
  if (wanted.province !== null && province === null) {
    return refusal({ kind: "unknown_province", field: "province" });
  }
  const successor = await successorOf(trx, wanted, id);
  if (!successor.ok) return successor;
  return done({
    url: wanted.url,
    host: wanted.host,
    name_vi: wanted.nameVi,
    name_en: wanted.nameEn,
    kind: wanted.kind,
    agency_id: agency.id,
    // What a made-up agency answers for is made up, on every surface.
    made_up: agency.made_up,
    province_id: province,
    lifecycle: wanted.lifecycle,
    merged_into_id: successor.value,
    expectation: JSON.stringify(wanted.expectation),
    note: wanted.note,
    source: wanted.source,
  });
}

async function successorOf(
  trx: Database,
  { lifecycle, mergedInto }: WantedPortal,
  id: string,
): Promise<Result<number | null, PortalProblem>> {
  if ((lifecycle === "merged_into") !== (mergedInto !== null) || mergedInto === id) {
    return refusal({ kind: "merged_into_mismatch", field: "merged_into" });
  }
  if (mergedInto === null) return done(null);
  const successor = await portalById(trx, mergedInto);
  return successor
    ? done(successor.number)
    : refusal({ kind: "unknown_merged_into", field: "merged_into" });
}

function refusal(problem: PortalProblem) {
  return refused(problem);
}

function given<Value>(change: Value | null | undefined, present: Value | null): Value | null {
  return change === undefined ? present : change;
}

function normalUrl(text: string) {
  const parsed = parsePortalUrl(text);
  if (!parsed.ok) throw new Error(`The URL of a portal was not checked: ${parsed.problem}`);
  return parsed.value;
}
