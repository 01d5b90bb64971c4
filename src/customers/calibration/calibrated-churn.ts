import { refuse } from '../../internal/require.js';
import { type ChurnModel, chanceOf, scoreOf } from '../churn/churn-model.js';
import { requireModel, scorerOf } from './calibrate-churn.js';
import type { Calibration } from './calibration.js';

/**
 * A model of churn whose chances are led through a calibration. The order of the customers stays, but for ties; `explain` gives the Shapley
 * values of the log-odds that result.
 *
 * @param model - Any model of churn. It must live as long; `dispose` of the result frees it.
 * @param calibration - From {@link calibrateChurn} of this model, or {@link decodeCalibration}.
 * @returns The model.
 * @throws RangeError when the calibration is for another model, or horizon; from `explain` for a model of your own without `rescored`.
 * @example
 * const shop = simulateShop({ seed: 7, users: 600, items: 30, days: 180 });
 * const orders = parseTable(formatOrders(shop), { Customer: idColumn(), Time: timeColumn() });
 * const columns = { customer: 'Customer', time: 'Time' } as const;
 * const history = await customerHistory(orders, { ...columns, until: Date.UTC(2024, 3, 28), horizon: 4 });
 * const { train, test } = splitCustomers(history, { testShare: 0.4, seed: 7 });
 * const model = await logisticChurn(train);
 * const { calibration } = await calibrateChurn(model, test);
 * const calibrated = await calibratedChurn(model, calibration);
 * const today = await customerHistory(orders, columns);
 * (await calibrated.predict(today)).length === today.length; // true
 */
export async function calibratedChurn(model: ChurnModel, calibration: Calibration): Promise<ChurnModel> {
  const where = 'calibratedChurn';
  requireModel(where, model);
  if (typeof calibration?.apply !== 'function') {
    refuse(where, 'calibration', 'be a calibration, such as calibrateChurn gives', calibration);
  }
  if (calibration.scorer !== scorerOf(model)) {
    refuse(where, 'calibration', `be one for '${scorerOf(model)}'`, calibration.scorer);
  }
  const name = `${model.name}, ${calibration.name}`;
  const moved = async (chances: Float64Array) => calibration.apply(chances.map(scoreOf));
  if (model.rescored) {
    return model.rescored(name, async (scores, pause) => {
      const chances = await moved(scores.map(chanceOf));
      await pause();
      return chances.map(scoreOf);
    });
  }
  return {
    ...model,
    name,
    predict: async (history, options) => moved(await model.predict(history, options)),
    explain: async () => refuse('explain', 'model', 'have `rescored`, as models of this library do', model.name),
  };
}
