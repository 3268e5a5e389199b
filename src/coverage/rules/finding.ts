import type {
  FaultDetail,
  ImportFault,
  RuleId,
  Severity,
} from "../../domain/coverage/import-fault.ts";
import type { Scene } from "./scene.ts";

/** What a rule found: the fault without the place in the file that the engine knows. */
export interface Finding {
  readonly severity: Severity;
  readonly detail: FaultDetail;
  /** Header of the column, where it is of one. */
  readonly column?: string | null;
  /** What stands there. */
  readonly value?: string | number | null;
}

/** What a rule found about the file, a sheet or a row that is no row of data. */
export interface FileFinding extends Finding {
  readonly sheet?: string | null;
  readonly row?: number | null;
}

const VALUE_LENGTH = 200;

/** A finding as the fault that is told. */
export function asFault(rule: RuleId, finding: FileFinding, scene: Scene): ImportFault {
  const { severity, column = null, value = null, sheet = null, row = null } = finding;
  const shown = value === null ? null : String(value).slice(0, VALUE_LENGTH);
  const detail = withNames(finding.detail, scene);
  return { sheet, row, column, value: shown, rule, severity, detail };
}

/** Facts that are codes of indicators. */
const INDICATOR_FACTS = ["indicator", "of", "part", "shown_by"];

/** Messages call an indicator by its name, which only the register knows. */
function withNames(detail: FaultDetail, { register }: Scene): FaultDetail {
  const names: Record<string, string> = {};
  for (const fact of INDICATOR_FACTS) {
    const codes = [detail[fact] ?? []].flat();
    const found = codes.map((code) => register.indicators.find((each) => each.code === code));
    if (found.length === 0 || found.includes(undefined)) continue;
    names[`${fact}_vi`] = found.map((each) => each?.nameVi).join(", ");
    names[`${fact}_en`] = found.map((each) => each?.nameEn).join(", ");
  }
  return { ...detail, ...names };
}
