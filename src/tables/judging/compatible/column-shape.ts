import { sortInParts } from '../../../internal/sort-in-parts.js';
import type { Both, Cells, ComparedColumn } from './compared-columns.js';

type Pause = () => Promise<void>;

/** How alike one column is: 1 less the distance of two distributions, of what is not missing. */
export async function columnShape({ numbers, cells }: ComparedColumn, pause: Pause): Promise<number> {
  return numbers ? 1 - (await kolmogorovSmirnov(numbers, pause)) : Math.max(0, 1 - totalVariation(cells!));
}

/** The farthest that two cumulative distributions are from each other. */
async function kolmogorovSmirnov(numbers: Both<Float64Array>, pause: Pause): Promise<number> {
  const [real, virtual] = [await sorted(numbers.real, pause), await sorted(numbers.virtual, pause)];
  let [distance, ofReal, ofVirtual] = [0, 0, 0];
  for (let step = 0; ofReal < real.length && ofVirtual < virtual.length; step += 1) {
    const value = Math.min(real[ofReal]!, virtual[ofVirtual]!);
    while (real[ofReal] === value) ofReal += 1;
    while (virtual[ofVirtual] === value) ofVirtual += 1;
    distance = Math.max(distance, Math.abs(ofReal / real.length - ofVirtual / virtual.length));
    if (step % 2 ** 14 === 0) await pause();
  }
  return distance;
}

async function sorted(numbers: Float64Array, pause: Pause): Promise<Float64Array> {
  const present = numbers.filter((number) => !Number.isNaN(number)).map(rounded);
  await sortInParts(present, pause);
  return present;
}

/** To 14 decimals, halves to the even one, so that 0.1 + 0.2 is 0.3. */
function rounded(number: number): number {
  const shifted = number * 1e14;
  if (!(Math.abs(shifted) < 2 ** 52)) return number;
  const floor = Math.floor(shifted);
  const beyond = shifted - floor;
  const up = beyond > 0.5 || (beyond === 0.5 && floor % 2 !== 0);
  return (up ? floor + 1 : floor) / 1e14;
}

/** What SDMetrics adds to the count, in the real table, of each value that only the virtual one has. */
const addedToUnseen = 1e-6;

function totalVariation({ real, virtual, size }: Cells): number {
  const [ofReal, ofVirtual] = [presentCounts(real, size), presentCounts(virtual, size)];
  const weights = ofReal.map((count, cell) => (count === 0 && ofVirtual[cell]! > 0 ? addedToUnseen : count));
  const [realRows, virtualRows] = [sum(weights), sum(ofVirtual)];
  return (
    weights.reduce((all, weight, cell) => all + Math.abs(weight / realRows - ofVirtual[cell]! / virtualRows), 0) / 2
  );
}

/** `[size]`: rows in each cell but the first, which is that of missing ids. */
function presentCounts(cells: Int32Array, size: number): Float64Array {
  const counts = new Float64Array(size);
  for (const cell of cells) if (cell > 0) counts[cell]! += 1;
  return counts;
}

function sum(values: Float64Array): number {
  return values.reduce((all, value) => all + value, 0);
}
