import type { RunSettings } from './settings.js';

/** A way to run, or to break, the game. */
export interface Experiment {
  readonly name: string;
  readonly says: string;
  readonly settings: Partial<Omit<RunSettings, 'backend' | 'seed'>>;
}

/** The run that works. */
export const whole: Experiment = {
  name: 'As it should be',
  says: 'Relativistic loss, both penalties, rate 0.002.',
  settings: { pictures: 'garments', start: 'sketch', rate: 0.002, penalty: 0.5 },
};

/** Three ways to break it. */
export const breaks: readonly Experiment[] = [
  {
    name: 'Rate too high',
    says: 'Thirty times the learning rate, from fresh networks.',
    settings: { pictures: 'garments', start: 'nothing', rate: 0.06, penalty: 0.5 },
  },
  {
    name: 'No penalty',
    says: 'Nothing holds the critic’s slope down, from fresh networks.',
    settings: { pictures: 'garments', start: 'nothing', rate: 0.002, penalty: 0 },
  },
  {
    name: 'Three modes only',
    says: 'Three pictures are all there is to learn from.',
    settings: { pictures: 'three', start: 'nothing', rate: 0.002, penalty: 0.5 },
  },
];
