import type { Policy } from 'minimart';
import type { PolicyMap, Problem } from '../services.js';

/** What a policy orders for each stock, and each quantity that comes the day after; nothing else is under way. */
export async function mapOf(policy: Policy, { demand, leadTime }: Problem, cost: number): Promise<PolicyMap> {
  const mostStock = Math.ceil(demand * (leadTime + 2));
  const mostUnderWay = leadTime > 1 ? Math.ceil(2 * demand) : 0;
  const orders: number[][] = [];
  for (let underWay = 0; underWay <= mostUnderWay; underWay += 1) {
    const row: number[] = [];
    for (let stock = 0; stock <= mostStock; stock += 1) {
      const state = new Float32Array(Math.max(1, leadTime));
      state[0] = stock;
      if (leadTime > 1) state[1] = underWay;
      row.push(await policy.act(state));
    }
    orders.push(row);
  }
  return { name: policy.name, cost, orders };
}
