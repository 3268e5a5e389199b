/** How a fact of law or programme is known: the text itself was read, the press, another text, or nobody checked. */
export const CERTAINTIES = ["text", "press", "secondary", "unverified"] as const;

export type Certainty = (typeof CERTAINTIES)[number];
