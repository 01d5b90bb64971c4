import { decodeSafetensors, encodeSafetensors, type Rng, type SafetensorInput } from 'minimart';
import { checksum } from '../../src/saving/document/checksum.js';
import { mutateBytes, mutateJson } from './mutate.js';

type Tensors = Record<string, SafetensorInput>;

/** A damaged document: in its bytes, or in what it says, under a checksum that fits. */
export async function damaged(bytes: Uint8Array, rng: Rng): Promise<Uint8Array> {
  return rng.integer(4) === 0 ? mutateBytes(bytes, rng) : resealed(bytes, rng);
}

async function resealed(bytes: Uint8Array, rng: Rng): Promise<Uint8Array> {
  const { tensors, metadata } = decodeSafetensors(bytes);
  const all: Tensors = { ...tensors };
  for (let changes = 1 + rng.integer(3); changes > 0; changes -= 1) {
    if (rng.integer(4) > 0) changeDescription(all, rng);
    else changeTensor(all, rng);
  }
  return encodeSafetensors(all, { metadata: { ...metadata, checksum: await checksum(all) } });
}

function changeDescription(tensors: Tensors, rng: Rng): void {
  const text = new TextDecoder().decode(tensors.description!.values as Uint8Array);
  const values = new TextEncoder().encode(mutateJson(text, rng));
  tensors.description = { shape: [values.length], values };
}

function changeTensor(tensors: Tensors, rng: Rng): void {
  const names = Object.keys(tensors).filter((name) => name !== 'description');
  if (names.length === 0) return;
  const name = rng.choice(names);
  const { values, shape } = tensors[name]!;
  switch (rng.integer(4)) {
    case 0:
      delete tensors[name];
      return;
    case 1:
      tensors[rng.choice(names)] = { values, shape };
      return;
    case 2:
      tensors[name] = { values, shape: [...shape, 1] };
      return;
    default:
      tensors[name] = { values: withAnotherByte(values, rng), shape };
  }
}

function withAnotherByte<T extends SafetensorInput['values']>(values: T, rng: Rng): T {
  const copy = values.slice() as T;
  const bytes = new Uint8Array(copy.buffer, copy.byteOffset, copy.byteLength);
  if (bytes.length > 0) bytes[rng.integer(bytes.length)] = rng.integer(256);
  return copy;
}
