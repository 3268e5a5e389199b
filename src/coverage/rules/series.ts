import type { FigureKey } from "../../domain/coverage/figure.ts";
import type { TableSpot } from "./figure-table.ts";
import type { Scene } from "./scene.ts";

/** Where the table has a figure: source and day apart, everything that makes figures the same. */
export function spotOf(key: FigureKey): TableSpot {
  return { series: seriesOf(key), unitId: key.unitId, asOf: key.asOf };
}

/** Where the table has what a row says that there are of households, population and the like. */
export function denominatorSeries(kind: string): string {
  return `#${kind}`;
}

/** Whether figures may be of this operator: `all`, or one that the register knows. */
export function isKnownOperator(operator: string, { register }: Scene): boolean {
  return operator === "all" || register.operators.includes(operator);
}

function seriesOf(key: Pick<FigureKey, "indicator" | "indicatorVersion" | "operator" | "basis">) {
  return `${key.indicator}|${key.indicatorVersion}|${key.operator}|${key.basis}`;
}
