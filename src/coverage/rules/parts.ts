import type { Indicator } from "../../domain/coverage/indicator.ts";

/** Which indicators count a part of what others count, as their definitions of any version say; by code. */
export interface Parts {
  /** Those whose own definition says so. */
  readonly partsOf: (code: string) => readonly string[];
  /** Those too that are a part by way of another. */
  readonly allPartsOf: (code: string) => readonly string[];
  /** What it is a part of, the nearest first: users of fibre are among those who can get it, they among those passed. */
  readonly wholesOf: (code: string) => readonly string[];
}

/** Works the parts of all indicators out once. */
export function partsAmong(indicators: readonly Indicator[]): Parts {
  const wholeOf = new Map(indicators.map(({ code, partOf }) => [code, partOf]));
  const parts = new Map<string, string[]>();
  const allParts = new Map<string, string[]>();
  const wholes = new Map<string, readonly string[]>();
  for (const [code, partOf] of wholeOf) {
    const chain = chainFrom(code, wholeOf);
    wholes.set(code, chain);
    if (partOf !== null) put(parts, partOf, code);
    for (const whole of chain) put(allParts, whole, code);
  }
  return {
    partsOf: (code) => parts.get(code) ?? [],
    allPartsOf: (code) => allParts.get(code) ?? [],
    wholesOf: (code) => wholes.get(code) ?? [],
  };
}

function chainFrom(code: string, wholeOf: ReadonlyMap<string, string | null>): readonly string[] {
  const chain: string[] = [];
  let whole = wholeOf.get(code) ?? null;
  while (whole !== null && whole !== code && !chain.includes(whole)) {
    chain.push(whole);
    whole = wholeOf.get(whole) ?? null;
  }
  return chain;
}

function put(into: Map<string, string[]>, key: string, code: string): void {
  const known = into.get(key);
  if (known) known.push(code);
  else into.set(key, [code]);
}
