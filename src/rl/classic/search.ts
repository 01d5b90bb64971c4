/** Remembers what was worked out for whole numbers. */
export function remembered(costAt: (level: number) => Promise<number>): (level: number) => Promise<number> {
  const known = new Map<number, number>();
  return async (level) => {
    const cost = known.get(level) ?? (await costAt(level));
    known.set(level, cost);
    return cost;
  };
}

/** What a search found. */
export interface Found {
  readonly level: number;
  readonly cost: number;
}

/** Goes up or down from `start` while the cost falls: right where it has one minimum, and nowhere else. */
export async function descend(costAt: (level: number) => Promise<number>, start: number, most: number): Promise<Found> {
  let level = Math.min(start, most);
  const toward = level < most && (await costAt(level + 1)) < (await costAt(level)) ? 1 : -1;
  while (level + toward >= 0 && level + toward <= most && (await costAt(level + toward)) < (await costAt(level))) {
    level += toward;
  }
  return { level, cost: await costAt(level) };
}

/** Looks at every level from 0 on until `isOver` says that no higher one can be better than the best so far. */
export async function scan(
  costAt: (level: number) => Promise<number>,
  isOver: (level: number, best: Found) => boolean,
): Promise<Found> {
  let best: Found = { level: 0, cost: await costAt(0) };
  for (let level = 1; !isOver(level, best); level += 1) {
    const cost = await costAt(level);
    if (cost < best.cost) best = { level, cost };
  }
  return best;
}

/** By thirds, on levels from `low` to `high`: right where the cost has one minimum. */
export async function thirds(costAt: (level: number) => Promise<number>, low: number, high: number): Promise<Found> {
  let [from, to] = [low, high];
  while (to - from > 2) {
    const third = Math.max(1, Math.floor((to - from) / 3));
    if ((await costAt(from + third)) <= (await costAt(to - third))) to -= third;
    else from += third;
  }
  return leastOf(costAt, from, to, 1);
}

/** On a grid of about 40 levels first, then between the neighbours of the best, finer each time. */
export async function refine(costAt: (level: number) => Promise<number>, low: number, high: number): Promise<Found> {
  let step = Math.max(1, Math.ceil((high - low) / 40));
  let best = await leastOf(costAt, low, high, step);
  while (step > 1) {
    const [from, to] = [Math.max(low, best.level - step), Math.min(high, best.level + step)];
    step = Math.max(1, Math.ceil((to - from) / 10));
    const finer = await leastOf(costAt, from, to, step);
    if (finer.cost < best.cost) best = finer;
  }
  return best;
}

async function leastOf(
  costAt: (level: number) => Promise<number>,
  low: number,
  high: number,
  step: number,
): Promise<Found> {
  let best: Found = { level: low, cost: await costAt(low) };
  for (let level = low + step; level <= high; level += step) {
    const cost = await costAt(level);
    if (cost < best.cost) best = { level, cost };
  }
  return best;
}
