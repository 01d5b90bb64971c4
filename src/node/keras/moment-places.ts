import type { SafetensorInput } from '../../data/safetensors/encode-safetensors.js';

/** Where the moment of a tensor stands in what an optimizer remembers. */
interface MomentPlace {
  /** The tensor, `table/…` or `weights/…`. */
  readonly name: string;
  readonly moment: 'm' | 'v';
  /** Its name in the state of a step. */
  readonly from: string;
  readonly start: number;
  readonly length: number;
  /** Length of all that stands under that name. */
  readonly whole: number;
}

/** Tables have moments of their own; those of dense weights stand one behind the other, in the order of `tensors`. */
export function momentPlaces(tensors: Readonly<Record<string, SafetensorInput>>): MomentPlace[] {
  const isTable = (name: string) => name.startsWith('table/');
  const dense = Object.entries(tensors).filter(([name]) => !isTable(name));
  const denseLength = dense.reduce((sum, [, { values }]) => sum + values.length, 0);
  const places: MomentPlace[] = [];
  let place = 0;
  for (const [name, { values }] of Object.entries(tensors)) {
    const { length } = values;
    const from = isTable(name) ? name.slice('table/'.length) : 'dense';
    const [start, whole] = isTable(name) ? [0, length] : [place, denseLength];
    if (!isTable(name)) place += length;
    for (const moment of ['m', 'v'] as const)
      places.push({ name, moment, from: `${from}/${moment}`, start, length, whole });
  }
  return places;
}
