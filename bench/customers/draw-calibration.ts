import { writeFileSync } from 'node:fs';
import { type CalibrationRow, compareChurn } from '../../src/index.js';
import { readDatasets } from './data.js';

// Draws docs/who-is-leaving.svg: npx tsx bench/customers/draw-calibration.ts
const [side, margin] = [320, 44];
const cdnow = readDatasets().find(({ name }) => name === 'CDNOW');
if (!cdnow) process.exit(1);
const { models } = await compareChurn(await cdnow.at(...cdnow.usual), { seed: 1 });
writeFileSync(new URL('../../docs/who-is-leaving.svg', import.meta.url), drawing(models.logistic!.calibration));

function drawing(rows: readonly CalibrationRow[]): string {
  const x = (share: number) => (margin + share * side).toFixed(1);
  const y = (share: number) => (margin / 2 + (1 - share) * side).toFixed(1);
  const ticks = [0, 0.25, 0.5, 0.75, 1].flatMap((share) => [
    `<text x="${x(share)}" y="${margin / 2 + side + 16}" text-anchor="middle">${share}</text>`,
    `<text x="${margin - 6}" y="${Number(y(share)) + 4}" text-anchor="end">${share}</text>`,
  ]);
  const marks = rows.flatMap(({ predicted, happened: { value, interval } }) => [
    `<line x1="${x(predicted)}" x2="${x(predicted)}" y1="${y(interval[0])}" y2="${y(interval[1])}" stroke="#2b6cb0"/>`,
    `<circle cx="${x(predicted)}" cy="${y(value)}" r="4" fill="#2b6cb0"/>`,
  ]);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${side + 2 * margin}" height="${side + 1.6 * margin}" font-family="sans-serif" font-size="12">`,
    '<title>Chances of no purchase that were said, and shares of customers that bought nothing</title>',
    '<rect width="100%" height="100%" fill="white"/>',
    `<rect x="${margin}" y="${margin / 2}" width="${side}" height="${side}" fill="none" stroke="#999"/>`,
    `<line x1="${x(0)}" y1="${y(0)}" x2="${x(1)}" y2="${y(1)}" stroke="#999" stroke-dasharray="4 4"/>`,
    ...ticks,
    ...marks,
    `<text x="${x(0.5)}" y="${margin / 2 + side + 34}" text-anchor="middle">chance of no purchase that was said</text>`,
    `<text x="12" y="${y(0.5)}" text-anchor="middle" transform="rotate(-90 12 ${y(0.5)})">share that bought nothing</text>`,
    '</svg>',
    '',
  ].join('\n');
}
