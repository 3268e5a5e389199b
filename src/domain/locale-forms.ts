/** More than a service has zones, languages and ways to write a date or a number, together. */
const MOST = 64;

/** Keeps what is made from a locale and options by both. Throws what `make` throws. */
function kept<Options, Form>(make: (locale: string, options: Options) => Form) {
  const forms = new Map<string, Form>();
  return (locale: string, options: Options): Form => {
    const key = `${locale} ${JSON.stringify(options)}`;
    const known = forms.get(key);
    if (known !== undefined) return known;
    const made = make(locale, options);
    if (forms.size >= MOST) forms.clear();
    forms.set(key, made);
    return made;
  };
}

/**
 * A form of dates, made once: to make one takes 70 µs and to use it 2 µs, and a page of 90 days asks for a thousand.
 * Throws a RangeError for a zone that does not exist.
 */
export const dateForm = kept(
  (locale: string, options: Readonly<Intl.DateTimeFormatOptions>) =>
    new Intl.DateTimeFormat(locale, options),
);

/** A form of numbers, made once, for the same reason: 43 ms of a page of 90 days were spent on making them. */
export const numberForm = kept(
  (locale: string, options: Readonly<Intl.NumberFormatOptions>) =>
    new Intl.NumberFormat(locale, options),
);
