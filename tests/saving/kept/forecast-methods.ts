import { decodeForecastMethod, encodeForecastMethod, forecastSales } from 'minimart';
import { daysOf, first, known, learned, methods } from '../../forecast/saving/learned-methods.js';
import type { DocumentKind } from './documents.js';

/** Every kind of method that has learned, and what it says of the days after those that it learned from, and of a product more. */
export const forecastMethods: Readonly<Record<string, DocumentKind>> = Object.fromEntries(
  Object.keys(methods).map((name): [string, DocumentKind] => [
    `forecast-${name}`,
    {
      make: async () => encodeForecastMethod(await learned(name)),
      use: async (bytes) => {
        const method = await decodeForecastMethod(bytes, known);
        const forecast = await forecastSales(daysOf([...first, 20], 42), { method, horizon: 3 });
        const { means, doubtful } = forecast;
        return { means: Array.from(means), doubtful, high: forecast.quantile('p5', 0.95), name: forecast.method };
      },
    },
  ]),
);
