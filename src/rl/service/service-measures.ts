import type { Interval } from '../../statistics/estimate.js';
import type { InstantPolicy } from '../acting/policy.js';
import { freshSimulationOf, simulationOf } from '../classic/candidate-costs.js';
import { positionModel, type StockProblem, widestOrder } from '../classic/stock-problem.js';
import type { DecisionModel } from '../exact/decision-model.js';
import { evaluateInModel } from '../exact/evaluate-policy.js';
import { measuredModel } from '../inventory/inventory-model.js';
import type { InventoryPeriod } from '../inventory/inventory-rules.js';

/** What a policy does in the long run. */
export interface ServiceMeasures {
  /** Cost per period of stock, orders and waste; nothing for customers who were missed. */
  readonly cost: number;
  /** Share of the demand that is met at once. */
  readonly fillRate: number;
  /** Share of the periods in which nothing is missed. */
  readonly cycleService: number;
}

/** The service that is asked for. */
export interface ServiceTarget {
  readonly of: 'fillRate' | 'cycleService';
  readonly least: number;
}

/** The intervals of measures that were simulated. */
export type ServiceIntervals = { readonly [measure in keyof ServiceMeasures]: Interval };

/** What bestForService finds. */
export interface BestForService extends ServiceMeasures {
  /** The policy itself. */
  readonly policy: InstantPolicy;
  /** 95% intervals of the three measures where they were simulated; missing, by default, where they are exact. */
  readonly intervals?: ServiceIntervals;
  /**
   * The least cost of a unit missed at which optimal policies meet the target, to a hundredth of it; missing, by default, where not all
   * policies were looked at. Who learns a policy can learn it with this.
   */
  readonly penalty?: number;
  /** What no policy that meets the target costs less than; missing, by default, where not all policies were looked at. */
  readonly bound?: number;
}

/** How policies are valued while one is looked for. */
export interface Valuation {
  /** The measure that the target is of; `most` is the largest order. */
  serviceOf(policy: InstantPolicy, most: number): Promise<number>;
  /** Cost per period, penalties left out. */
  costOf(policy: InstantPolicy, most: number): Promise<number>;
  /** The next number to look at of those that grow: every one, or where that takes long some. */
  after(size: number): number;
  /** All of them: simulated on other days than those the policy was chosen by, where they are simulated. */
  measuresOf(policy: InstantPolicy, most: number): Promise<ServiceMeasures & { readonly intervals?: ServiceIntervals }>;
}

/** Values policies by their transitions. */
export function exactValuation(problem: StockProblem, { of }: ServiceTarget): Valuation {
  const measure = async (kind: keyof ServiceMeasures, policy: InstantPolicy, most: number): Promise<number> => {
    const model = problem.waits ? waitingModel(problem, kind) : lostModel(problem, kind, most);
    const { averageReward } = await evaluateInModel(problem.where, model, policy, { signal: problem.signal });
    return kind === 'cost' ? -averageReward : averageReward;
  };
  return {
    serviceOf: (policy, most) => measure(of, policy, most),
    costOf: (policy, most) => measure('cost', policy, most),
    after: (size) => size + 1,
    measuresOf: async (policy, most) => ({
      cost: await measure('cost', policy, most),
      fillRate: await measure('fillRate', policy, most),
      cycleService: await measure('cycleService', policy, most),
    }),
  };
}

/** Values policies by simulation, all on the same days. */
export function simulatedValuation(problem: StockProblem, { of }: ServiceTarget): Valuation {
  const simulation = simulationOf(problem);
  const known = new Map<InstantPolicy, ReturnType<typeof simulation.serviceOf>>();
  const found = (policy: InstantPolicy) => {
    const service = known.get(policy) ?? simulation.serviceOf(policy);
    known.set(policy, service);
    return service;
  };
  return {
    serviceOf: async (policy) => (await found(policy))[of].value,
    costOf: async (policy) => (await found(policy)).cost.value,
    // Near the best size the cost is flat.
    after: (size) => Math.max(size + 1, Math.ceil(1.25 * size)),
    measuresOf: async (policy) => {
      const { cost, fillRate, cycleService } = await freshSimulationOf(problem).serviceOf(policy);
      return {
        ...{ cost: cost.value, fillRate: fillRate.value, cycleService: cycleService.value },
        intervals: { cost: cost.interval, fillRate: fillRate.interval, cycleService: cycleService.interval },
      };
    },
  };
}

function lostModel(
  { options, demand, leastOrder }: StockProblem,
  kind: keyof ServiceMeasures,
  most: number,
): DecisionModel {
  const measures: Record<keyof ServiceMeasures, (period: InventoryPeriod) => number> = {
    cost: ({ cost, short }) => options.penalty * short - cost,
    fillRate: ({ sold }) => sold / demand.mean,
    cycleService: ({ sold, demand: asked }) => (sold < asked ? 0 : 1),
  };
  return measuredModel({ ...options, maxOrder: options.maxOrder ?? Math.max(leastOrder, most) }, measures[kind]);
}

// With y in stock and on order, a period begins with y - D(L) when the order has arrived, and ends with y - D(L + 1): at once is met
// what the positive part loses.
function waitingModel(problem: StockProblem, kind: keyof ServiceMeasures): DecisionModel {
  const { demand, leadTime, options, capacity } = problem;
  const { holding, fixedOrderCost = 0, unitCost = 0 } = options;
  const [before, after] = [leadTime === 0 ? undefined : demand.over(leadTime), demand.over(leadTime + 1)];
  const leftAfter = (level: number) => level - after.mean + after.shortage(level);
  const leftBefore = (level: number) => (before ? level - before.mean + before.shortage(level) : Math.max(level, 0));
  // Nothing is missed where all was met, and where nobody came to an empty shelf.
  const nobody = demand.probabilities![0]!;
  const empty = (level: number) => 1 - (before ? before.cumulative(level) : level >= 0 ? 1 : 0);
  const measures: Record<keyof ServiceMeasures, (order: number, level: number) => number> = {
    cost: (order, level) => -holding * leftAfter(level) - (order > 0 ? fixedOrderCost : 0) - unitCost * order,
    fillRate: (_order, level) => (leftBefore(level) - leftAfter(level)) / demand.mean,
    cycleService: (_order, level) => after.cumulative(level) + nobody * empty(level),
  };
  return positionModel(problem, widestOrder(problem), capacity, measures[kind]);
}
