import type { Id } from '../../data/vocabulary.js';
import { type OptionNames, requireGivenOptions } from '../../internal/options.js';
import { refuse, requireEachId, requireFlag, requireIds } from '../../internal/require.js';
import type { JointPricing } from '../../rl/pricing/joint-pricing.js';
import { type JointPriceProblemOptions, type ProductPriceResponse, pricesOf } from './price-responses.js';

const names: OptionNames<JointPriceProblemOptions> = { unitCosts: true, prices: true, unsure: true };
const where = 'pricingTogether';

/** Makes the problem of pricing several products together. */
export function pricingTogetherOf(
  of: (product: Id) => ProductPriceResponse,
  ids: readonly Id[],
  options: JointPriceProblemOptions = {},
): JointPricing {
  requireGivenOptions(where, options, names);
  const { unitCosts, prices, unsure = false } = options;
  requireIds(where, 'products', ids);
  requireEachId(where, 'products', ids);
  if (ids.length === 0 || new Set(ids.map(String)).size < ids.length) {
    refuse(where, 'products', 'name products, each once', ids);
  }
  requireFlag(where, 'unsure', unsure);
  requireAsMany('unitCosts', unitCosts, ids.length);
  requireAsMany('prices', prices, ids.length);
  const responses = ids.map(of);
  const products = responses.map((response, place) => {
    const given = { ...(unitCosts && { unitCost: unitCosts[place]! }), ...(prices && { prices: prices[place]! }) };
    const { list, unitCost, units, at, elasticity } = pricesOf(where, response, given);
    return { name: response.product, units, at, elasticity, unitCost, prices: list };
  });
  return {
    products,
    crossElasticities: responses.map((one) => responses.map((other) => effectOf(one, other, unsure))),
  };
}

function effectOf({ cross }: ProductPriceResponse, { product }: ProductPriceResponse, unsure: boolean): number {
  const found = cross.find((each) => each.product === product)?.elasticity;
  if (!found) return 0;
  const [low, high] = found.interval;
  return unsure || low > 0 || high < 0 ? found.value : 0;
}

function requireAsMany(name: string, list: unknown, count: number): void {
  if (list === undefined || (Array.isArray(list) && list.length === count)) return;
  refuse(where, name, `be an array of ${count}, as many as products`, list);
}
