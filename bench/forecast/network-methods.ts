import '@tensorflow/tfjs-backend-wasm';
import { type ForecastMethod, networkForecast, useBackend } from 'minimart';

/** Networks of both heads, from each of some seeds. */
export async function networkMethods(rows: number, seeds: string): Promise<ForecastMethod[]> {
  await useBackend('wasm');
  return seeds.split(',').flatMap((seed) =>
    (['negativeBinomial', 'quantiles'] as const).map((head) => {
      const method = networkForecast({ head, rows, seed: Number(seed) });
      return { ...method, name: `${method.name}, seed ${seed}` };
    }),
  );
}
