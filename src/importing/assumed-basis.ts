import type { ImportSettings, UnderstoodColumn } from "../coverage/contract.ts";
import type { Basis, SourceKind } from "../domain/coverage/figure.ts";

/**
 * How figures of such a source come about where nobody says: what an authority or operator sends is its report. What a
 * survey, a crowd or a publication has may be anything: there it has to be stated (V27).
 */
const USUAL: Readonly<Record<SourceKind, Basis | null>> = {
  province: "reported",
  ministry: "reported",
  operator: "reported",
  survey: null,
  crowd: null,
  publication: null,
};

/** The basis that is assumed for a file: of its source's kind, where neither it nor its sender states any; else null. */
export function assumedBasis(
  kind: SourceKind,
  { basis }: Pick<ImportSettings, "basis">,
  columns: readonly Pick<UnderstoodColumn, "role">[],
): Basis | null {
  const stated = basis !== null || columns.some(({ role }) => role === "basis");
  return stated ? null : USUAL[kind];
}
