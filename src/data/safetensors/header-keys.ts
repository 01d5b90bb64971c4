import { refuseFile } from '../../internal/file-fault.js';
import { metadataKey, mostAxes } from './safetensor.js';

const quote = 0x22;
const comma = 0x2c;
const colon = 0x3a;
const openBracket = 0x5b;
const backslash = 0x5c;
const closeBracket = 0x5d;
const openBrace = 0x7b;
const closeBrace = 0x7d;

// The header, an entry, its shape.
const deepest = 3;

/**
 * Refuses a header that names something twice, of which JSON would keep the last and drop the others without a word; that
 * is nested deeper than the format; and one with too many entries, before they become objects. Whether it is JSON at all,
 * JSON says afterwards.
 */
export function requireHeaderKeys(text: string, maxTensors: number): void {
  // The names of the objects that are open, or how many commas an open list has had.
  const open: (Set<string> | number)[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charCodeAt(at);
    const inner = open[open.length - 1];
    if (character === quote) {
      const end = endOfText(text, at);
      if (inner instanceof Set && isName(text, end)) {
        addName(inner, nameOf(text.slice(at, end)), maxTensors);
      }
      at = end - 1;
    } else if (character === openBrace || character === openBracket) {
      if (open.length === deepest) refuseFile('have a header of tensors', 'one that is nested deeper');
      open.push(character === openBrace ? new Set() : 0);
    } else if (character === closeBrace || character === closeBracket) {
      open.pop();
    } else if (character === comma && typeof inner === 'number') {
      if (inner + 2 > mostAxes) refuseFile(`have shapes of at most ${mostAxes} axes`, 'one with more');
      open[open.length - 1] = inner + 1;
    }
  }
}

function addName(known: Set<string>, name: string, maxTensors: number): void {
  if (known.has(name)) refuseFile('name each tensor and each entry once', name);
  known.add(name);
  // The metadata are no tensor.
  if (known.size - (known.has(metadataKey) ? 1 : 0) > maxTensors) {
    const rule = `have at most ${maxTensors} tensors, and as many entries of metadata (\`maxTensors\` allows more)`;
    refuseFile(rule, 'more');
  }
}

// Behind the closing quote of a text that begins at `start`; a quote behind an odd number of backslashes does not close it.
function endOfText(text: string, start: number): number {
  let at = start;
  while (true) {
    at = text.indexOf('"', at + 1);
    if (at < 0) return text.length;
    let before = at - 1;
    while (text.charCodeAt(before) === backslash) before -= 1;
    if ((at - before) % 2 === 1) return at + 1;
  }
}

// Only a name has a colon behind it.
function isName(text: string, end: number): boolean {
  let at = end;
  while (' \t\r\n'.includes(text.charAt(at)) && at < text.length) at += 1;
  return text.charCodeAt(at) === colon;
}

// One name may be written in several ways.
function nameOf(quoted: string): string {
  try {
    return quoted.includes('\\') ? String(JSON.parse(quoted)) : quoted.slice(1, -1);
  } catch {
    return quoted;
  }
}
