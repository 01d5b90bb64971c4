import { type Estimate, studentInterval } from '../../statistics/estimate.js';
import { shrinkToCommon } from './common-elasticity.js';
import type { ListPrices } from './list-prices.js';
import { fitPrices, type PriceFit, type PriceProblem } from './price-model.js';
import type { PriceVerdict, ProductPriceResponse } from './price-responses.js';

/** What the days of one product say, before others are looked at. */
export interface RawResponse extends Omit<ProductPriceResponse, 'verdict' | 'elasticity'> {
  /** Why it cannot be told. */
  readonly doubt?: PriceVerdict;
  /** Standard error of `own`. */
  readonly error?: number;
}

/** What all products share. */
interface Record extends Pick<PriceProblem, 'demand' | 'shopLines' | 'promoted'> {
  readonly lists: readonly (ListPrices | undefined)[];
}

const fewestLines = 30;
const fewestSpan = 56;
const mostDiffering = 0.2;

/** Looks at one product; `rivals` are those whose prices may move its demand. */
export async function respond(
  { demand, lists, shopLines, promoted }: Record,
  product: number,
  rivals: readonly number[],
  pause: () => Promise<void>,
): Promise<RawResponse> {
  const own = lists[product];
  const id = (place: number) => demand.products.idAt(place)!;
  // What the price of another does that never changed, nobody knows.
  const others = rivals.flatMap((other) => {
    const prices = lists[other];
    return prices && prices.turns.length > 0 ? [{ product: other, prices }] : [];
  });
  const doubt = doubtOf(own, demand.sizes[product]!.length);
  const isFitted = own !== undefined && (doubt === undefined || doubt === 'several prices a day');
  const fit = isFitted ? await fitPrices({ demand, shopLines, promoted, product, own, others }, pause) : undefined;
  const why = doubt ?? (fit ? undefined : 'no answer');
  const named = others.map((other) => id(other.product));
  return { product: id(product), ...listedIn(own), ...(why && { doubt: why }), ...foundIn(fit, named) };
}

/** Gives every product its verdict, and draws those that can be told to what they have in common. */
export function settle(raw: readonly RawResponse[]): ProductPriceResponse[] {
  const told = raw.filter(({ doubt, own }) => doubt === undefined && own !== undefined);
  const shrunk = shrinkToCommon(
    told.map(({ own }) => own!),
    told.map(({ error }) => error!),
  );
  return raw.map(({ doubt, error: _, ...response }) => {
    const place = told.findIndex(({ product }) => product === response.product);
    const elasticity = place < 0 ? response.own : shrunk[place]!;
    return { ...response, verdict: doubt ?? verdictOf(elasticity!), ...(elasticity && { elasticity }) };
  });
}

function verdictOf({ interval: [low, high] }: Required<Estimate>): PriceVerdict {
  return low > 0 ? 'falls with the price' : high < 0 ? 'rises with the price' : 'not told from 0';
}

function doubtOf(own: ListPrices | undefined, lines: number): PriceVerdict | undefined {
  if (!own || lines < fewestLines || own.last - own.first + 1 < fewestSpan) return 'too few sales';
  if (own.turns.length < 2) return own.turns.length === 0 ? 'price never changed' : 'price changed once';
  return own.differing > mostDiffering ? 'several prices a day' : undefined;
}

function listedIn(own: ListPrices | undefined) {
  if (!own) return { prices: [], changes: 0 };
  const { prices, first, last, turns } = own;
  const different = [...new Set(prices.subarray(first, last + 1))].sort((one, other) => one - other);
  return { prices: different, price: prices[last]!, changes: turns.length };
}

function foundIn(
  fit: PriceFit | undefined,
  others: readonly string[],
): Pick<RawResponse, 'own' | 'error' | 'cross' | 'uplift' | 'units'> {
  if (!fit) return { cross: [] };
  const { places, units, regression } = fit;
  const estimate = (place: number, sign: 1 | -1 = 1): Required<Estimate> => {
    const value = sign * regression.weights[place]!;
    return { value, interval: studentInterval(value, regression.errors[place]!, regression.freedom) };
  };
  return {
    own: estimate(places.own, -1),
    error: regression.errors[places.own]!,
    cross: others.flatMap((product, other) => {
      const place = places.others[other]!;
      return place < 0 ? [] : [{ product, elasticity: estimate(place) }];
    }),
    ...(places.promoted >= 0 && { uplift: factorOf(estimate(places.promoted)) }),
    units,
  };
}

function factorOf({ value, interval: [low, high] }: Required<Estimate>): Required<Estimate> {
  return { value: Math.exp(value), interval: [Math.exp(low), Math.exp(high)] };
}
