import type { Finding } from '../gan-observer.js';
import type { Examination } from './examination.js';
import type { DoctorLimits } from './limits.js';
import { conditionIgnored } from './signs/condition-ignored.js';
import { discriminatorSaturated } from './signs/discriminator-saturated.js';
import { generatorCollapsed } from './signs/generator-collapsed.js';
import { learningRateTooHigh } from './signs/learning-rate-too-high.js';
import { memorising } from './signs/memorising.js';
import type { Sign } from './signs/sign.js';
import { unstableGame } from './signs/unstable-game.js';
import { weightsStandStill } from './signs/weights-stand-still.js';
import { wrongDataRange } from './signs/wrong-data-range.js';

/** When signs count. */
export interface Patience {
  /** Steps before which a fresh generator is not blamed for what it draws. */
  readonly warmUp: number;
  /** Examinations in a row that must show a sign. */
  readonly persistence: number;
}

/**
 * The first cause that explains what is seen, or undefined.
 *
 * One is told, not all, because one causes the other: data out of reach or too long steps saturate the discriminator, a
 * saturated discriminator leaves the generator collapsed, and a collapsed generator ignores its conditions.
 */
export function diagnose(
  examinations: readonly Examination[],
  limits: DoctorLimits,
  { warmUp, persistence }: Patience,
): Finding | undefined {
  const last = examinations.slice(-1);
  const recent = examinations.slice(-persistence);
  const isReady = recent.length === persistence && recent[0]!.step >= warmUp;
  const atOnce: readonly Sign[] = [wrongDataRange, weightsStandStill, learningRateTooHigh];
  const lasting: readonly Sign[] = [
    unstableGame,
    memorising,
    discriminatorSaturated,
    generatorCollapsed,
    conditionIgnored,
  ];
  const early = last.length > 0 ? firstOf(atOnce, last, limits) : undefined;
  return early ?? (isReady ? firstOf(lasting, recent, limits) : undefined);
}

function firstOf(signs: readonly Sign[], recent: readonly Examination[], limits: DoctorLimits): Finding | undefined {
  for (const sign of signs) {
    const finding = sign(recent, limits);
    if (finding) return finding;
  }
  return undefined;
}
