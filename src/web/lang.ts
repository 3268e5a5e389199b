/** The languages of the pages. */
export const LANGS = ["vi", "en"] as const;

export type Lang = (typeof LANGS)[number];

/** The language that was asked for, else the first of ours that the Accept-Language header names, else English. */
export function pickLang(asked: Lang | undefined, acceptLanguage: string | undefined): Lang {
  if (asked) return asked;
  const ranges = (acceptLanguage ?? "").split(",").map((range) => {
    const [tag = "", ...params] = range.trim().toLowerCase().split(";");
    const q = params.map((param) => /^\s*q=([\d.]+)$/.exec(param)?.[1]).find(Boolean);
    return { lang: tag.split("-")[0], q: q === undefined ? 1 : Number(q) };
  });
  const known = ranges
    .filter(({ q }) => q > 0)
    .toSorted((a, b) => b.q - a.q)
    .map(({ lang }) => LANGS.find((own) => own === lang))
    .find((lang) => lang !== undefined);
  return known ?? "en";
}
