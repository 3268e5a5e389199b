import type { NoticeText } from "./notice-text.ts";

/** How long a text may be, in the receiver's own measure. */
export interface Room {
  readonly fits: (text: string) => boolean;
  /** How it is written: as the receiver can show it. */
  readonly write: (text: string) => string;
}

/** Room for so many UTF-16 units, as most services count. */
export function unitsRoom(max: number): Room {
  return { fits: (text) => text.length <= max, write: (text) => text };
}

const LEFT_OUT = "…";

/**
 * Title, lines and link as far as there is room: the title always, cut if it must be, then the link, then lines in
 * their order. What is returned fits.
 */
export function fitText({ title, lines, link }: NoticeText, room: Room): string {
  const join = (some: readonly string[], cut: boolean) =>
    room.write(
      [title, ...some, ...(cut ? [LEFT_OUT] : []), ...(link === null ? [] : [link])].join("\n"),
    );
  for (let count = lines.length; count >= 0; count -= 1) {
    const text = join(lines.slice(0, count), count < lines.length);
    if (room.fits(text)) return text;
  }
  return cutTo(title, room);
}

/** The longest beginning that fits, without half a character. */
function cutTo(text: string, room: Room): string {
  const written = room.write(text);
  if (room.fits(written)) return written;
  const points = Array.from(written);
  const mark = room.write(LEFT_OUT);
  let [least, most] = [0, points.length];
  while (least < most) {
    const middle = Math.ceil((least + most) / 2);
    if (room.fits(points.slice(0, middle).join("") + mark)) least = middle;
    else most = middle - 1;
  }
  const cut = points.slice(0, least).join("") + mark;
  return room.fits(cut) ? cut : "";
}
