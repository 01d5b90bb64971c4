import { atFileDoor, refuseFile } from '../../internal/file-fault.js';
import { refuse } from '../../internal/require.js';
import { decodeDocument, encodeDocument, type Tensors } from '../../saving/document/document.js';
import type { Reader } from '../../saving/document/reader.js';
import type { Calibration } from './calibration.js';
import type { CalibrationFacts } from './calibration-of.js';
import { isotonicCalibration, isotonicName } from './isotonic-scaling.js';
import { plattCalibration, plattName } from './platt-scaling.js';

/** What the header of a file calls it. */
const format = 'minimart calibration 1';

/** How each method reads what it wrote. */
function readers(): Readonly<
  Record<string, (facts: CalibrationFacts, values: Reader, tensors: Tensors) => Calibration>
> {
  return {
    [plattName]: (facts, values) => {
      const line = { slope: values.number('slope'), centre: values.number('centre'), level: values.number('level') };
      if (line.slope < 0) refuseFile('hold a slope >= 0', line.slope);
      return plattCalibration(facts, line);
    },
    [isotonicName]: (facts, _values, tensors) => {
      const [scores, chances] = [listOf(tensors, 'scores'), listOf(tensors, 'chances')];
      if (chances.length !== scores.length) refuseFile(`hold ${scores.length} numbers in 'chances'`, chances.length);
      for (let at = 0; at < scores.length; at += 1) {
        if (at > 0 && !(scores[at]! > scores[at - 1]!)) refuseFile("hold rising numbers in 'scores'", scores[at]);
        const isChance = chances[at]! > 0 && chances[at]! < 1 && chances[at]! >= (chances[at - 1] ?? 0);
        if (!isChance) refuseFile("hold numbers above 0 and below 1 that never fall in 'chances'", chances[at]);
      }
      return isotonicCalibration(facts, { scores, chances });
    },
  };
}

function listOf(tensors: Tensors, name: string): Float64Array {
  const values = Object.hasOwn(tensors, name) ? tensors[name]!.values : undefined;
  if (!(values instanceof Float64Array && values.length > 0)) refuseFile(`hold numbers in a tensor '${name}'`, values);
  return values;
}

/**
 * Puts a calibration into the bytes of one file, which {@link decodeCalibration} reads. The file is in the safetensors format, with a
 * description in JSON and a checksum.
 *
 * @param calibration - From {@link plattScaling}, {@link isotonicScaling} or {@link calibrateChurn}. Stays as it is.
 * @returns The bytes.
 * @throws RangeError for what is no such calibration.
 * @example
 * const scores = Array.from({ length: 400 }, (_, row) => row % 4);
 * const labels = scores.map((score, row) => (row % 5 < score ? 1 : 0));
 * const calibration = await plattScaling(scores, labels, { scorer: 'my model' });
 * const again = await decodeCalibration(await encodeCalibration(calibration));
 * const [one, other] = [await calibration.apply([2.5]), await again.apply([2.5])];
 * one[0] === other[0]; // true
 */
export async function encodeCalibration(calibration: Calibration): Promise<Uint8Array> {
  const { name, scorer, cases, doubts, state } = calibration ?? {};
  if (!Object.hasOwn(readers(), name ?? '') || typeof state !== 'object') {
    refuse('encodeCalibration', 'calibration', 'be one of plattScaling or isotonicScaling', calibration);
  }
  const lists = Object.entries(state.lists).map(([list, values]) => [list, { shape: [values.length], values }]);
  return encodeDocument(format, { name, scorer, cases, doubts, values: state.values }, Object.fromEntries(lists));
}

/**
 * Reads a calibration from the bytes of {@link encodeCalibration}: it gives the same chances to the last bit.
 *
 * The file may come from anybody: nothing in it is run, and damage is found by a checksum.
 *
 * @param bytes - The whole file.
 * @returns The calibration.
 * @throws RangeError when the bytes are no such file, are damaged, or hold what does not fit together.
 * @example
 * const scores = Array.from({ length: 400 }, (_, row) => row % 4);
 * const labels = scores.map((score, row) => (row % 5 < score ? 1 : 0));
 * const bytes = await encodeCalibration(await isotonicScaling(scores, labels, { scorer: 'my model' }));
 * (await decodeCalibration(bytes)).scorer; // 'my model'
 */
export async function decodeCalibration(bytes: Uint8Array): Promise<Calibration> {
  return atFileDoor('decodeCalibration', 'bytes', async () => {
    const { description, tensors } = await decodeDocument(bytes, [format]);
    const facts = {
      name: description.text('name'),
      scorer: description.text('scorer'),
      cases: description.whole('cases', 1, Number.MAX_SAFE_INTEGER),
      doubts: description.texts('doubts'),
    };
    const known = readers();
    if (!Object.hasOwn(known, facts.name)) refuseFile(`hold '${plattName}' or '${isotonicName}'`, facts.name);
    return known[facts.name]!(facts, description.part('values'), tensors);
  });
}
