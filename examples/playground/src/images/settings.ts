import { choiceSetting, numberSetting } from '../app/address.js';

/** Backends that the page may run on; `auto` takes what is there. */
export const backends = ['auto', 'webgpu', 'webgl', 'wasm'] as const;
export type BackendChoice = (typeof backends)[number];

/** What the networks learn from. */
export const pictureSets = ['garments', 'three', 'own'] as const;
export type PictureSet = (typeof pictureSets)[number];

/** What a run is made of; each is in the address. */
export const runSettings = {
  backend: choiceSetting<BackendChoice>('auto', backends),
  pictures: choiceSetting<PictureSet>('garments', pictureSets),
  start: choiceSetting<'sketch' | 'nothing'>('sketch', ['sketch', 'nothing']),
  rate: numberSetting(0.002, [0.00001, 1], false),
  penalty: numberSetting(0.5, [0, 10], false),
  seed: numberSetting(7, [0, 999_999]),
  steps: numberSetting(5000, [100, 100_000]),
};

/** The settings of a run. */
export interface RunSettings {
  readonly backend: BackendChoice;
  readonly pictures: PictureSet;
  /** From the shipped networks, which have learnt a little, or from fresh ones. */
  readonly start: 'sketch' | 'nothing';
  readonly rate: number;
  readonly penalty: number;
  readonly seed: number;
  readonly steps: number;
}

/** Pictures a side of the sheet. */
export const sheetSide = 6;

/** Pixels a side of a picture. */
export const pictureSide = 28;

/** Pictures of the row between two others, both ends included. */
export const betweenCount = 9;

/** What the run's checkpoints are kept under: another run has another name. */
export function runName({ pictures, start, rate, penalty, seed }: RunSettings, backend: string, own: string): string {
  return `playground ${[pictures, start, rate, penalty, seed, backend, own].join(' ')}`;
}
