/** One side of a comparison: a name, and a round of it, which comes to one number or several by name. */
export interface Side<Measured> {
  readonly name: string;
  readonly round: () => Promise<Measured>;
}

/**
 * Measures sides in turn, A B A B, after one round of each that does not count, so that what a machine does beside it
 * falls on all of them alike. The results of each side by its name, in the order of rounds.
 */
export async function interleave<Measured>(
  sides: readonly Side<Measured>[],
  rounds: number,
  tell: (text: string) => void,
): Promise<ReadonlyMap<string, readonly Measured[]>> {
  const found = new Map<string, Measured[]>(sides.map(({ name }) => [name, []]));
  for (const { name, round } of sides) {
    tell(`warming up: ${name}`);
    await round();
  }
  for (let number = 1; number <= rounds; number += 1) {
    for (const { name, round } of sides) {
      tell(`round ${number} of ${rounds}: ${name}`);
      found.get(name)?.push(await round());
    }
  }
  return found;
}
