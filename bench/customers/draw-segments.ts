import { writeFileSync } from 'node:fs';
import { type CustomerHistory, customerSegments } from '../../src/index.js';
import { wilsonInterval } from '../../src/statistics/wilson.js';
import { readDatasets } from './data.js';

// Segments of both shops, and how many of each bought nothing afterwards; draws docs/customer-segments.svg:
// npx tsx bench/customers/draw-segments.ts [numbers of segments whose stability is measured, such as 2,3,4]
const tried = (process.argv[2] ?? '2,3,4,5,6,7,8').split(',').map(Number);
const resamples = 100;
/** The most that resamples give again in both shops. */
const drawnSegments = 4;
const [width, height, margin] = [330, 260, 48];
const colours = ['#2b6cb0', '#c05621', '#2f855a', '#6b46c1', '#b83280', '#4a5568', '#975a16', '#2c7a7b'];

/** The ends of the middle half, and the middle. */
function quartiles(values: readonly number[]) {
  const sorted = values.toSorted((one, other) => one - other);
  const [low, middle, high] = [0.25, 0.5, 0.75].map((share) => sorted[Math.floor(share * (sorted.length - 1))]!);
  return { low: low!, middle: middle!, high: high! };
}

interface Drawn {
  readonly label: string;
  readonly share: number;
  readonly weeks: ReturnType<typeof quartiles>;
  readonly money: ReturnType<typeof quartiles>;
}

async function look(history: CustomerHistory): Promise<Drawn[]> {
  const rows = Array.from(history.frequency.keys());
  for (const segments of tried) {
    const { score, cells } = await customerSegments(history, { segments, resamples, seed: 1 });
    const range = ({ value, interval }: typeof score.stability) =>
      `${value.toFixed(3)} (${interval[0].toFixed(3)} to ${interval[1].toFixed(3)})`;
    console.log(`| ${segments} | ${score.explained.toFixed(3)} | ${range(score.stability)} |`);
    if (segments === 8)
      console.log(`| ${cells.groups} cells by thirds | ${cells.explained.toFixed(3)} | ${range(cells.stability)} |`);
  }
  const { trials, doubts, segments: chosen } = await customerSegments(history, { resamples, seed: 1 });
  console.log(`by silhouette: ${chosen.map(({ customers, words }) => `${customers} ${words}`).join('; ')}`, doubts);
  const found = await customerSegments(history, { segments: drawnSegments, resamples, seed: 1 });
  console.log(
    'silhouettes',
    trials.map(({ segments, silhouette }) => `${segments}: ${silhouette.toFixed(3)}`).join(', '),
  );
  return found.segments.map(({ customers, share, words }, segment) => {
    const own = rows.filter((row) => found.labels[row] === segment);
    const left = own.filter((row) => history.future!.purchases[row] === 0).length;
    const [low, high] = wilsonInterval(left, own.length);
    console.log(
      `| ${customers} | ${words} | ${(left / own.length).toFixed(3)} (${low.toFixed(3)} to ${high.toFixed(3)}) |`,
    );
    const { purchases } = found.segments[segment]!.profile;
    return {
      share,
      label: `${Math.round(100 * share)}%, ${purchases === 1 ? 'once' : `${purchases} times`}`,
      weeks: quartiles(own.map((row) => history.age[row]! - history.recency[row]!)),
      money: quartiles(own.map((row) => history.spending!.total[row]! / (1 + history.frequency[row]!))),
    };
  });
}

const inside = { width: width - 2 * margin, height: height - 2 * margin };
const mostWeeks = 60;

function panel(title: string, drawn: readonly Drawn[], left: number): string[] {
  const [least, most] = [
    0.7 * Math.min(...drawn.map(({ money }) => money.low)),
    1.4 * Math.max(...drawn.map(({ money }) => money.high)),
  ];
  const x = (weeks: number) => left + margin + (inside.width * Math.log(1 + weeks)) / Math.log(1 + mostWeeks);
  const y = (money: number) => height - margin - (inside.height * Math.log(money / least)) / Math.log(most / least);
  const amounts = [5, 10, 20, 50, 100, 200, 500, 1000, 2000].filter((amount) => amount > least && amount < most);
  const ticks = [
    ...[0, 1, 3, 7, 15, 31].map(
      (weeks) => `<text x="${x(weeks).toFixed(1)}" y="${height - margin + 16}" text-anchor="middle">${weeks}</text>`,
    ),
    ...amounts.map(
      (amount) => `<text x="${left + margin - 6}" y="${(y(amount) + 4).toFixed(1)}" text-anchor="end">${amount}</text>`,
    ),
  ];
  const marks = drawn.flatMap(({ share, weeks, money, label }, segment) => {
    const colour = colours[segment]!;
    const [cx, cy] = [x(weeks.middle).toFixed(1), y(money.middle).toFixed(1)];
    return [
      `<circle cx="${cx}" cy="${cy}" r="${(40 * Math.sqrt(share)).toFixed(1)}" fill="${colour}" fill-opacity="0.25"/>`,
      `<line x1="${x(weeks.low).toFixed(1)}" x2="${x(weeks.high).toFixed(1)}" y1="${cy}" y2="${cy}" stroke="${colour}"/>`,
      `<line x1="${cx}" x2="${cx}" y1="${y(money.low).toFixed(1)}" y2="${y(money.high).toFixed(1)}" stroke="${colour}"/>`,
      `<text x="${cx}" y="${(Number(cy) - 5).toFixed(1)}" text-anchor="middle" fill="${colour}">${label}</text>`,
    ];
  });
  return [
    `<text x="${left + width / 2}" y="20" text-anchor="middle" font-weight="bold">${title}</text>`,
    `<rect x="${left + margin}" y="${margin}" width="${inside.width}" height="${inside.height}" fill="none" stroke="#999"/>`,
    ...ticks,
    ...marks,
    `<text x="${left + width / 2}" y="${height - 10}" text-anchor="middle">weeks since the last purchase</text>`,
  ];
}

const panels: string[] = [];
for (const [place, dataset] of readDatasets().entries()) {
  console.log(`\n## ${dataset.name}`);
  panels.push(...panel(dataset.name, await look(await dataset.at(...dataset.usual)), place * width));
}
const picture = [
  `<svg xmlns="http://www.w3.org/2000/svg" width="${2 * width}" height="${height}" font-family="sans-serif" font-size="12">`,
  '<title>Segments of customers of two shops: size, weeks since the last purchase, money a purchase day</title>',
  '<rect width="100%" height="100%" fill="white"/>',
  ...panels,
  `<text x="14" y="${height / 2}" text-anchor="middle" transform="rotate(-90 14 ${height / 2})">money a purchase day</text>`,
  '</svg>',
  '',
].join('\n');
writeFileSync(new URL('../../docs/customer-segments.svg', import.meta.url), picture);
