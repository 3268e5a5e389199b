/** More than there are communes of any time; a body of this many pairs stays below the limit of bodies. */
export const MAX_PAIRS = 12_000;
