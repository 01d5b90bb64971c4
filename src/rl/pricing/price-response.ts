import { requireBetween } from '../../internal/require.js';
import type { PriceResponse } from './pricing-options.js';

/** Options of {@link constantElasticity}. */
export interface ConstantElasticityOptions {
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
}

/**
 * Demand that answers to percentages.
 *
 *     mean = units (price / at)^-elasticity (competitor / at)^cross max(0, 1 + effect (reference - price) / reference)
 *
 * @returns The response, for {@link pricing}.
 * @throws RangeError when an option is out of range.
 * @see Talluri and van Ryzin, "The Theory and Practice of Revenue Management" (2004)
 * @example
 * const demand = constantElasticity({ units: 100, at: 10, elasticity: 2 });
 * demand(20, { period: 0 }); // 25
 */
export function constantElasticity(options: ConstantElasticityOptions): PriceResponse {
  const { units, at, elasticity, crossElasticity = 0, referenceEffect = 0 } = options;
  const where = 'constantElasticity';
  requireBetween(where, 'units', units, Number.MIN_VALUE, Number.POSITIVE_INFINITY);
  requireBetween(where, 'at', at, Number.MIN_VALUE, Number.POSITIVE_INFINITY);
  requireBetween(where, 'elasticity', elasticity, 0, Number.POSITIVE_INFINITY);
  requireBetween(where, 'crossElasticity', crossElasticity, 0, Number.POSITIVE_INFINITY);
  requireBetween(where, 'referenceEffect', referenceEffect, 0, Number.POSITIVE_INFINITY);
  return (price, { competitor = at, reference = price }) => {
    const surprise = reference > 0 ? Math.max(0, 1 + (referenceEffect * (reference - price)) / reference) : 1;
    return units * (price / at) ** -elasticity * (competitor / at) ** crossElasticity * surprise;
  };
}

/** Options of {@link logitResponse}. */
export interface LogitResponseOptions {
  /** Mean customers in a period, > 0. */
  readonly customers: number;
  /** Price at which half of them buy, where no competitor sells. */
  readonly middle: number;
  /** How much a unit of price turns them away, > 0. */
  readonly sensitivity: number;
}

/**
 * Demand of customers who each choose between this offer, the competitors' and none.
 *
 *     mean = customers w(price) / (1 + w(price) + w(competitor)),  w(p) = exp(sensitivity (middle - p))
 *
 * @returns The response, for {@link pricing}.
 * @throws RangeError when an option is out of range.
 * @see McFadden, "Conditional Logit Analysis of Qualitative Choice Behavior" (1974)
 * @example
 * logitResponse({ customers: 8, middle: 10, sensitivity: 0.5 })(10, { period: 0 }); // 4
 */
export function logitResponse(options: LogitResponseOptions): PriceResponse {
  const { customers, middle, sensitivity } = options;
  requireBetween('logitResponse', 'customers', customers, Number.MIN_VALUE, Number.POSITIVE_INFINITY);
  requireBetween('logitResponse', 'middle', middle, -Number.MAX_VALUE, Number.MAX_VALUE);
  requireBetween('logitResponse', 'sensitivity', sensitivity, Number.MIN_VALUE, Number.POSITIVE_INFINITY);
  const weight = (price: number) => Math.exp(sensitivity * (middle - price));
  return (price, { competitor = Number.POSITIVE_INFINITY }) =>
    (customers * weight(price)) / (1 + weight(price) + weight(competitor));
}
