import { slice, type Tensor, type Tensor2D, tensor, tidy } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { type ArrayData, createRng, interpolateLatents, latentNoise } from 'minimart';
import { recipe } from '../recipe.js';
import type { Drawing, Sheet } from '../services.js';
import { betweenCount, sheetSide } from '../settings.js';
import { layOut } from './sheet.js';

const count = sheetSide * sheetSide;

/** Draws from the same noise each time, so that drawings of two moments can be compared. */
export interface Painter {
  /** Which two pictures the row leads between. */
  ends: readonly [from: number, to: number];
  /** Real pictures, which the critic scores too from then on. */
  compareWith(real: ArrayData): void;
  draw(step: number): Promise<Drawing>;
  /** The row alone. */
  drawRow(): Promise<Sheet>;
  dispose(): void;
}

/** A painter for a generator. The critic's scores are given as they are. */
export function createPainter(generator: LayersModel, discriminator: LayersModel, channels: 1 | 3): Painter {
  const noise = latentNoise(createRng(1), [count, recipe.latentSize]) as Tensor2D;
  let real: Tensor | undefined;
  const painter: Painter = {
    ends: [0, count - 1],
    compareWith: ({ values, shape }) => {
      real?.dispose();
      real = tensor(values as Float32Array, [...shape]);
    },
    draw: async (step) => {
      const drawn = tidy(() => {
        const pictures = generator.predict(noise) as Tensor;
        const row = generator.predict(between(noise, painter.ends)) as Tensor;
        const score = (each: Tensor) => discriminator.predict(each) as Tensor;
        return [pictures, row, score(pictures), ...(real ? [score(real)] : [])];
      });
      const [pictures, row, scores, realScores = []] = await readAll(drawn);
      return {
        step,
        sheet: layOut(pictures!, channels, sheetSide),
        between: layOut(row!, channels, betweenCount),
        scores: Array.from(scores!),
        realScores: Array.from(realScores),
      };
    },
    drawRow: async () => {
      const [row] = await readAll([tidy(() => generator.predict(between(noise, painter.ends)) as Tensor)]);
      return layOut(row!, channels, betweenCount);
    },
    dispose: () => {
      noise.dispose();
      real?.dispose();
    },
  };
  return painter;
}

/** Values of tensors, which are disposed. */
export async function readAll(tensors: readonly Tensor[]): Promise<readonly Float32Array[]> {
  const values = await Promise.all(tensors.map((each) => each.data<'float32'>()));
  for (const each of tensors) each.dispose();
  return values;
}

function between(noise: Tensor2D, [from, to]: readonly [number, number]): Tensor2D {
  const end = (index: number) => slice(noise, [index, 0], [1, recipe.latentSize]);
  return interpolateLatents(end(from), end(to), { steps: betweenCount });
}
