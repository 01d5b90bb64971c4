import type { PlotOptions } from '@observablehq/plot';
import { useMemo } from 'preact/hooks';
import { Fields, Select } from '../app/field.js';
import { Note } from '../app/note.js';
import { useAsk } from '../app/use-ask.js';
import { Bars } from '../charts/bars.js';
import { PlotFigure, type PlotLibrary } from '../charts/plot-figure.js';
import type { PartProps } from './part.js';
import type { ProductForecast } from './services.js';
import { forecastMethods } from './settings.js';

const names: Readonly<Record<(typeof forecastMethods)[number], string>> = {
  ets: 'exponential smoothing',
  tsb: 'TSB, for what sells now and then',
  mean: 'mean of all weeks',
  naive: 'as last week',
};

/** What a product will sell, and which method is any good. */
export function ForecastPart({ link, shop, settings, onChange }: PartProps) {
  const product = shop.productIds.includes(settings.product) ? settings.product : (shop.productIds[0] ?? '');
  const asked = useAsk(link, 'forecast', { product, method: settings.method });
  const judged = useAsk(link, 'judgeForecast', null);
  return (
    <section class="card" aria-labelledby="forecast-title">
      <h2 id="forecast-title">What will sell?</h2>
      <div class="pair">
        <div>
          <Fields>
            <Select
              label="Product"
              value={product}
              options={shop.productIds.map((id) => ({ value: id, label: id }))}
              onChange={(id) => onChange({ product: id })}
            />
            <Select
              label="Method"
              value={settings.method}
              options={forecastMethods.map((method) => ({ value: method, label: names[method] }))}
              onChange={(method) => onChange({ method: method as (typeof forecastMethods)[number] })}
            />
          </Fields>
          {asked.answer && <WeekChart product={product} forecast={asked.answer} />}
          <Note of={asked} busy="Counting weeks …" />
        </div>
        <div>
          {judged.answer && (
            <>
              <Bars
                title="How far off on past weeks"
                bars={judged.answer.bars}
                axis="scaled error (MASE); lower is better"
              />
              <p class="small">
                {judged.answer.products} products, four times four weeks ahead, with 95% intervals. “zero” forecasts
                nothing at all. {verdict(judged.answer.bars)}
              </p>
            </>
          )}
          <Note of={judged} busy="Trying methods on past weeks …" />
        </div>
      </div>
    </section>
  );
}

function WeekChart({
  product,
  forecast: { sold, expected },
}: {
  readonly product: string;
  readonly forecast: ProductForecast;
}) {
  const options = useMemo(
    () =>
      (plot: PlotLibrary): PlotOptions => ({
        marginLeft: 40,
        marginTop: 10,
        x: { label: null, type: 'utc', ticks: 4 },
        y: { label: 'pieces a week', ticks: 4, zero: true },
        marks: [
          plot.line(sold.slice(-80), { x: 'week', y: 'pieces', stroke: 'var(--chart-1)', strokeWidth: 1.5 }),
          plot.areaY(expected, { x: 'week', y1: 'low', y2: 'high', fill: 'var(--chart-2)', fillOpacity: 0.25 }),
          plot.line(expected, { x: 'week', y: 'mean', stroke: 'var(--chart-2)', strokeWidth: 2 }),
          plot.ruleY([0]),
        ],
      }),
    [sold, expected],
  );
  const first = expected[0];
  const summary = first
    ? `Next week ${first.mean.toFixed(1)} pieces are expected; four times in five it should be ${first.low.toFixed(0)} to ${first.high.toFixed(0)}.`
    : '';
  return (
    <>
      <PlotFigure title={`${product}: sold, and expected`} summary={summary} height={220} options={options} />
      <p class="small">{summary}</p>
    </>
  );
}

function verdict(
  bars: readonly { readonly name: string; readonly value: number; readonly low: number; readonly high: number }[],
): string {
  const best = bars.reduce((a, b) => (b.value < a.value ? b : a));
  const near = bars.filter((bar) => bar !== best && bar.low <= best.high).map(({ name }) => `“${name}”`);
  const others = near.length > 0 ? `; these intervals do not tell it from ${near.join(', ')}` : '';
  return `The smallest error is that of “${best.name}”${others}.`;
}
