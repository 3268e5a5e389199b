/**
 * A count for a column of a province's template, consistent with its neighbours under every rule: parts within their
 * wholes, classes of hamlets adding up.
 */
export function plausibleFigure(header: string): number {
  const folded = header.toLowerCase();
  if (folded === "dân số" || folded === "số dân") return 4000;
  if (folded === "số hộ") return 1000;
  if (/^(?:tổng )?số thôn(?:,? bản)?$/.test(folded)) return 10;
  if (/^(?:xã|có|kết nối|mạng)/.test(folded)) return 1;
  if (/trạm/.test(folded)) return folded.endsWith("bts") ? 20 : 5;
  return PARTS.find(([pattern]) => pattern.test(folded))?.[1] ?? 1;
}

const PARTS: readonly (readonly [RegExp, number])[] = [
  [/không trắng sóng$/, 9],
  [/lõm sóng/, 2],
  [/trắng sóng chưa có điện/, 0],
  [/trắng sóng/, 1],
  [/sóng ổn định/, 7],
  [/thôn/, 7],
  [/khả năng tiếp cận/, 850],
  [/sử dụng cáp quang/, 700],
  [/hộ/, 900],
  [/5g trong nhà/, 1000],
  [/5g/, 2000],
  [/dân số|số dân/, 3900],
];
