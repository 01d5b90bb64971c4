/**
 * Four 32-bit words from a text: FNV-1a over its UTF-16 units from four starting points, each mixed by MurmurHash3's
 * finalizer. Gives every named stream a generator state of its own.
 */
export function hashState(text: string): readonly [number, number, number, number] {
  const word = (salt: number) => finalize(fnv1a(text, salt));
  // The last word is odd, because a state of four zeros would never leave zero.
  return [word(0x811c9dc5), word(0x9747b28c), word(0x3c6ef372), word(0xa54ff53a) | 1];
}

function fnv1a(text: string, start: number): number {
  let hash = start;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash;
}

function finalize(hash: number): number {
  let mixed = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
