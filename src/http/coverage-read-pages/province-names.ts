import type { AppDeps } from "../deps.ts";
import { today } from "../viewpoint.ts";

/** The name of a commune's province, by the commune's code, today: 244 names of communes recur across provinces. */
export async function provinceNames(deps: AppDeps): Promise<(commune: string) => string | null> {
  const book = await deps.units.book();
  const on = today(deps);
  return (commune) => {
    const unit = book.on("commune", commune, on);
    const parent = unit ? book.attributesOn(unit.id, on).parentId : null;
    return parent === null ? null : book.attributesOn(parent, on).nameVi;
  };
}
