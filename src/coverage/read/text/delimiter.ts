/** What separates the cells of text files, the likelier first where nothing decides. */
const DELIMITERS = ["\t", ";", ",", "|"] as const;

/** Lines that are looked at. */
const LINES = 50;

/** A first line for Excel alone that names the separator: `sep=;`. */
const NAMED = /^sep=(.)\r?\n?$/i;

/** The separator of a text and whether its first line does nothing but name it. */
export interface Delimiter {
  readonly character: string;
  readonly named: boolean;
}

/**
 * The character that cuts most lines of a text into the same number of cells; decimal commas differ from line to
 * line. `,` where there is none.
 */
export function delimiterOf(text: string): Delimiter {
  const lines = text
    .replace(/"(?:[^"]|"")*"/g, '""')
    .split(/\r\n|\n|\r/)
    .filter((line) => line.trim() !== "");
  const named = NAMED.exec(lines[0] ?? "")?.[1];
  if (named !== undefined) return { character: named, named: true };
  const scores = DELIMITERS.map((character) => ({
    character,
    score: score(lines.slice(0, LINES), character),
  }));
  const best = scores.toSorted((one, other) => other.score - one.score)[0];
  return { character: best && best.score > 0 ? best.character : ",", named: false };
}

/** Share of the lines with the usual number of separators; above 1 by how many they are, so that more cells win. */
function score(lines: readonly string[], character: string): number {
  const counts = lines.map((line) => line.split(character).length - 1);
  const usual = counts.toSorted((one, other) => one - other)[Math.floor(counts.length / 2)] ?? 0;
  if (usual === 0) return 0;
  const alike = counts.filter((count) => count === usual).length / counts.length;
  return alike + Math.min(usual, 50) / 1000;
}
