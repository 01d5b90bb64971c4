import { decodeSafetensors, encodeSafetensors } from 'minimart';
import { checksum } from '../../src/saving/document/checksum.js';

/** What a stranger may write: nothing is known of it. */
export type Anything = ReturnType<JSON['parse']>;

/** Changes a description and tensors by name in place. */
export type Forgery = (description: Anything, tensors: Record<string, Anything>) => void;

/** The bytes of a file of ours with another description and other tensors, under a checksum that fits them. */
export async function forged(bytes: Uint8Array, change: Forgery): Promise<Uint8Array> {
  const { tensors, metadata } = decodeSafetensors(bytes);
  const description = JSON.parse(new TextDecoder().decode(tensors.description!.values as Uint8Array));
  const changed: Record<string, Anything> = { ...tensors };
  change(description, changed);
  const text = new TextEncoder().encode(JSON.stringify(description));
  changed.description = { shape: [text.length], values: text };
  return encodeSafetensors(changed, { metadata: { ...metadata, checksum: await checksum(changed) } });
}

/** The same, for what is no description in JSON: `change` is given none, and writes the tensor `description` itself. */
export async function forgedAs(bytes: Uint8Array, change: Forgery): Promise<Uint8Array> {
  const { tensors, metadata } = decodeSafetensors(bytes);
  const changed: Record<string, Anything> = { ...tensors };
  change(undefined, changed);
  return encodeSafetensors(changed, { metadata: { ...metadata, checksum: await checksum(changed) } });
}
