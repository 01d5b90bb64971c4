import { refuse, requireFilled } from '../../internal/require.js';
import { baseStockPolicy } from '../../rl/classic/base-stock-policy.js';
import { refine, remembered } from '../../rl/classic/search.js';
import { createReplay, type LearnPolicy, type Replay, type StockRules } from './replay-costs.js';

/** The base-stock level that costs least per day on some series, each replayed from an empty stock. */
export function learnBaseStock(where: string, stock: StockRules, pause: () => Promise<void>): LearnPolicy {
  const { leadTime = 0, capacity = Number.POSITIVE_INFINITY, packSize = 1, minimumOrder = 1 } = stock;
  return async (series) => {
    const replays = series.map((demand) => longEnough(where, createReplay(where, 'sources', demand, stock, pause)));
    requireFilled(where, 'sources', replays);
    const cost = async (level: number) => {
      const policy = baseStockPolicy({ level });
      let [sum, days] = [0, 0];
      for (const replay of replays) {
        const costs = await replay.costs(policy);
        for (const each of costs) sum += each;
        days += costs.length;
      }
      return sum / days;
    };
    // More than is asked for until the next order arrives is never sold; packs may leave less than the level.
    const lot = packSize * Math.ceil(minimumOrder / packSize) - 1;
    const most = lot + Math.ceil(Math.max(...series.map((demand) => largestSum(demand, leadTime + 1))));
    const { level } = await refine(remembered(cost), 0, Math.min(most, capacity));
    return baseStockPolicy({ level });
  };
}

function longEnough(where: string, replay: Replay): Replay {
  if (replay.days <= 0)
    refuse(where, 'sources', `hold series of more than ${replay.warmUp} days`, replay.days + replay.warmUp);
  return replay;
}

function largestSum(demand: readonly number[], days: number): number {
  let [sum, most] = [0, 0];
  for (let day = 0; day < demand.length; day += 1) {
    sum += demand[day]! - (day >= days ? demand[day - days]! : 0);
    most = Math.max(most, sum);
  }
  return most;
}
