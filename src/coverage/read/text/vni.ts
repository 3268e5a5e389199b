/**
 * The 8-bit VNI of Windows fonts (VNI-Times and others): a letter and, after it, a sign for its accent, both as
 * windows-1252 has them. The table is that of lamdao/xvnkb (`vni.h`): per row the plain letter, then acute, grave,
 * hook, tilde, dot below.
 */
const ROWS: readonly (readonly [unicode: string, vni: string])[] = [
  ["a á à ả ã ạ", "a aù aø aû aõ aï"],
  ["â ấ ầ ẩ ẫ ậ", "aâ aá aà aå aã aä"],
  ["ă ắ ằ ẳ ẵ ặ", "aê aé aè aú aü aë"],
  ["e é è ẻ ẽ ẹ", "e eù eø eû eõ eï"],
  ["ê ế ề ể ễ ệ", "eâ eá eà eå eã eä"],
  ["o ó ò ỏ õ ọ", "o où oø oû oõ oï"],
  ["ô ố ồ ổ ỗ ộ", "oâ oá oà oå oã oä"],
  ["ơ ớ ờ ở ỡ ợ", "ô ôù ôø ôû ôõ ôï"],
  ["u ú ù ủ ũ ụ", "u uù uø uû uõ uï"],
  ["ư ứ ừ ử ữ ự", "ö öù öø öû öõ öï"],
  ["i í ì ỉ ĩ ị", "i í ì æ ó ò"],
  ["y ý ỳ ỷ ỹ ỵ", "y yù yø yû yõ î"],
  ["đ", "ñ"],
];

const LOWER = ROWS.flatMap(([unicode, vni]) => {
  const signs = vni.split(" ");
  return unicode.split(" ").map((letter, at) => [signs[at] ?? "", letter] as const);
});

/** What each VNI spelling beyond ASCII stands for; capitals have capital signs, and small ones by careless typing. */
export const VNI_LETTERS: ReadonlyMap<string, string> = new Map(
  LOWER.filter(([vni, letter]) => vni !== letter || /\P{ASCII}/u.test(vni)).flatMap(
    ([vni, letter]) => {
      const capital = letter.toUpperCase();
      return [
        [vni, letter],
        [vni.toUpperCase(), capital],
        [`${vni.slice(0, 1).toUpperCase()}${vni.slice(1)}`, capital],
      ] as const;
    },
  ),
);

/** Longer spellings first: `ôù` is ớ, `ô` alone is ơ. */
const SPELLINGS = new RegExp(
  [...VNI_LETTERS.keys()].toSorted((one, other) => other.length - one.length).join("|"),
  "g",
);

/** Text that was decoded as windows-1252 as the letters that it stands for. */
export function fromVni(text: string): string {
  return text.replace(SPELLINGS, (vni) => VNI_LETTERS.get(vni) ?? vni);
}
