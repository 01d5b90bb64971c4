// A model that has more is too large for every solver here, and more orders under way are too many to be looked at.
const mostTransitions = 2 ** 26;
const mostWork = 2 ** 20;

/**
 * Counts the transitions of a model in which goods last and unmet demand is lost, without writing it out: exactly, or as far as
 * the count comes before it is too large for any solver.
 *
 * In each state `x_l + ... + x_(L-1) + order <= bounds[l]`, so orders of k periods in a row sum to at most `bounds[L + 1 - k]`.
 * What is on order and keeps to that can be reached with every stock that keeps to `bounds[0]`, because on days without demand
 * nothing is sold. An order then leads to one state for each demand below the stock, and one for all others.
 *
 * @param bounds - `[L + 1]`, falling.
 * @param demands - Probabilities of 0, 1, 2 and so on.
 * @returns Nothing where there is demand in every period: not every stock can then be reached.
 */
export function countTransitions(bounds: readonly number[], demands: Float64Array): number | undefined {
  if (!(demands[0]! > 0)) return undefined;
  const leadTime = bounds.length - 1;
  const followers = followersUpTo(demands, bounds[0]!, leadTime === 0);
  let count = 0;
  let work = 0;
  const orders: number[] = [];
  const visit = (): void => {
    if (count > mostTransitions || work > mostWork) return;
    if (orders.length < leadTime - 1) {
      const most = roomFor(bounds, orders, leadTime);
      for (let order = 0; order <= most; order += 1) {
        orders.push(order);
        visit();
        orders.pop();
      }
      return;
    }
    work += leadTime;
    const under = orders.reduce((sum, order) => sum + order, 0);
    for (let order = roomFor(bounds, orders, leadTime); order >= 0; order -= 1) {
      const room = bounds[0]! - under - order;
      if (room >= 0) count += followers[room]!;
    }
  };
  if (leadTime > 0) visit();
  else count = followers[bounds[0]!]!;
  return count;
}

// Of orders in a row the sums that end with the next one are bound: of k orders by bounds[L + 1 - k], k <= L.
function roomFor(bounds: readonly number[], orders: readonly number[], leadTime: number): number {
  let room = bounds[leadTime]!;
  let sum = 0;
  for (let back = 1; back <= orders.length; back += 1) {
    sum += orders[orders.length - back]!;
    room = Math.min(room, bounds[leadTime - back]! - sum);
  }
  return room;
}

// For each m the sum, over the stocks 0 to m, of the states that follow. Where orders arrive at once, each stock up to which
// is ordered counts for all that may have been there before.
function followersUpTo(demands: Float64Array, most: number, atOnce: boolean): Float64Array {
  const sums = new Float64Array(most + 1);
  let below = 0;
  let sum = 0;
  for (let stock = 0; stock <= most; stock += 1) {
    const isMore = stock < demands.length;
    sum += (below + (isMore ? 1 : 0)) * (atOnce ? stock + 1 : 1);
    sums[stock] = sum;
    if (isMore && demands[stock]! > 0) below += 1;
  }
  return sums;
}
