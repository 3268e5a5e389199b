import type { Register } from "../coverage/contract.ts";
import { loadDenominatorKinds, loadIndicators, loadOperators } from "../store/coverage-register.ts";
import { createUnitBookSource } from "../store/unit-book.ts";
import type { ImportDeps } from "./import-options.ts";

/** All that the register knows before a file is looked at. */
export async function loadRegister({
  db,
  units = createUnitBookSource(db),
}: Pick<ImportDeps, "db" | "units">): Promise<Register> {
  return {
    units: await units.book(),
    indicators: await loadIndicators(db),
    denominatorKinds: await loadDenominatorKinds(db),
    operators: await loadOperators(db),
  };
}
