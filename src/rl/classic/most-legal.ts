/** The order, or the largest legal one below it. */
export function mostLegal(order: number, actionMask: Uint8Array | undefined): number {
  if (!actionMask) return order;
  let legal = Math.min(order, actionMask.length - 1);
  while (legal > 0 && !actionMask[legal]) legal -= 1;
  return legal;
}
