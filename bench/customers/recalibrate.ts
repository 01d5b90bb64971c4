import '@tensorflow/tfjs-backend-wasm';
import {
  type ChurnModel,
  calibrateChurn,
  calibratedChurn,
  isotonicScaling,
  logisticChurn,
  networkChurn,
  plattScaling,
  treeChurn,
  useBackend,
} from '../../src/index.js';
import { meanEstimate } from '../../src/statistics/estimate.js';
import { readDatasets } from './data.js';

// Learned at a date, recalibrated 13 weeks later, judged another 13 weeks later; beside it the same model learned anew at the second date.
// npx tsx bench/customers/recalibrate.ts
await useBackend('wasm');
const dates: Readonly<Record<string, readonly [learn: string, calibrate: string, judge: string]>> = {
  CDNOW: ['1997-03-31', '1997-06-30', '1997-09-30'],
  'UCI Online Retail': ['2011-02-28', '2011-05-31', '2011-08-31'],
};
const learners = {
  'logistic regression': logisticChurn,
  'boosted trees': treeChurn,
  'embedding MLP': networkChurn,
};

const text = ({ value, interval }: ReturnType<typeof meanEstimate>, digits = 4) =>
  `${value.toFixed(digits)} (${interval.map((end) => end.toFixed(digits)).join(' to ')})`;

for (const dataset of readDatasets()) {
  const [learn, calibrate, judge] = await Promise.all(dates[dataset.name]!.map((date) => dataset.at(date, 13)));
  const left = judge!.future!.purchases.map((count) => (count === 0 ? 1 : 0));
  const share = left.reduce((sum, label) => sum + label, 0) / left.length;
  console.log(
    `\n## ${dataset.name}: ${learn!.length}, ${calibrate!.length}, ${judge!.length} customers; of the last ${(100 * share).toFixed(1)}% left; Brier score of that share ${(share * (1 - share)).toFixed(4)}`,
  );
  for (const [name, learnModel] of Object.entries(learners)) {
    const old = await learnModel(learn!);
    const platt = await calibrateChurn(old, calibrate!, { scaling: plattScaling });
    const isotonic = await calibrateChurn(old, calibrate!, { scaling: isotonicScaling });
    const models: Readonly<Record<string, ChurnModel>> = {
      'as it was learned': old,
      'Platt scaling': await calibratedChurn(old, platt.calibration),
      'isotonic regression': await calibratedChurn(old, isotonic.calibration),
      'learned anew': await learnModel(calibrate!),
    };
    const errors: Record<string, Float64Array> = {};
    for (const [way, model] of Object.entries(models)) {
      const chances = await model.predict(judge!);
      errors[way] = chances.map((chance, row) => (chance - left[row]!) ** 2);
      const said = chances.reduce((sum, chance) => sum + chance, 0) / chances.length;
      const gain = meanEstimate(errors['as it was learned']!.map((error, row) => error - errors[way]![row]!));
      console.log(`| ${name} | ${way} | ${said.toFixed(3)} | ${text(meanEstimate(errors[way]!))} | ${text(gain)} |`);
    }
    console.log(`  where it was learned: Platt ${text(platt.gain)}, isotonic ${text(isotonic.gain)} less`);
  }
}
process.exit(0);
