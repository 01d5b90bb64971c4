/** Every order of the candidates in which none stands before one with a higher score. */
export function fairOrders(scores: readonly number[]): number[][] {
  const orders: number[][] = [];
  const extend = (order: number[], left: readonly number[]) => {
    if (left.length === 0) orders.push(order);
    const best = Math.max(...left.map((candidate) => scores[candidate]!));
    for (const next of left.filter((candidate) => scores[candidate] === best)) {
      extend(
        [...order, next],
        left.filter((candidate) => candidate !== next),
      );
    }
  };
  extend([], [...scores.keys()]);
  return orders;
}

/** The metrics of one order, each from its definition: `relevant[p]` says whether place p + 1 holds a relevant item. */
export function metricsOfOrder(relevant: readonly boolean[], k: number): Record<string, number> {
  const all = relevant.filter(Boolean).length;
  const top = relevant.slice(0, k);
  const found = top.filter(Boolean).length;
  const gain = (flags: readonly boolean[]) =>
    flags.reduce((sum, flag, at) => sum + (flag ? 1 / Math.log2(at + 2) : 0), 0);
  const ideal = Array.from({ length: k }, (_, at) => at < all);
  const precisionAt = (length: number) => relevant.slice(0, length).filter(Boolean).length / length;
  const others = relevant.length - all;
  const won = relevant.map((flag, at) => (flag ? relevant.slice(at).filter((each) => !each).length : 0));
  return {
    hitRate: found > 0 ? 1 : 0,
    ndcg: gain(top) / gain(ideal),
    reciprocalRank: 1 / (relevant.indexOf(true) + 1),
    recall: found / all,
    cappedRecall: found / Math.min(k, all),
    precision: found / k,
    averagePrecision: top.reduce((sum, flag, at) => sum + (flag ? precisionAt(at + 1) : 0), 0) / Math.min(k, all),
    auc: won.reduce((sum, each) => sum + each, 0) / (all * others),
  };
}

/** The mean of each metric over all fair orders. */
export function expectedMetrics(
  scores: readonly number[],
  relevant: readonly boolean[],
  k: number,
): Record<string, number> {
  const orders = fairOrders(scores);
  const sums: Record<string, number> = {};
  for (const order of orders) {
    const metrics = metricsOfOrder(
      order.map((candidate) => relevant[candidate]!),
      k,
    );
    for (const [name, value] of Object.entries(metrics)) sums[name] = (sums[name] ?? 0) + value / orders.length;
  }
  return sums;
}
