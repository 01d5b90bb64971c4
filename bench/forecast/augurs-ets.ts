import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type ForecastMethod, seriesForecast } from 'minimart';

interface Augurs {
  readonly default: (options: { module_or_path: BufferSource }) => Promise<unknown>;
  readonly AutoETS: new (
    season: number,
    spec: string,
  ) => {
    fit(series: Float64Array): void;
    predict(horizon: number, level: number): { point: number[]; intervals?: { lower: number[]; upper: number[] } };
    free(): void;
  };
}

/**
 * AutoETS of the npm package `@bsull/augurs` (0.10.2 was measured), whose folder the environment variable AUGURS names; nothing where it does
 * not. Its standard deviation is taken from its interval of 68.27%. A series that it cannot fit is forecast by its mean.
 */
export async function augursEts(): Promise<ForecastMethod | undefined> {
  const folder = process.env.AUGURS;
  if (!folder) return undefined;
  const augurs: Augurs = await import(pathToFileURL(join(folder, 'ets.js')).href);
  await augurs.default({ module_or_path: readFileSync(join(folder, 'ets_bg.wasm')) });
  return seriesForecast(
    (series, horizon) => {
      const model = new augurs.AutoETS(1, 'ZZN');
      try {
        model.fit(series);
        const { point, intervals } = model.predict(horizon, 0.6827);
        const reaches = point.map((mean, step) => (intervals ? intervals.upper[step]! - mean : 0) ** 2);
        if (![...point, ...reaches].every(Number.isFinite)) throw new Error('no numbers');
        return { means: point, variances: reaches };
      } catch {
        const mean = series.reduce((sum, value) => sum + value, 0) / series.length;
        return { means: Array(horizon).fill(mean), variances: Array(horizon).fill(mean ** 2), isTooShort: true };
      } finally {
        model.free();
      }
    },
    { name: 'augurs AutoETS' },
  );
}
