import type { layers } from '@tensorflow/tfjs-layers';
import { plainText } from '../../internal/describe.js';
import { walkLayers } from '../models/walk-layers.js';
import { checkSecondOrder, type SecondOrderProblem } from './check-second-order.js';
import { measureSecondOrder } from './measure-second-order.js';

/** Above what rounding and the bend within a step bring, far below what a wrong derivative does. */
const tolerance = 0.05;

/**
 * Refuses a model behind which an exact gradient penalty goes wrong. What is known of layers is looked up; layers that are not
 * known are measured, unless their class vouches for them by `static secondOrder = true`.
 *
 * @throws RangeError naming every layer at fault, with what to use instead or by how much it is wrong.
 */
export async function requireSecondOrder(where: string, name: string, model: layers.Layer): Promise<void> {
  const problems = checkSecondOrder(model);
  const faults = problems.filter(({ effect }) => effect !== 'unknown').map(({ message }) => message);
  if (faults.length === 0) {
    for (const problem of problems) {
      const fault = await measure(problem, model);
      if (fault) faults.push(fault);
    }
  }
  if (faults.length === 0) return;
  const lines = faults.map((message) => `\n  ${message}`).join('');
  throw new RangeError(`${where}: \`${name}\` must have second derivatives for an exact gradient penalty.${lines}`);
}

async function measure({ position }: SecondOrderProblem, model: layers.Layer): Promise<string | undefined> {
  const { layer } = walkLayers(model).find((each) => each.position === position)!;
  if (vouchesForItself(layer)) return undefined;
  const subject = `\`${plainText(layer.name, 60)}\` (${plainText(layer.getClassName(), 60)}, at ${position})`;
  const remedy = "use layers of this library in it, or a penalty with method: 'finiteDifferences'";
  try {
    const error = await measureSecondOrder(layer);
    if (error <= tolerance) return undefined;
    if (error > tolerance)
      return `${subject}: its second derivatives were measured, and are ${percent(error)} off; ${remedy}.`;
    return `${subject}: its second derivatives cannot be measured; ${remedy}, or vouch for it by static secondOrder = true.`;
  } catch (error) {
    const reason = plainText(error instanceof Error ? error.message : String(error), 200);
    return `${subject}: its second derivatives cannot be computed (${reason}); ${remedy}.`;
  }
}

function percent(error: number): string {
  return Number.isFinite(error) ? `${Number((100 * error).toPrecision(2))}%` : 'altogether';
}

function vouchesForItself(layer: layers.Layer): boolean {
  const layerClass: object = layer.constructor;
  return 'secondOrder' in layerClass && layerClass.secondOrder === true;
}
