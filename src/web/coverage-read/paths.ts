import type { UnitLevel } from "../../domain/coverage/indicator.ts";
import { linkTo } from "../compliance/query.ts";
import type { Lang } from "../lang.ts";

/** The address of a unit's page. */
export function unitLink(level: UnitLevel, code: string, lang: Lang): string {
  return linkTo(`/coverage/units/${level}/${code}`, { lang });
}

/** The address of a release's page. */
export function releaseLink(code: string, query: object): string {
  return linkTo(`/coverage/releases/${code}`, query);
}
