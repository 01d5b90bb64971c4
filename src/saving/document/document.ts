import { decodeSafetensorsInPieces } from '../../data/safetensors/decode-safetensors.js';
import { encodeSafetensorsInPieces, type SafetensorInput } from '../../data/safetensors/encode-safetensors.js';
import { refuseFile } from '../../internal/file-fault.js';
import { createPause } from '../../internal/pause.js';
import { type Pieces, piecemeal } from '../../internal/pieces.js';
import { requireFiniteTensors } from '../finite-tensors.js';
import { checksum } from './checksum.js';
import { deepestDescription } from './json.js';
import { createReader, type Reader, requireShallow } from './reader.js';

/** Tensors by name. */
export type Tensors = Readonly<Record<string, SafetensorInput>>;

/** What every file of ours holds: numbers, and a description of what they are. */
export interface Document {
  /** What kind of file it is, and of which version. */
  readonly format: string;
  /** What the numbers are, in plain JSON. */
  readonly description: Reader;
  readonly tensors: Tensors;
}

/** Name of the tensor that holds the description. */
const descriptionName = 'description';

/**
 * Puts tensors and a description in JSON into the bytes of one file in the safetensors format, with a checksum. What reads
 * it is {@link decodeDocument}.
 *
 * @param tensors - Left as they are; they must not change until this resolves.
 * @throws FileFault for a description so deep that {@link decodeDocument} would not read it.
 */
export async function encodeDocument(format: string, description: object, tensors: Tensors): Promise<Uint8Array> {
  requireShallow(descriptionName, description, deepestDescription);
  const pause = createPause();
  const json = JSON.stringify(description);
  await pause();
  const text = new TextEncoder().encode(json);
  const all = { [descriptionName]: { shape: [text.length], values: text }, ...tensors };
  const metadata = { format, checksum: await checksum(all) };
  return piecemeal(encodeSafetensorsInPieces(all, metadata), pause);
}

/**
 * Reads such a file, which may come from anybody: nothing in it is run or opened, all of it is checked before it is used,
 * and no more memory is taken than the file is long.
 *
 * @param formats - The formats that the caller reads.
 * @throws FileFault for what is no such file, is damaged, or holds numbers that are not finite.
 */
export async function decodeDocument(bytes: unknown, formats: readonly string[]): Promise<Document> {
  if (!(bytes instanceof Uint8Array)) refuseFile('be a Uint8Array', bytes);
  const pause = createPause();
  const { tensors, metadata } = await piecemeal(decodeSafetensorsInPieces(bytes), pause);
  const format = Object.hasOwn(metadata, 'format') ? metadata.format : undefined;
  if (format === undefined || !formats.includes(format)) refuseFile(`be of the format '${formats[0]}'`, format);
  const found = await checksum(tensors);
  if (metadata.checksum !== found) refuseFile(`have the checksum ${found}, or are damaged`, metadata.checksum);
  await requireFiniteTensors(tensors, refuseFile);
  const { [descriptionName]: description, ...rest } = tensors;
  if (!(description?.values instanceof Uint8Array)) {
    refuseFile(`hold a description in the tensor '${descriptionName}'`, description);
  }
  const described = await piecemeal(parseDescription(description.values), pause);
  return { format, description: createReader(described, descriptionName), tensors: rest };
}

function* parseDescription(bytes: Uint8Array): Pieces<unknown> {
  const text = decode(bytes);
  yield;
  let found: unknown;
  let again: string | undefined;
  try {
    found = JSON.parse(text);
    yield;
    again = JSON.stringify(found);
  } catch (error) {
    refuseFile('hold a description in JSON', error instanceof Error ? error.message : error);
  }
  // What comes out as it went in has no name twice, and nothing but what is read.
  if (again !== text) refuseFile('hold a description as JSON.stringify writes it, each name once', text);
  requireShallow(descriptionName, found, deepestDescription);
  return found;
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    return refuseFile('hold a description in UTF-8', error instanceof Error ? error.message : error);
  }
}
