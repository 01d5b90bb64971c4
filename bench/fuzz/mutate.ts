import type { Rng } from 'minimart';

const oddNumbers = [
  '-1',
  '1',
  '2',
  '3',
  '4',
  '0',
  '0.5',
  '1e9',
  '4294967296',
  '9007199254740993',
  '1e400',
  '-0',
  'null',
  '"7"',
  '[]',
];

/** Damages bytes as accidents and strangers do: flipped bits, cuts, doubled and moved stretches, bytes of any kind. */
export function mutateBytes(bytes: Uint8Array, rng: Rng): Uint8Array {
  const place = rng.integer(bytes.length + 1);
  const other = Math.min(bytes.length, place + rng.integer(64));
  const piece = bytes.subarray(place, other);
  switch (rng.integer(5)) {
    case 0:
      return bytes.slice(0, place);
    case 1:
      return joined(bytes.subarray(0, other), piece, bytes.subarray(other));
    case 2:
      return joined(bytes.subarray(0, place), bytes.subarray(other));
    case 3:
      return joined(
        bytes.subarray(0, place),
        Uint8Array.from({ length: 8 }, () => rng.integer(256)),
        bytes.subarray(place),
      );
    default:
      return flipped(bytes, rng);
  }
}

/** Changes JSON as strangers do: numbers, names and members that come twice, lists without end. */
export function mutateJson(json: string, rng: Rng): string {
  const numbers = [...json.matchAll(/-?\d+(\.\d+)?(?=[,\]}])/g)];
  const members = [...json.matchAll(/"[^"\\]*":/g)];
  const chosen = numbers.length > 0 ? numbers[rng.integer(numbers.length)]! : undefined;
  const texts = [...json.matchAll(/"[^"\\]*"(?=[,\]}])/g)];
  switch (rng.integer(6)) {
    case 4:
      return texts.length > 0 ? replaced(json, rng.choice(texts), rng.choice(texts)[0]) : json;
    case 5:
      return numbers.length > 0 ? replaced(json, rng.choice(numbers), rng.choice(numbers)[0]) : json;
    case 0:
      return chosen ? replaced(json, chosen, rng.choice(oddNumbers)) : json;
    case 1: {
      if (members.length === 0) return json;
      const member = members[rng.integer(members.length)]!;
      return replaced(json, member, rng.choice(['"__proto__":', '"x":', `${member[0]}0,${member[0]}`]));
    }
    case 2: {
      const depth = rng.choice([20, 400, 20_000]);
      return chosen ? replaced(json, chosen, '['.repeat(depth) + ']'.repeat(depth)) : json;
    }
    default:
      return new TextDecoder().decode(mutateBytes(new TextEncoder().encode(json), rng));
  }
}

function replaced(text: string, { 0: found, index }: RegExpMatchArray, by: string): string {
  return text.slice(0, index) + by + text.slice(index! + found.length);
}

function flipped(bytes: Uint8Array, rng: Rng): Uint8Array {
  const copy = bytes.slice();
  if (copy.length > 0) copy[rng.integer(copy.length)]! ^= 1 << rng.integer(8);
  return copy;
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let place = 0;
  for (const part of parts) {
    all.set(part, place);
    place += part.length;
  }
  return all;
}
