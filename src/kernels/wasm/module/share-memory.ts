/** Sections of a module that declare its memory: imports, and memories of its own. */
const IMPORTS = 2;
const MEMORIES = 5;

/**
 * A module with its one memory made a shared one, so that instances in several threads work in it: one flag changes.
 *
 * @returns `undefined` where the bytes are no module with one memory, imported or its own, that has a maximum and is not shared.
 */
export function shareMemory(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> | undefined {
  const at = limitsFlag(bytes);
  // 1: not shared, with a maximum; 3: shared, which always has one.
  if (at === undefined || bytes[at] !== 1) return undefined;
  const shared = bytes.slice();
  shared[at] = 3;
  return WebAssembly.validate(shared) ? shared : undefined;
}

/** Where the flag of the memory's limits stands. */
function limitsFlag(bytes: Uint8Array): number | undefined {
  const reader = { bytes, at: 8 };
  while (reader.at < bytes.length) {
    const section = readByte(reader);
    const length = readNumber(reader);
    const end = reader.at + length;
    if (section === MEMORIES) return readNumber(reader) === 1 ? reader.at : undefined;
    const found = section === IMPORTS ? importedMemory(reader) : undefined;
    if (found !== undefined) return found;
    reader.at = end;
  }
  return undefined;
}

function importedMemory(reader: Reader): number | undefined {
  for (let left = readNumber(reader); left > 0; left -= 1) {
    skipText(reader);
    skipText(reader);
    const kind = readByte(reader);
    if (kind === MEMORY) return reader.at;
    if (kind === FUNCTION) readNumber(reader);
    else if (kind === GLOBAL) reader.at += 2;
    // A table: its type, then limits.
    else skipLimits(reader);
  }
  return undefined;
}

const FUNCTION = 0;
const MEMORY = 2;
const GLOBAL = 3;

interface Reader {
  readonly bytes: Uint8Array;
  at: number;
}

function readByte(reader: Reader): number {
  reader.at += 1;
  return reader.bytes[reader.at - 1] ?? 0;
}

/** A whole number of seven bits a byte, lowest first. */
function readNumber(reader: Reader): number {
  let [value, scale, byte] = [0, 1, 128];
  while (byte >= 128) {
    byte = readByte(reader);
    value += (byte % 128) * scale;
    scale *= 128;
  }
  return value;
}

function skipText(reader: Reader): void {
  const length = readNumber(reader);
  reader.at += length;
}

function skipLimits(reader: Reader): void {
  readByte(reader);
  const flag = readByte(reader);
  readNumber(reader);
  if (flag % 2 === 1) readNumber(reader);
}
