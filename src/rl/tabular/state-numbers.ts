import { refuse } from '../../internal/require.js';

/** Refuses what is no list of whole numbers of 32 bits, or has another length than `width`. */
export function requireStateNumbers(where: string, state: ArrayLike<number>, width?: number): ArrayLike<number> {
  if (!(state?.length > 0)) refuse(where, 'stateOf', 'give a list of whole numbers', state);
  if (width !== undefined && state.length !== width) {
    refuse(where, 'stateOf', `always give ${width} numbers`, state.length);
  }
  for (let place = 0; place < state.length; place += 1) {
    if (!Number.isInteger(state[place]) || Math.abs(state[place]!) > 2 ** 31 - 1) {
      refuse(where, 'stateOf', 'be given where observations are not whole numbers', state[place]);
    }
  }
  return state;
}
