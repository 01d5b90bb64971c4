import { requireOptions } from '../../internal/options.js';
import { refuse, requireFinite, requireNonNegative, requirePositive } from '../../internal/require.js';
import type { PriceResponse } from './pricing-options.js';

/**
 * Demand that answers to percentages.
 *
 *     mean = units (price / at)^-elasticity (competitor / at)^cross max(0, 1 + effect (reference - price) / reference)
 *
 * @returns The response, for {@link pricingEnvironment}.
 * @throws RangeError when an option is out of range.
 * @see Talluri and van Ryzin, "The Theory and Practice of Revenue Management" (2004)
 * @example
 * const demand = constantElasticityResponse({ units: 100, at: 10, elasticity: 2 });
 * demand(20, { period: 0 }); // 25
 */
export function constantElasticityResponse(options: {
  /** Mean units in a period at the price `at`, > 0. */
  readonly units: number;
  /** The price at which that many are sold, > 0. */
  readonly at: number;
  /** By how many percent demand falls when the price rises by one, >= 0. */
  readonly elasticity: number;
  /** By how many percent demand rises when the competitors' price does by one, >= 0. Default 0. */
  readonly crossElasticity?: number;
  /** By how many percent demand falls for each percent above the remembered prices, and rises below, >= 0. Default 0. */
  readonly referenceEffect?: number;
}): PriceResponse {
  const where = 'constantElasticityResponse';
  requireOptions(where, options, {
    units: true,
    at: true,
    elasticity: true,
    crossElasticity: true,
    referenceEffect: true,
  });
  const { units, at, elasticity, crossElasticity = 0, referenceEffect = 0 } = options ?? {};
  requirePositive(where, 'units', units);
  requirePositive(where, 'at', at);
  requireNonNegative(where, 'elasticity', elasticity);
  requireNonNegative(where, 'crossElasticity', crossElasticity);
  requireNonNegative(where, 'referenceEffect', referenceEffect);
  return (price, { competitor = at, reference = price }) => {
    // At a price of nothing demand would be without end.
    if (!(price > 0) && elasticity > 0) refuse(where, 'price', 'be above 0', price);
    const surprise = reference > 0 ? Math.max(0, 1 + (referenceEffect * (reference - price)) / reference) : 1;
    return units * (price / at) ** -elasticity * (competitor / at) ** crossElasticity * surprise;
  };
}

/**
 * Demand of customers who each choose between this offer, the competitors' and none.
 *
 *     mean = customers w(price) / (1 + w(price) + w(competitor)),  w(p) = exp(sensitivity (middle - p))
 *
 * @returns The response, for {@link pricingEnvironment}.
 * @throws RangeError when an option is out of range.
 * @see McFadden, "Conditional Logit Analysis of Qualitative Choice Behavior" (1974)
 * @example
 * logitResponse({ customers: 8, middle: 10, sensitivity: 0.5 })(10, { period: 0 }); // 4
 */
export function logitResponse(options: {
  /** Mean customers in a period, > 0. */
  readonly customers: number;
  /** Price at which half of them buy, where no competitor sells. */
  readonly middle: number;
  /** How much a unit of price turns them away, > 0. */
  readonly sensitivity: number;
}): PriceResponse {
  requireOptions('logitResponse', options, { customers: true, middle: true, sensitivity: true });
  const { customers, middle, sensitivity } = options ?? {};
  requirePositive('logitResponse', 'customers', customers);
  requireFinite('logitResponse', 'middle', middle);
  requirePositive('logitResponse', 'sensitivity', sensitivity);
  const exponent = (price: number) => Math.max(-1e300, Math.min(1e300, sensitivity * (middle - price)));
  return (price, { competitor = Number.POSITIVE_INFINITY }) => {
    const [own, theirs] = [exponent(price), exponent(competitor)];
    // Divided by the largest of the three, so that none overflows.
    const largest = Math.max(0, own, theirs);
    const weight = (power: number) => Math.exp(power - largest);
    return (customers * weight(own)) / (weight(0) + weight(own) + weight(theirs));
  };
}
