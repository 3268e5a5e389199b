const SPACE_OR_COMMA = /[\s,]*/y;
const NO_SPACE = /\S*/y;

/** The URLs of all candidates of a srcset attribute, one by one (HTML standard, section 4.8.4.2.1), in linear time. */
export function* srcsetUrls(value: string): Generator<string> {
  for (let at = 0; ;) {
    at = skip(SPACE_OR_COMMA, value, at);
    if (at >= value.length) return;
    const end = skip(NO_SPACE, value, at);
    const url = value.slice(at, end);
    const commas = /,*$/.exec(url.slice(-8))![0].length;
    yield commas === 0 ? url : url.slice(0, -commas);
    at = commas === 0 ? afterDescriptors(value, end) : end;
  }
}

function skip(what: RegExp, value: string, at: number): number {
  what.lastIndex = at;
  what.test(value);
  return what.lastIndex;
}

/** Descriptors end at a comma that is not within parentheses. */
function afterDescriptors(value: string, from: number): number {
  let deep = false;
  for (let at = from; at < value.length; at += 1) {
    const character = value[at];
    if (character === "(") deep = true;
    else if (character === ")") deep = false;
    else if (character === "," && !deep) return at + 1;
  }
  return value.length;
}
